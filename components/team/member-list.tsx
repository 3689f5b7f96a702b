"use client";

import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { LocalTime } from "@/components/format/local-time";
import { ActionError } from "@/components/page/action-error";
import type { ActionResult } from "@/components/page/action-result";
import { Badge } from "@/components/ui/badge";
import { Card, CardContent, CardHeader, CardTitle } from "@/components/ui/card";
import { ConfirmDialog } from "@/components/ui/dialog";
import { Select } from "@/components/ui/select";
import { GIVEN_ROLES, type GivenRole } from "@/lib/domain/permissions";
import type { MemberRow } from "@/lib/domain/views/team-view";
import { ROLE_LABELS } from "./role-words";

type Change = (input: { userId: string; role: GivenRole }) => Promise<ActionResult<null>>;
type Remove = (input: { userId: string }) => Promise<ActionResult<null>>;

/** The people of the workspace; who may, changes a role in place or removes somebody after one question. */
export function MemberList({
  members,
  changeRole,
  remove,
}: {
  members: readonly MemberRow[];
  changeRole: Change;
  remove: Remove;
}) {
  const router = useRouter();
  const [result, setResult] = useState<ActionResult<null> | null>(null);
  const [pending, startTransition] = useTransition();
  const press = (work: () => Promise<ActionResult<null>>) =>
    startTransition(async () => {
      setResult(await work());
      router.refresh();
    });
  return (
    <Card>
      <CardHeader>
        <CardTitle>Members</CardTitle>
      </CardHeader>
      <CardContent className="flex flex-col gap-3">
        <ul className="flex flex-col divide-y divide-border">
          {members.map((member) => (
            <li
              key={member.userId}
              className="flex flex-col gap-3 py-4 first:pt-0 last:pb-0 sm:flex-row sm:items-center sm:justify-between"
            >
              <MemberWords member={member} />
              {member.mayChange ? (
                <div className="flex items-center gap-3">
                  <div className="w-40">
                    <RoleSelect
                      label={`Role of ${member.name}`}
                      role={member.role}
                      disabled={pending}
                      onChange={(role) => press(() => changeRole({ userId: member.userId, role }))}
                    />
                  </div>
                  <ConfirmDialog
                    trigger="Remove"
                    title={`Remove ${member.name}?`}
                    confirmLabel="Remove"
                    pending={pending}
                    onConfirm={() => press(() => remove({ userId: member.userId }))}
                  >
                    They lose access at once. What they did stays in the audit trail.
                  </ConfirmDialog>
                </div>
              ) : (
                <Badge>{ROLE_LABELS[member.role]}</Badge>
              )}
            </li>
          ))}
        </ul>
        <ActionError result={result} />
      </CardContent>
    </Card>
  );
}

function MemberWords({ member }: { member: MemberRow }) {
  return (
    <div className="flex min-w-0 flex-col gap-0.5">
      <span className="flex flex-wrap items-center gap-2 font-medium">
        {member.name}
        {member.isYou ? <Badge tone="primary">You</Badge> : null}
      </span>
      {member.email === member.name ? null : (
        <span className="text-sm break-words text-muted-foreground">{member.email}</span>
      )}
      <span className="text-sm text-muted-foreground">
        Since <LocalTime iso={member.since} />
        {"; "}
        {member.seenAt === null ? (
          "not seen here yet"
        ) : (
          <>
            last seen <LocalTime iso={member.seenAt} />
          </>
        )}
      </span>
    </div>
  );
}

/** An owner keeps that word in the list, since it is what they are; it cannot be given here. */
function RoleSelect({
  label,
  role,
  disabled,
  onChange,
}: {
  label: string;
  role: MemberRow["role"];
  disabled: boolean;
  onChange: (role: GivenRole) => void;
}) {
  return (
    <Select
      aria-label={label}
      value={role}
      disabled={disabled}
      onChange={(event) => {
        const chosen = GIVEN_ROLES.find((one) => one === event.target.value);
        if (chosen && chosen !== role) onChange(chosen);
      }}
    >
      {role === "owner" ? <option value="owner">{ROLE_LABELS.owner}</option> : null}
      {GIVEN_ROLES.map((one) => (
        <option key={one} value={one}>
          {ROLE_LABELS[one]}
        </option>
      ))}
    </Select>
  );
}
