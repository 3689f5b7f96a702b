"use client";

import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { LocalTime } from "@/components/format/local-time";
import { ActionError } from "@/components/page/action-error";
import type { ActionResult } from "@/components/page/action-result";
import { Button } from "@/components/ui/button";
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { Field, FieldLabel } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { SUPPORT_HOURS, type SupportValues } from "@/lib/domain/personal-details-forms";

/** Lets support look in for some hours, and ends it by a press; both are null for who may not decide that. */
export function SupportPanel({
  supportUntil,
  give,
  withdraw,
}: {
  supportUntil: string | null;
  give: ((input: SupportValues) => Promise<ActionResult<{ until: string }>>) | null;
  withdraw: (() => Promise<ActionResult<null>>) | null;
}) {
  const router = useRouter();
  const [hours, setHours] = useState<number>(SUPPORT_HOURS[0]);
  const [result, setResult] = useState<ActionResult<unknown> | null>(null);
  const [pending, startTransition] = useTransition();
  const run = (work: () => Promise<ActionResult<unknown>>) =>
    startTransition(async () => {
      setResult(await work());
      router.refresh();
    });
  return (
    <Card>
      <CardHeader>
        <CardTitle>Support</CardTitle>
        <CardDescription>
          {supportUntil === null ? (
            "Whoever runs this Tieout does not look into this workspace unless its owner lets them. They see states and counts then, no record, and each look is in the audit trail."
          ) : (
            <>
              Support may look in until <LocalTime iso={supportUntil} />.
            </>
          )}
        </CardDescription>
      </CardHeader>
      {give === null || withdraw === null ? null : (
        <CardContent className="flex flex-col gap-3">
          {supportUntil === null ? (
            <div className="flex flex-col gap-3 sm:flex-row sm:items-end">
              <Field>
                <FieldLabel htmlFor="support-hours">For how long</FieldLabel>
                <Select
                  id="support-hours"
                  value={String(hours)}
                  disabled={pending}
                  onChange={(event) => setHours(Number(event.currentTarget.value))}
                >
                  {SUPPORT_HOURS.map((one) => (
                    <option key={one} value={one}>
                      {one === 1 ? "One hour" : `${one} hours`}
                    </option>
                  ))}
                </Select>
              </Field>
              <Button type="button" disabled={pending} onClick={() => run(() => give({ hours }))}>
                Let support look in
              </Button>
            </div>
          ) : (
            <Button
              type="button"
              variant="outline"
              className="self-start"
              disabled={pending}
              onClick={() => run(withdraw)}
            >
              End it now
            </Button>
          )}
          <ActionError result={result} />
        </CardContent>
      )}
    </Card>
  );
}
