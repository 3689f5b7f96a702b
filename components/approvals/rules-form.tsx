"use client";

import { useRouter } from "next/navigation";
import { useId, useState } from "react";
import { useForm } from "react-hook-form";
import { ActionError } from "@/components/page/action-error";
import type { ActionResult } from "@/components/page/action-result";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Card, CardContent, CardDescription, CardFooter, CardHeader, CardTitle } from "@/components/ui/card";
import { Field, FieldDescription, FieldError, FieldLabel } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import type { ApprovalPolicyView, PostingRules } from "@/lib/domain/views/approval-view";

export type SaveRules = (rules: PostingRules) => Promise<ActionResult<null>>;

/** From which amount a second person has to agree, and up to when tax was filed. */
export function RulesForm({
  policy,
  mayChange,
  save,
}: {
  policy: ApprovalPolicyView;
  mayChange: boolean;
  save: SaveRules;
}) {
  const router = useRouter();
  const id = useId();
  const [result, setResult] = useState<ActionResult<null> | null>(null);
  const form = useForm<PostingRules>({
    defaultValues: {
      perRecord: policy.perRecord ?? "",
      perRun: policy.perRun ?? "",
      meanwhile: policy.meanwhile,
      taxFiledTo: policy.taxFiledTo ?? "",
    },
  });
  const { isSubmitting } = form.formState;
  const errors = result && !result.ok ? result.fieldErrors : {};
  const submit = form.handleSubmit(async (rules) => {
    const answer = await save(rules);
    setResult(answer);
    if (answer.ok) router.refresh();
  });
  return (
    <Form onSubmit={submit} busy={!mayChange || isSubmitting} className="contents">
      <Card>
        <CardHeader>
          <CardTitle>Rules for posting</CardTitle>
          <CardDescription>
            {mayChange
              ? "They hold for every run, also for those that start by themselves. A preview that waits is made anew."
              : "An owner or administrator can change them."}
          </CardDescription>
        </CardHeader>
        <CardContent className="grid gap-5 sm:grid-cols-2">
          <Field>
            <FieldLabel htmlFor={`${id}-record`}>A record above this needs a second person</FieldLabel>
            <Input
              id={`${id}-record`}
              inputMode="decimal"
              placeholder="No limit"
              aria-invalid={errors.perRecord ? true : undefined}
              aria-describedby={`${id}-record-hint ${id}-record-error`}
              {...form.register("perRecord")}
            />
            <FieldDescription id={`${id}-record-hint`}>
              In {policy.currency}. Other currencies count at their own rate.
            </FieldDescription>
            <FieldError id={`${id}-record-error`}>{errors.perRecord}</FieldError>
          </Field>
          <Field>
            <FieldLabel htmlFor={`${id}-run`}>A run above this needs a second person</FieldLabel>
            <Input
              id={`${id}-run`}
              inputMode="decimal"
              placeholder="No limit"
              aria-invalid={errors.perRun ? true : undefined}
              aria-describedby={`${id}-run-hint ${id}-run-error`}
              {...form.register("perRun")}
            />
            <FieldDescription id={`${id}-run-hint`}>
              In {policy.currency}: all its documents and payments together.
            </FieldDescription>
            <FieldError id={`${id}-run-error`}>{errors.perRun}</FieldError>
          </Field>
          <Field>
            <FieldLabel htmlFor={`${id}-meanwhile`}>While a record waits, the rest of its run</FieldLabel>
            <Select id={`${id}-meanwhile`} {...form.register("meanwhile")}>
              <option value="postTheRest">is posted</option>
              <option value="waitForAll">waits as well</option>
            </Select>
          </Field>
          <Field>
            <FieldLabel htmlFor={`${id}-filed`}>Tax was filed up to</FieldLabel>
            <Input
              id={`${id}-filed`}
              type="date"
              aria-invalid={errors.taxFiledTo ? true : undefined}
              aria-describedby={`${id}-filed-hint ${id}-filed-error`}
              {...form.register("taxFiledTo")}
            />
            <FieldDescription id={`${id}-filed-hint`}>
              Xero does not tell. A preview warns where it touches a period before this day.
            </FieldDescription>
            <FieldError id={`${id}-filed-error`}>{errors.taxFiledTo}</FieldError>
          </Field>
          <div className="sm:col-span-2">
            <ActionError result={result} />
            {result?.ok && !isSubmitting ? <Alert tone="success" role="status" title="Saved" /> : null}
          </div>
        </CardContent>
        {mayChange ? (
          <CardFooter>
            <Button type="submit">{isSubmitting ? "Saving…" : "Save"}</Button>
          </CardFooter>
        ) : null}
      </Card>
    </Form>
  );
}
