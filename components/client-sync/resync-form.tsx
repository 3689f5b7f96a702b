"use client";

import { useRouter } from "next/navigation";
import { useId, useState } from "react";
import { useForm } from "react-hook-form";
import { formatCount } from "@/components/format/format-amount";
import { recordTypeTitle } from "@/components/format/record-type-label";
import { ActionError } from "@/components/page/action-error";
import type { ActionResult } from "@/components/page/action-result";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Card, CardContent, CardDescription, CardFooter, CardHeader, CardTitle } from "@/components/ui/card";
import { Field, FieldError, FieldLabel } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import type { RecordType } from "@/lib/domain/record-type";

export type Resync = (request: {
  recordTypes: RecordType[];
  from: string;
}) => Promise<ActionResult<{ records: number }>>;

/** Reads records again from a day on: for what was left out or changed without a trace. */
export function ResyncForm({
  recordTypes,
  mayChange,
  resync,
}: {
  recordTypes: readonly RecordType[];
  mayChange: boolean;
  resync: Resync;
}) {
  const router = useRouter();
  const fromId = useId();
  const [result, setResult] = useState<ActionResult<{ records: number }> | null>(null);
  const form = useForm<{ recordTypes: RecordType[]; from: string }>({
    defaultValues: { recordTypes: ["contact"], from: "" },
  });
  const { isSubmitting } = form.formState;
  const submit = form.handleSubmit(async (values) => {
    const answer = await resync(values);
    setResult(answer);
    if (answer.ok) router.refresh();
  });
  const fieldErrors = result?.ok === false ? result.fieldErrors : {};
  return (
    <Form onSubmit={submit} busy={isSubmitting || !mayChange}>
      <Card>
        <CardHeader>
          <CardTitle>Resync from a date</CardTitle>
          <CardDescription>
            The next look reads these again from that day on, contacts all of them. What is posted and has not
            changed is not sent again.
          </CardDescription>
        </CardHeader>
        <CardContent className="flex flex-col gap-4">
          <fieldset className="flex flex-wrap gap-x-6 gap-y-2 text-sm">
            <legend className="mb-2 font-medium">What is read again</legend>
            {recordTypes.map((type) => (
              <label key={type} className="flex items-center gap-2">
                <input
                  type="checkbox"
                  value={type}
                  className="size-4 accent-primary"
                  {...form.register("recordTypes")}
                />
                {recordTypeTitle(type)}
              </label>
            ))}
          </fieldset>
          <FieldError>{fieldErrors.recordTypes}</FieldError>
          <Field className="max-w-48">
            <FieldLabel htmlFor={fromId}>From</FieldLabel>
            <Input id={fromId} type="date" {...form.register("from")} />
            <FieldError>{fieldErrors.from}</FieldError>
          </Field>
          {result?.ok ? (
            <Alert
              tone="success"
              role="status"
              title={`${formatCount(result.data.records)} records are read again at the next look.`}
            />
          ) : null}
          <ActionError result={result} />
        </CardContent>
        <CardFooter>
          <Button type="submit" variant="outline">
            {isSubmitting ? "Saving…" : "Read again"}
          </Button>
        </CardFooter>
      </Card>
    </Form>
  );
}
