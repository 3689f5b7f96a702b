"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { useForm, useWatch } from "react-hook-form";
import type { ActionResult } from "@/components/page/action-result";
import { DraftNotice } from "@/components/page/draft-notice";
import { useKeptDraft } from "@/components/page/use-kept-draft";
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { Form } from "@/components/ui/form";
import type { SetupChoices, SetupView } from "@/lib/domain/views/setup-view";
import { ConfirmBar } from "./confirm-bar";
import { CutOverField } from "./cut-over-field";
import { DocumentStatusField } from "./document-status-field";
import type { CountSource } from "./history-table";
import { SetupQuestionRow } from "./setup-question-row";
import {
  fromSetupDraft,
  numberQuestions,
  questionErrorKey,
  type SetupFormValues,
  startingValues,
  toSetupChoices,
  toSetupDraft,
  unansweredNames,
} from "./setup-values";

export type ConfirmSetup = (choices: SetupChoices) => Promise<ActionResult<{ pairId: string }>>;

/** All questions on one page with suggestions filled in and marked, so that agreeing takes one press. */
export function SetupForm({
  slug,
  view,
  nextHref,
  mayChange,
  confirm,
  count,
}: {
  slug: string;
  view: SetupView;
  nextHref: string;
  mayChange: boolean;
  confirm: ConfirmSetup;
  /** Has the source read, so that the form can say what each beginning takes. */
  count: CountSource;
}) {
  const router = useRouter();
  const [result, setResult] = useState<ActionResult<{ pairId: string }> | null>(null);
  const initial = startingValues(view);
  const form = useForm<SetupFormValues>({ defaultValues: initial });
  const draft = useKeptDraft({
    key: `draft:${slug}:${view.pairId ?? ""}:setup`,
    form,
    initial,
    toDraft: (values) => toSetupDraft(view, values),
    fromDraft: (kept) => fromSetupDraft(view, kept),
  });
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
    if (answer.ok) {
      draft.clear();
      return router.push(nextHref);
    }
    if (answer.fieldErrors.cutOver) form.setError("cutOver", { message: answer.fieldErrors.cutOver });
    for (const { name, question } of numbered) {
      const message = answer.fieldErrors[questionErrorKey(question)];
      if (message) form.setError(`choices.${name}`, { message });
    }
  });

  return (
    <Form onSubmit={submit} busy={isSubmitting || !mayChange} className="flex flex-col gap-5">
      <legend className="sr-only">How records are posted</legend>
      <DraftNotice draft={draft} />
      <DocumentStatusField status={view.documentStatus} registration={form.register("documentStatus")} />
      {view.cutOver ? (
        <CutOverField
          view={view.cutOver}
          form={form}
          count={mayChange && !view.confirmed ? count : null}
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
