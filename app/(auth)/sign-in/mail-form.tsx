"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { type ReactNode, useState } from "react";
import { useForm } from "react-hook-form";
import { z } from "zod";
import { ActionError } from "@/components/page/action-error";
import type { ActionResult } from "@/components/page/action-result";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Field, FieldError, FieldLabel } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { postForm } from "../_components/post-form";
import { mailFormSchema } from "./schema";

/** Asks for a link by mail; the page stays, since the link may be opened elsewhere. */
export function MailForm({ returnPath, demoMails }: { returnPath: string; demoMails: ReactNode }) {
  const [result, setResult] = useState<ActionResult<null> | null>(null);
  const form = useForm<z.input<typeof mailFormSchema>>({
    resolver: zodResolver(mailFormSchema),
    defaultValues: { email: "", returnPath },
  });
  const { errors, isSubmitting } = form.formState;
  const submit = form.handleSubmit(async (values) =>
    setResult(await postForm("/api/sign-in/mail", values, z.null())),
  );
  return (
    <Form onSubmit={submit} busy={isSubmitting} className="flex flex-col gap-4">
      <legend className="sr-only">Sign in by e-mail</legend>
      <Field>
        <FieldLabel htmlFor="email">Your e-mail address</FieldLabel>
        <Input
          id="email"
          type="email"
          autoComplete="email"
          aria-invalid={errors.email !== undefined}
          aria-describedby="email-error"
          {...form.register("email")}
        />
        <FieldError id="email-error">{errors.email?.message}</FieldError>
      </Field>
      <ActionError result={result} />
      {result?.ok ? (
        <Alert tone="success" role="status" title="Look into your mailbox">
          A link is on its way. It is good once, for 15 minutes.
        </Alert>
      ) : null}
      <Button type="submit" variant="outline" size="large" disabled={isSubmitting}>
        {isSubmitting ? "Sending…" : "Send me a link"}
      </Button>
      {demoMails}
    </Form>
  );
}
