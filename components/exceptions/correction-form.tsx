"use client";

import { useId, useState } from "react";
import { useForm } from "react-hook-form";
import type { ActionResult } from "@/components/page/action-result";
import { Button } from "@/components/ui/button";
import { Card, CardContent, CardDescription, CardFooter, CardHeader, CardTitle } from "@/components/ui/card";
import { Field, FieldDescription, FieldError, FieldLabel } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { overrideKey } from "@/lib/domain/record-override";
import type {
  CorrectableField,
  ExceptionDetailView,
  ExceptionOutcome,
} from "@/lib/domain/views/exception-view";
import { ContactField } from "./contact-field";
import { useDesk } from "./exception-desk";

interface FormValues {
  /** In the order of the fields: their keys can hold any character. */
  readonly values: string[];
}

/** Accounts, taxes, contact, number and date of one record, changed for it alone. */
export function CorrectionForm({ view, mayAct }: { view: ExceptionDetailView; mayAct: boolean }) {
  const { actions, act } = useDesk();
  const { fields } = view;
  const [result, setResult] = useState<ActionResult<ExceptionOutcome> | null>(null);
  const form = useForm<FormValues>({ defaultValues: { values: fields.map(firstValue) } });
  const { isSubmitting } = form.formState;
  const save = (tryAgain: boolean) =>
    form.handleSubmit(async ({ values }) => {
      const corrections = fields.map(({ field, sourceKey }, index) => ({
        field,
        sourceKey,
        value: values[index] ?? "",
      }));
      const { exceptionId } = view;
      setResult(await act(() => actions.correct({ exceptionId, corrections, tryAgain })));
    });
  const errors = result?.ok === false ? result.fieldErrors : {};
  return (
    <Form onSubmit={save(false)} busy={isSubmitting || !mayAct}>
      <legend className="sr-only">Change it for this record alone</legend>
      <Card>
        <CardHeader>
          <CardTitle>Change it for this record alone</CardTitle>
          <CardDescription>
            The set-up and {view.names.source} stay as they are. The preview shows what you chose, and it is
            dropped when {view.names.source} says something else there.
          </CardDescription>
        </CardHeader>
        <CardContent className="grid gap-5 sm:grid-cols-2">
          {fields.map((field, index) => (
            <CorrectionField
              key={overrideKey(field.field, field.sourceKey)}
              field={field}
              register={form.register(`values.${index}`)}
              value={form.watch(`values.${index}`) ?? ""}
              setValue={(value) => form.setValue(`values.${index}`, value, { shouldDirty: true })}
              error={errors[overrideKey(field.field, field.sourceKey)]}
              source={view.names.source}
            />
          ))}
        </CardContent>
        {mayAct ? (
          <CardFooter className="flex flex-wrap gap-3">
            <Button onClick={save(true)}>{isSubmitting ? "Saving…" : "Save and try again"}</Button>
            <Button type="submit" variant="outline">
              Save
            </Button>
          </CardFooter>
        ) : null}
      </Card>
    </Form>
  );
}

/** What stands in the control at first: a typed field shows what would be posted. */
const firstValue = (field: CorrectableField): string =>
  field.chosen || (field.field === "number" || field.field === "date" ? field.sourceText : "");

function CorrectionField({
  field,
  register,
  value,
  setValue,
  error,
  source,
}: {
  field: CorrectableField;
  register: ReturnType<ReturnType<typeof useForm<FormValues>>["register"]>;
  value: string;
  setValue: (value: string) => void;
  error: string | undefined;
  source: string;
}) {
  const id = useId();
  const describedBy = error ? `${id}-about ${id}-error` : `${id}-about`;
  return (
    <Field>
      <FieldLabel htmlFor={id}>{field.label}</FieldLabel>
      {field.options ? (
        <Select id={id} aria-invalid={error !== undefined} aria-describedby={describedBy} {...register}>
          <option value="">{field.usual === "" ? "Not chosen" : `As usual: ${field.usual}`}</option>
          {field.options.map((option) => (
            <option key={option.key} value={option.key}>
              {option.label}
            </option>
          ))}
        </Select>
      ) : field.field === "contact" ? (
        <ContactField
          id={id}
          describedBy={describedBy}
          chosenLabel={field.chosenLabel}
          value={value}
          setValue={setValue}
        />
      ) : (
        <Input
          id={id}
          type={field.field === "date" ? "date" : "text"}
          autoComplete="off"
          aria-invalid={error !== undefined}
          aria-describedby={describedBy}
          {...register}
        />
      )}
      <FieldDescription id={`${id}-about`}>
        {source} says {field.sourceText === "" ? "nothing here" : `“${field.sourceText}”`}.
      </FieldDescription>
      <FieldError id={`${id}-error`}>{error}</FieldError>
    </Field>
  );
}
