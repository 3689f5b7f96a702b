"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useForm } from "react-hook-form";
import { ActionError } from "@/components/page/action-error";
import type { ActionResult } from "@/components/page/action-result";
import { Button } from "@/components/ui/button";
import { Field, FieldDescription, FieldError, FieldLabel } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { type WorkspaceFormValues, workspaceSchema } from "./schema";

/** Name and terms; what was typed stays when something is refused. */
export function WorkspaceForm({
  create,
}: {
  create: (input: WorkspaceFormValues) => Promise<ActionResult<{ slug: string }>>;
}) {
  const router = useRouter();
  const [result, setResult] = useState<ActionResult<{ slug: string }> | null>(null);
  const form = useForm<WorkspaceFormValues>({
    resolver: zodResolver(workspaceSchema),
    defaultValues: { name: "", termsAccepted: false },
  });
  const { errors, isSubmitting } = form.formState;
  const submit = form.handleSubmit(async (values) => {
    const answer = await create(values);
    setResult(answer);
    if (answer.ok) router.push(`/${answer.data.slug}/connections`);
  });
  const busy = isSubmitting || result?.ok === true;
  return (
    <Form onSubmit={submit} busy={busy} className="flex flex-col gap-5">
      <legend className="sr-only">New workspace</legend>
      <Field>
        <FieldLabel htmlFor="name">Name of your business</FieldLabel>
        <Input
          id="name"
          autoComplete="organization"
          aria-invalid={errors.name !== undefined}
          aria-describedby="name-hint name-error"
          {...form.register("name")}
        />
        <FieldDescription id="name-hint">
          As your colleagues know it. You can connect it next.
        </FieldDescription>
        <FieldError id="name-error">{errors.name?.message}</FieldError>
      </Field>
      <Field>
        <label className="flex items-start gap-2.5 text-sm" htmlFor="terms">
          <input
            id="terms"
            type="checkbox"
            className="mt-0.5 size-4 shrink-0 accent-primary"
            aria-invalid={errors.termsAccepted !== undefined}
            aria-describedby="terms-error"
            {...form.register("termsAccepted")}
          />
          <span>
            I accept the{" "}
            <Link href="/legal/terms" className="text-primary underline underline-offset-4">
              terms
            </Link>{" "}
            and have read the{" "}
            <Link href="/legal/privacy" className="text-primary underline underline-offset-4">
              privacy page
            </Link>
          </span>
        </label>
        <FieldError id="terms-error">{errors.termsAccepted?.message}</FieldError>
      </Field>
      <ActionError result={result} />
      <Button type="submit" size="large" disabled={busy}>
        {busy ? "Creating…" : "Create workspace"}
      </Button>
    </Form>
  );
}
