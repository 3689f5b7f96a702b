"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useForm } from "react-hook-form";
import { ActionError } from "@/components/page/action-error";
import type { ActionResult } from "@/components/page/action-result";
import { Button } from "@/components/ui/button";
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { Field, FieldDescription, FieldError, FieldLabel } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { GIVEN_ROLES } from "@/lib/domain/permissions";
import { type InviteValues, inviteSchema } from "@/lib/domain/team-forms";
import { ROLE_HINTS, ROLE_LABELS } from "./role-words";

/** An address and a role; a mail with a link does the rest. */
export function InviteForm({
  invite,
}: {
  invite: (input: InviteValues) => Promise<ActionResult<{ invitationId: string }>>;
}) {
  const router = useRouter();
  const [result, setResult] = useState<ActionResult<{ invitationId: string }> | null>(null);
  const form = useForm<InviteValues>({
    resolver: zodResolver(inviteSchema),
    defaultValues: { email: "", role: "bookkeeper" },
  });
  const { errors, isSubmitting } = form.formState;
  const submit = form.handleSubmit(async (values) => {
    const answer = await invite(values);
    setResult(answer);
    if (!answer.ok) return;
    form.reset();
    router.refresh();
  });
  return (
    <Card>
      <CardHeader>
        <CardTitle>Invite somebody</CardTitle>
        <CardDescription>They get a mail with a link that is good once, for seven days.</CardDescription>
      </CardHeader>
      <CardContent>
        <Form onSubmit={submit} busy={isSubmitting} className="flex flex-col gap-4">
          <legend className="sr-only">Invitation</legend>
          <div className="grid gap-4 sm:grid-cols-2">
            <Field>
              <FieldLabel htmlFor="invited-email">E-mail address</FieldLabel>
              <Input
                id="invited-email"
                type="email"
                autoComplete="off"
                aria-invalid={errors.email !== undefined}
                aria-describedby="invited-email-error"
                {...form.register("email")}
              />
              <FieldError id="invited-email-error">{errors.email?.message}</FieldError>
            </Field>
            <Field>
              <FieldLabel htmlFor="invited-role">Role</FieldLabel>
              <Select id="invited-role" aria-describedby="invited-role-hint" {...form.register("role")}>
                {GIVEN_ROLES.map((role) => (
                  <option key={role} value={role}>
                    {ROLE_LABELS[role]}
                  </option>
                ))}
              </Select>
            </Field>
          </div>
          <FieldDescription id="invited-role-hint">
            {GIVEN_ROLES.map((role) => `${ROLE_LABELS[role]}: ${ROLE_HINTS[role]}`).join(". ")}.
          </FieldDescription>
          <ActionError result={result} />
          <p role="status" className="sr-only">
            {result?.ok ? "The invitation is on its way." : ""}
          </p>
          <Button type="submit" className="self-start" disabled={isSubmitting}>
            {isSubmitting ? "Inviting…" : "Send the invitation"}
          </Button>
        </Form>
      </CardContent>
    </Card>
  );
}
