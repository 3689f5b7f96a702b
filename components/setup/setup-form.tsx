"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { useForm, useWatch } from "react-hook-form";
import type { ActionResult } from "@/components/page/action-result";
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { Form } from "@/components/ui/form";
import type { SetupChoices, SetupView } from "@/lib/domain/views/setup-view";
import { ConfirmBar } from "./confirm-bar";
import { CutOverField } from "./cut-over-field";
import { DocumentStatusField } from "./document-status-field";
import { SetupQuestionRow } from "./setup-question-row";
import {
  numberQuestions,
  questionErrorKey,
  type SetupFormValues,
  startingValues,
  toSetupChoices,
  unansweredNames,
} from "./setup-values";

export type ConfirmSetup = (choices: SetupChoices) => Promise<ActionResult<{ pairId: string }>>;

/** All questions on one page with suggestions filled in and marked, so that agreeing takes one press. */
export function SetupForm({
  view,
  nextHref,
  mayChange,
  confirm,
}: {
  view: SetupView;
  nextHref: string;
  mayChange: boolean;
  confirm: ConfirmSetup;
}) {
  const router = useRouter();
  const [result, setResult] = useState<ActionResult<{ pairId: string }> | null>(null);
  const form = useForm<SetupFormValues>({ defaultValues: startingValues(view) });
  const { errors, isSubmitting, submitCount } = form.formState;
  const choices = useWatch({ control: form.control, name: "choices" });
  const numbered = numberQuestions(view);
  const namesOf = new Map(numbered.map(({ name, question }) => [question, name]));

  const firstFault = numbered.find(({ name }) => errors.choices?.[name])?.name ?? null;

  // Only once the fieldset is enabled again: a disabled field takes no focus.
  // biome-ignore lint/correctness/useExhaustiveDependencies: after each press, not while faults are mended
  useEffect(() => {
    if (!isSubmitting && firstFault) form.setFocus(`choices.${firstFault}`);
  }, [submitCount, isSubmitting]);

  const submit = form.handleSubmit(async (values) => {
    const unanswered = unansweredNames(view, values);
    for (const name of unanswered) form.setError(`choices.${name}`, { message: "Choose one." });
    if (unanswered.length > 0) return;
    const answer = await confirm(toSetupChoices(view, values));
    setResult(answer);
    if (answer.ok) return router.push(nextHref);
    if (answer.fieldErrors.cutOver) form.setError("cutOver", { message: answer.fieldErrors.cutOver });
    for (const { name, question } of numbered) {
      const message = answer.fieldErrors[questionErrorKey(question)];
      if (message) form.setError(`choices.${name}`, { message });
    }
  });

  return (
    <Form onSubmit={submit} busy={isSubmitting || !mayChange} className="flex flex-col gap-5">
      <legend className="sr-only">How records are posted</legend>
      <DocumentStatusField status={view.documentStatus} registration={form.register("documentStatus")} />
      {view.cutOver ? (
        <CutOverField
          view={view.cutOver}
          form={form}
          error={errors.cutOver?.root?.message ?? errors.cutOver?.message ?? null}
        />
      ) : null}
      {view.sections.map((section) => (
        <Card key={section.kind} aria-labelledby={`section-${section.kind}`}>
          <CardHeader>
            <CardTitle id={`section-${section.kind}`}>{section.title}</CardTitle>
            <CardDescription>{section.explanation}</CardDescription>
          </CardHeader>
          <CardContent>
            <ul className="divide-y divide-border">
              {section.questions.map((question) => {
                const name = namesOf.get(question) ?? "";
                return (
                  <SetupQuestionRow
                    key={question.sourceKey}
                    question={question}
                    registration={form.register(`choices.${name}`)}
                    value={choices[name] ?? ""}
                    confirmed={view.confirmed}
                    error={errors.choices?.[name]?.message ?? null}
                  />
                );
              })}
            </ul>
          </CardContent>
        </Card>
      ))}
      <ConfirmBar
        view={view}
        result={result}
        answered={numbered.filter(({ name }) => choices[name]).length}
        hasFaults={errors.cutOver !== undefined || Object.keys(errors.choices ?? {}).length > 0}
        mayChange={mayChange}
        pending={isSubmitting}
      />
    </Form>
  );
}
