"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { type ReactNode, useState } from "react";
import { useForm } from "react-hook-form";
import type { z } from "zod";
import { RecoveryCodes } from "@/components/account/recovery-codes";
import { ActionError } from "@/components/page/action-error";
import type { ActionResult } from "@/components/page/action-result";
import { Button } from "@/components/ui/button";
import { Field, FieldDescription, FieldError, FieldLabel } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { postForm } from "../../_components/post-form";
import { codeFormSchema, passedSchema } from "../schema";

type Passed = z.output<typeof passedSchema>;

/** The code that ends the sign-in; the first time it is followed by the recovery codes, which are told once. */
export function CodeForm({
  returnPath,
  needsName,
  isNew,
  children,
}: {
  returnPath: string;
  needsName: boolean;
  isNew: boolean;
  /** What comes before the code, and is gone once that was right. */
  children?: ReactNode;
}) {
  const [result, setResult] = useState<ActionResult<Passed> | null>(null);
  const form = useForm<z.input<typeof codeFormSchema>>({
    resolver: zodResolver(codeFormSchema),
    defaultValues: { code: "", name: "" },
  });
  const { errors, isSubmitting } = form.formState;
  const goOn = () => window.location.assign(returnPath);
  const submit = form.handleSubmit(async (values) => {
    if (needsName && values.name.trim() === "") {
      form.setError("name", { message: "Give your name." });
      return;
    }
    const answer = await postForm("/api/sign-in/second-step", values, passedSchema);
    setResult(answer);
    if (answer.ok && answer.data.recoveryCodes === null) goOn();
  });
  if (result?.ok && result.data.recoveryCodes !== null)
    return (
      <RecoveryCodes codes={result.data.recoveryCodes} done={{ label: "I have kept them", onPress: goOn }} />
    );
  const busy = isSubmitting || result?.ok === true;
  return (
    <Form onSubmit={submit} busy={busy} className="flex flex-col gap-4">
      <legend className="sr-only">Second step</legend>
      {children}
      {needsName ? (
        <Field>
          <FieldLabel htmlFor="name">Your name</FieldLabel>
          <Input
            id="name"
            autoComplete="name"
            aria-invalid={errors.name !== undefined}
            aria-describedby="name-error"
            {...form.register("name")}
          />
          <FieldError id="name-error">{errors.name?.message}</FieldError>
        </Field>
      ) : null}
      <Field>
        <FieldLabel htmlFor="code">Code</FieldLabel>
        <Input
          id="code"
          inputMode={isNew ? "numeric" : "text"}
          autoComplete="one-time-code"
          aria-invalid={errors.code !== undefined}
          aria-describedby="code-hint code-error"
          {...form.register("code")}
        />
        <FieldDescription id="code-hint">
          {isNew
            ? "Six digits, new every half minute."
            : "Six digits of your app, or one of your recovery codes."}
        </FieldDescription>
        <FieldError id="code-error">{errors.code?.message}</FieldError>
      </Field>
      <ActionError result={result} />
      <Button type="submit" size="large" disabled={busy}>
        {busy ? "Signing in…" : "Sign in"}
      </Button>
    </Form>
  );
}
