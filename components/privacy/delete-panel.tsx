"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { useForm } from "react-hook-form";
import { LocalTime } from "@/components/format/local-time";
import { ActionError } from "@/components/page/action-error";
import type { ActionResult } from "@/components/page/action-result";
import { Button } from "@/components/ui/button";
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { Field, FieldDescription, FieldError, FieldLabel } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { type DeleteWorkspaceValues, deleteWorkspaceSchema } from "@/lib/domain/personal-details-forms";

/** A copy of everything, and the end of the workspace seven days after it was asked for by its typed name. */
export function DeletePanel({
  slug,
  workspaceName,
  deletionDueAt,
  whyNot,
  ask,
  takeBack,
}: {
  slug: string;
  workspaceName: string;
  deletionDueAt: string | null;
  whyNot: string | null;
  ask: (input: DeleteWorkspaceValues) => Promise<ActionResult<{ dueAt: string }>>;
  takeBack: () => Promise<ActionResult<null>>;
}) {
  return (
    <Card>
      <CardHeader>
        <CardTitle>Leaving</CardTitle>
        <CardDescription>
          Take a copy of everything first: records, what was planned and posted, comparisons, the audit trail
          and settings, as an archive of JSON lines.
        </CardDescription>
      </CardHeader>
      <CardContent className="flex flex-col gap-5">
        <Button asChild variant="outline" className="self-start">
          <a href={`/${slug}/privacy/export`} download>
            Download everything of this workspace
          </a>
        </Button>
        {deletionDueAt !== null ? (
          <DueDeletion dueAt={deletionDueAt} takeBack={takeBack} />
        ) : whyNot !== null ? (
          <p className="text-sm text-muted-foreground">To delete this workspace: {whyNot}</p>
        ) : (
          <AskDeletion workspaceName={workspaceName} ask={ask} />
        )}
      </CardContent>
    </Card>
  );
}

function DueDeletion({ dueAt, takeBack }: { dueAt: string; takeBack: () => Promise<ActionResult<null>> }) {
  const router = useRouter();
  const [result, setResult] = useState<ActionResult<null> | null>(null);
  const [pending, startTransition] = useTransition();
  return (
    <div className="flex flex-col gap-3">
      <p className="text-sm">
        Everything is deleted on <LocalTime iso={dueAt} />.
      </p>
      <Button
        type="button"
        className="self-start"
        disabled={pending}
        onClick={() =>
          startTransition(async () => {
            setResult(await takeBack());
            router.refresh();
          })
        }
      >
        Keep this workspace
      </Button>
      <ActionError result={result} />
    </div>
  );
}

function AskDeletion({
  workspaceName,
  ask,
}: {
  workspaceName: string;
  ask: (input: DeleteWorkspaceValues) => Promise<ActionResult<{ dueAt: string }>>;
}) {
  const router = useRouter();
  const [result, setResult] = useState<ActionResult<{ dueAt: string }> | null>(null);
  const form = useForm<DeleteWorkspaceValues>({
    resolver: zodResolver(deleteWorkspaceSchema),
    defaultValues: { confirmation: "" },
  });
  const { errors, isSubmitting } = form.formState;
  const submit = form.handleSubmit(async (values) => {
    const answer = await ask(values);
    setResult(answer);
    if (answer.ok) router.refresh();
  });
  return (
    <Form onSubmit={submit} busy={isSubmitting} className="flex flex-col gap-3">
      <legend className="mb-2 text-sm font-medium">Delete this workspace</legend>
      <p className="text-sm text-muted-foreground">
        Seven days later every row of it is deleted, the audit trail too, and cannot be brought back. What was
        posted to Xero stays there. Where a plan runs again by then, the workspace is kept.
      </p>
      <Field>
        <FieldLabel htmlFor="delete-confirmation">Name of the workspace</FieldLabel>
        <Input
          id="delete-confirmation"
          autoComplete="off"
          aria-invalid={errors.confirmation !== undefined}
          aria-describedby="delete-confirmation-hint delete-confirmation-error"
          {...form.register("confirmation")}
        />
        <FieldDescription id="delete-confirmation-hint">
          Type <strong className="font-medium text-foreground">{workspaceName}</strong> to confirm.
        </FieldDescription>
        <FieldError id="delete-confirmation-error">{errors.confirmation?.message}</FieldError>
      </Field>
      <ActionError result={result} />
      <Button type="submit" variant="destructive" className="self-start" disabled={isSubmitting}>
        {isSubmitting ? "Asking…" : "Delete in seven days"}
      </Button>
    </Form>
  );
}
