"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useForm } from "react-hook-form";
import { ActionError } from "@/components/page/action-error";
import type { ActionResult } from "@/components/page/action-result";
import { Button } from "@/components/ui/button";
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { cn } from "@/components/ui/class-names";
import { Field, FieldDescription, FieldError, FieldLabel } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { controlClasses } from "@/components/ui/input";
import { type AllowedAddressesValues, allowedAddressesSchema } from "@/lib/domain/team-forms";

type Saved = ActionResult<{ addresses: readonly string[] }>;

/** From which network addresses people may work, one a line; nothing in it means from anywhere. */
export function AddressForm({
  addresses,
  ownAddress,
  save,
}: {
  addresses: readonly string[];
  ownAddress: string;
  save: (input: AllowedAddressesValues) => Promise<Saved>;
}) {
  const router = useRouter();
  const [result, setResult] = useState<Saved | null>(null);
  const form = useForm<AllowedAddressesValues>({
    resolver: zodResolver(allowedAddressesSchema),
    defaultValues: { lines: addresses.join("\n") },
  });
  const { errors, isSubmitting } = form.formState;
  const submit = form.handleSubmit(async (values) => {
    const answer = await save(values);
    setResult(answer);
    if (!answer.ok) return;
    form.reset({ lines: answer.data.addresses.join("\n") });
    router.refresh();
  });
  return (
    <Card>
      <CardHeader>
        <CardTitle>From where</CardTitle>
        <CardDescription>
          {addresses.length === 0
            ? "People may work from anywhere. Name addresses, and they may from those alone."
            : "People may work from these network addresses alone."}
        </CardDescription>
      </CardHeader>
      <CardContent>
        <Form onSubmit={submit} busy={isSubmitting} className="flex flex-col gap-4">
          <legend className="sr-only">Network addresses</legend>
          <Field>
            <FieldLabel htmlFor="allowed-addresses">Addresses and ranges, one a line</FieldLabel>
            <textarea
              id="allowed-addresses"
              rows={4}
              spellCheck={false}
              className={cn(controlClasses, "py-2 font-mono")}
              aria-invalid={errors.lines !== undefined}
              aria-describedby="allowed-addresses-hint allowed-addresses-error"
              {...form.register("lines")}
            />
            <FieldDescription id="allowed-addresses-hint">
              You are at {ownAddress}. A range is written 203.0.113.0/24 or 2001:db8::/32. Empty it to let
              people work from anywhere.
            </FieldDescription>
            <FieldError id="allowed-addresses-error">{errors.lines?.message}</FieldError>
          </Field>
          <ActionError result={result} />
          <p role="status" className="text-sm text-muted-foreground">
            {result?.ok ? "Saved." : ""}
          </p>
          <Button type="submit" className="self-start" disabled={isSubmitting}>
            {isSubmitting ? "Saving…" : "Save"}
          </Button>
        </Form>
      </CardContent>
    </Card>
  );
}
