"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useState } from "react";
import { useForm } from "react-hook-form";
import { ActionError } from "@/components/page/action-error";
import type { ActionResult } from "@/components/page/action-result";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Field, FieldDescription, FieldError, FieldLabel } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { type TransferValues, transferSchema } from "@/lib/domain/team-forms";

/** Who gets the workspace, and its name typed, so that nobody gives it away by a slip. */
export function TransferForm({
  workspaceName,
  people,
  backHref,
  transfer,
}: {
  workspaceName: string;
  people: readonly { readonly userId: string; readonly name: string }[];
  backHref: string;
  transfer: (input: TransferValues) => Promise<ActionResult<null>>;
}) {
  const [result, setResult] = useState<ActionResult<null> | null>(null);
  const form = useForm<TransferValues>({
    resolver: zodResolver(transferSchema),
    defaultValues: { userId: "", confirmation: "" },
  });
  const { errors, isSubmitting } = form.formState;
  const submit = form.handleSubmit(async (values) => {
    const answer = await transfer(values);
    setResult(answer);
    if (answer.ok) window.location.assign(backHref);
  });
  const busy = isSubmitting || result?.ok === true;
  return (
    <Card className="max-w-xl p-5 sm:p-6">
      <Form onSubmit={submit} busy={busy} className="flex flex-col gap-4">
        <legend className="sr-only">Transfer</legend>
        <Field>
          <FieldLabel htmlFor="new-owner">New owner</FieldLabel>
          <Select
            id="new-owner"
            aria-invalid={errors.userId !== undefined}
            aria-describedby="new-owner-error"
            {...form.register("userId")}
          >
            <option value="">Choose a member</option>
            {people.map(({ userId, name }) => (
              <option key={userId} value={userId}>
                {name}
              </option>
            ))}
          </Select>
          <FieldError id="new-owner-error">{errors.userId?.message}</FieldError>
        </Field>
        <Field>
          <FieldLabel htmlFor="confirmation">Name of the workspace</FieldLabel>
          <Input
            id="confirmation"
            autoComplete="off"
            aria-invalid={errors.confirmation !== undefined}
            aria-describedby="confirmation-hint confirmation-error"
            {...form.register("confirmation")}
          />
          <FieldDescription id="confirmation-hint">
            Type <strong className="font-medium text-foreground">{workspaceName}</strong> to confirm.
          </FieldDescription>
          <FieldError id="confirmation-error">{errors.confirmation?.message}</FieldError>
        </Field>
        <ActionError result={result} />
        <Button type="submit" variant="destructive" className="self-start" disabled={busy}>
          {busy ? "Transferring…" : "Transfer the workspace"}
        </Button>
      </Form>
    </Card>
  );
}
