"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useRouter } from "next/navigation";
import { useId, useState } from "react";
import { type UseFormRegisterReturn, useForm } from "react-hook-form";
import { ActionError } from "@/components/page/action-error";
import type { ActionResult } from "@/components/page/action-result";
import { Button } from "@/components/ui/button";
import { Field, FieldDescription, FieldError, FieldLabel } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { controlClasses, Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import {
  type ConnectionField,
  type ConnectionValues,
  connectionValuesSchema,
} from "@/lib/domain/connection-field";

export type ConnectByForm = (input: {
  connectorId: string;
  values: ConnectionValues;
}) => Promise<ActionResult<{ choose: { token: string } | null }>>;

/**
 * Connects a system without a consent page: its own fields, as its manifest declares them. What was typed stays when
 * something is refused, but for secrets.
 */
export function DetailsForm({
  slug,
  connectorId,
  label,
  fields,
  again,
  initialValues,
  connect,
}: {
  slug: string;
  connectorId: string;
  label: string;
  fields: readonly ConnectionField[];
  again: boolean;
  initialValues: ConnectionValues;
  connect: ConnectByForm;
}) {
  const router = useRouter();
  const formId = useId();
  const [result, setResult] = useState<Awaited<ReturnType<ConnectByForm>> | null>(null);
  const form = useForm<Record<string, string | undefined>, unknown, ConnectionValues>({
    resolver: zodResolver(connectionValuesSchema(fields)),
    defaultValues: Object.fromEntries(
      fields.map(({ name, initial }) => [name, initialValues[name] ?? initial]),
    ),
  });
  const { errors, isSubmitting } = form.formState;
  const submit = form.handleSubmit(async (values) => {
    const answer = await connect({ connectorId, values });
    setResult(answer);
    if (answer.ok) {
      const { choose } = answer.data;
      const next = choose === null ? `?connected=${connectorId}` : `/choose?token=${choose.token}`;
      return router.push(`/${slug}/connections${next}`);
    }
    for (const field of fields) if (field.kind === "secret") form.resetField(field.name);
    for (const [name, message] of Object.entries(answer.fieldErrors)) form.setError(name, { message });
  });
  const [needed, further] = [fields.filter(isNeeded), fields.filter((field) => !isNeeded(field))];
  const control = (field: ConnectionField) => (
    <FieldControl
      key={field.name}
      id={`${formId}-${field.name}`}
      field={field}
      error={errors[field.name]?.message}
      registered={form.register(field.name)}
    />
  );
  return (
    <Form onSubmit={submit} busy={isSubmitting} className="flex flex-col gap-5">
      <legend className="sr-only">Connect {label}</legend>
      {needed.map(control)}
      {further.length === 0 ? null : (
        <details
          className="rounded-md border border-border"
          open={further.some(({ name }) => errors[name] !== undefined) || undefined}
        >
          <summary className="min-h-11 px-4 py-2.5 text-sm font-medium">
            Where your {label} differs from the usual
          </summary>
          <div className="flex flex-col gap-5 border-t border-border px-4 py-4">{further.map(control)}</div>
        </details>
      )}
      <ActionError result={result} />
      <div>
        <Button type="submit" disabled={isSubmitting} className="w-full sm:w-auto">
          {isSubmitting ? "Trying…" : again ? `Reconnect to ${label}` : `Connect to ${label}`}
        </Button>
      </div>
    </Form>
  );
}

/** What nobody can guess or change later stands in view; what has a usual value waits behind a line. */
const isNeeded = ({ isRequired, initial, isFixed }: ConnectionField): boolean =>
  isRequired && (initial === "" || isFixed === true);

function FieldControl({
  id,
  field,
  error,
  registered,
}: {
  id: string;
  field: ConnectionField;
  error: string | undefined;
  registered: UseFormRegisterReturn;
}) {
  const shared = {
    id,
    "aria-invalid": error !== undefined,
    "aria-describedby": `${id}-hint ${id}-error`,
    ...registered,
  };
  return (
    <Field className="max-w-xl">
      <FieldLabel htmlFor={id}>{field.label}</FieldLabel>
      {field.kind === "choice" ? (
        <Select {...shared}>
          {(field.choices ?? []).map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </Select>
      ) : field.kind === "lines" ? (
        <textarea rows={3} className={`${controlClasses} py-2 font-mono`} {...shared} />
      ) : (
        <Input
          type={field.kind === "secret" ? "password" : field.kind === "address" ? "url" : "text"}
          autoComplete="off"
          spellCheck={false}
          {...shared}
        />
      )}
      <FieldDescription id={`${id}-hint`}>{field.hint}</FieldDescription>
      <FieldError id={`${id}-error`}>{error}</FieldError>
    </Field>
  );
}
