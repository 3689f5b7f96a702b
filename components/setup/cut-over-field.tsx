"use client";

import { type UseFormReturn, useWatch } from "react-hook-form";
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { Field, FieldDescription, FieldError, FieldLabel } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import type { CutOverView } from "@/lib/domain/views/setup-view";
import { type CountSource, HistoryTable } from "./history-table";
import type { SetupFormValues } from "./setup-values";

const CHOICE =
  "flex cursor-pointer items-start gap-3 rounded-md border border-border p-4 transition-colors hover:bg-muted has-checked:border-primary has-checked:bg-primary-soft has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-ring";

/** From which day on the books are kept, and what becomes of what was open then. */
export function CutOverField({
  view,
  form,
  count,
  error,
}: {
  view: CutOverView;
  form: UseFormReturn<SetupFormValues>;
  /** Null for whoever may not, and once a preview tells more. */
  count: CountSource | null;
  error: string | null;
}) {
  const { start, openDocuments } = useWatch({ control: form.control, name: "cutOver" });
  return (
    <Card>
      <CardHeader>
        <CardTitle id="cut-over">How far back should Xero be kept?</CardTitle>
        <CardDescription>
          Years that are closed already are best left alone: what is dated before the day below is not posted.
        </CardDescription>
      </CardHeader>
      <CardContent className="flex flex-col gap-5">
        <div role="radiogroup" aria-labelledby="cut-over" className="grid gap-3 sm:grid-cols-2">
          <Choice
            title="Everything there is"
            explanation="Every invoice, credit note and payment, however old."
            value="everything"
            form={form}
            name="cutOver.start"
          />
          <Choice
            title="From a day on"
            explanation="Older ones are left out; the tie-out shows them on a line of their own."
            value="day"
            form={form}
            name="cutOver.start"
          />
        </div>
        {start === "day" ? (
          <>
            <Field className="max-w-xs">
              <FieldLabel htmlFor="cut-over-date">First day that is kept</FieldLabel>
              <Input id="cut-over-date" type="date" {...form.register("cutOver.date")} />
            </Field>
            <fieldset className="flex flex-col gap-3">
              <legend className="text-sm font-medium">What was not paid by then</legend>
              <div className="mt-3 grid gap-3 sm:grid-cols-2">
                <Choice
                  title="It is in Xero already"
                  explanation="It is matched to what stands there, so that payments after that day go to it."
                  value="match"
                  form={form}
                  name="cutOver.openDocuments"
                />
                <Choice
                  title="Bring it in"
                  explanation="What Xero does not have comes as an opening balance: the open amount, without tax."
                  value="bringIn"
                  form={form}
                  name="cutOver.openDocuments"
                />
              </div>
            </fieldset>
            {openDocuments === "bringIn" ? (
              <Field className="max-w-md">
                <FieldLabel htmlFor="cut-over-account">Booked against</FieldLabel>
                <Select
                  id="cut-over-account"
                  aria-describedby="cut-over-account-hint"
                  {...form.register("cutOver.openingAccountKey")}
                >
                  <option value="">Choose…</option>
                  {view.accounts.map((account) => (
                    <option key={account.key} value={account.key}>
                      {account.label}
                    </option>
                  ))}
                </Select>
                <FieldDescription id="cut-over-account-hint">
                  Ask your accountant: often an account for opening balances. Sales and tax were booked in the
                  old books.
                </FieldDescription>
              </Field>
            ) : null}
          </>
        ) : null}
        <FieldError>{error}</FieldError>
        <HistoryTable history={view.history} isCounting={view.isCounting} count={count} />
      </CardContent>
    </Card>
  );
}

function Choice({
  title,
  explanation,
  value,
  name,
  form,
}: {
  title: string;
  explanation: string;
  value: string;
  name: "cutOver.start" | "cutOver.openDocuments";
  form: UseFormReturn<SetupFormValues>;
}) {
  return (
    <label className={CHOICE}>
      <input
        type="radio"
        value={value}
        className="mt-0.5 size-4 shrink-0 accent-primary"
        {...form.register(name)}
      />
      <span className="flex flex-col gap-0.5 text-sm">
        <span className="font-medium">{title}</span>
        <span className="text-muted-foreground">{explanation}</span>
      </span>
    </label>
  );
}
