"use client";

import { useRouter } from "next/navigation";
import { useId, useState } from "react";
import { useForm, useWatch } from "react-hook-form";
import { ActionError } from "@/components/page/action-error";
import type { ActionResult } from "@/components/page/action-result";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Card, CardContent, CardDescription, CardFooter, CardHeader, CardTitle } from "@/components/ui/card";
import { Field, FieldDescription, FieldLabel } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Select } from "@/components/ui/select";
import type { ScheduleChoice, ScheduleView } from "@/lib/domain/views/schedule-view";

export type SaveSchedule = (choice: ScheduleChoice) => Promise<ActionResult<{ nextRunAt: string | null }>>;

interface FormValues {
  readonly mode: ScheduleChoice["mode"];
  /** As a select holds it. */
  readonly hour: string;
}

const MODES: readonly {
  readonly value: FormValues["mode"];
  readonly title: string;
  readonly explanation: string;
}[] = [
  {
    value: "realTime",
    title: "As it happens",
    explanation:
      "Seconds after one of the systems tells of a change, and every 15 minutes in case one did not.",
  },
  { value: "hourly", title: "Every hour", explanation: "One look an hour, whatever happens." },
  { value: "dailyAt", title: "Once a day", explanation: "At an hour of your organisation's day." },
  { value: "byHand", title: "By hand", explanation: "Only when somebody makes a preview." },
];

const HOURS = Array.from({ length: 24 }, (_, hour) => hour);
const MORNING = 6;

/** When the pair looks for changes. */
export function ScheduleForm({
  view,
  mayChange,
  save,
}: {
  view: ScheduleView;
  mayChange: boolean;
  save: SaveSchedule;
}) {
  const router = useRouter();
  const hourId = useId();
  const [result, setResult] = useState<ActionResult<{ nextRunAt: string | null }> | null>(null);
  const { schedule } = view;
  const form = useForm<FormValues>({
    defaultValues: {
      mode: schedule.mode,
      hour: String(schedule.mode === "dailyAt" ? schedule.hour : MORNING),
    },
  });
  const mode = useWatch({ control: form.control, name: "mode" });
  const { isSubmitting } = form.formState;
  const submit = form.handleSubmit(async (values) => {
    const answer = await save(
      values.mode === "dailyAt" ? { mode: "dailyAt", hour: Number(values.hour) } : { mode: values.mode },
    );
    setResult(answer);
    if (answer.ok) router.refresh();
  });
  return (
    <Form onSubmit={submit} busy={isSubmitting || !mayChange}>
      <legend className="sr-only">How often both sides are compared</legend>
      <Card>
        <CardHeader>
          <CardTitle id="schedule-mode">How often are both sides compared?</CardTitle>
          <CardDescription>
            {mayChange ? "It takes effect at once." : "An owner or administrator can change it."}
          </CardDescription>
        </CardHeader>
        <CardContent className="flex flex-col gap-4">
          <div role="radiogroup" aria-labelledby="schedule-mode" className="grid gap-3 sm:grid-cols-2">
            {MODES.map((choice) => (
              <label
                key={choice.value}
                className="flex cursor-pointer items-start gap-3 rounded-md border border-border p-4 transition-colors hover:bg-muted has-checked:border-primary has-checked:bg-primary-soft has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-ring"
              >
                <input
                  type="radio"
                  value={choice.value}
                  className="mt-0.5 size-4 shrink-0 accent-primary"
                  {...form.register("mode")}
                />
                <span className="flex flex-col gap-0.5 text-sm">
                  <span className="font-medium">{choice.title}</span>
                  <span className="text-muted-foreground">{choice.explanation}</span>
                </span>
              </label>
            ))}
          </div>
          {mode === "dailyAt" ? (
            <Field className="max-w-xs">
              <FieldLabel htmlFor={hourId}>Hour of the day</FieldLabel>
              <Select id={hourId} aria-describedby={`${hourId}-zone`} {...form.register("hour")}>
                {HOURS.map((hour) => (
                  <option key={hour} value={hour}>
                    {String(hour).padStart(2, "0")}:00
                  </option>
                ))}
              </Select>
              <FieldDescription id={`${hourId}-zone`}>
                {view.timeZone === null
                  ? "By the clock of the organisation that records come from."
                  : `By the clock of ${view.timeZone.replaceAll("_", " ")}.`}
              </FieldDescription>
            </Field>
          ) : null}
          <ActionError result={result} />
          {result?.ok && !isSubmitting ? <Alert tone="success" role="status" title="Saved" /> : null}
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
