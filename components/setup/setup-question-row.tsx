"use client";

import { Lightbulb } from "lucide-react";
import { useId } from "react";
import type { UseFormRegisterReturn } from "react-hook-form";
import { FieldError } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import type { SetupQuestion } from "@/lib/domain/views/setup-view";

/** One question: what it is called in the source on the left, where it goes in the ledger on the right. */
export function SetupQuestionRow({
  question,
  registration,
  value,
  confirmed,
  error,
}: {
  question: SetupQuestion;
  registration: UseFormRegisterReturn;
  value: string;
  confirmed: boolean;
  error: string | null;
}) {
  const id = useId();
  const suggested =
    !confirmed &&
    question.chosenKey === null &&
    question.suggestedKey !== null &&
    value === question.suggestedKey;
  return (
    <li className="grid gap-2 py-4 first:pt-0 last:pb-0 sm:grid-cols-2 sm:gap-6">
      <div>
        <label htmlFor={id} className="text-sm font-medium">
          {question.sourceLabel}
          {question.optional ? <span className="font-normal text-muted-foreground"> (optional)</span> : null}
        </label>
        {question.hint ? (
          <p id={`${id}-hint`} className="text-sm text-muted-foreground">
            {question.hint}
          </p>
        ) : null}
      </div>
      <div className="flex flex-col gap-1.5">
        <Select
          id={id}
          {...registration}
          aria-invalid={error !== null}
          aria-describedby={`${id}-hint ${id}-note`}
        >
          <option value="">{emptyWords(question)}</option>
          {question.options.map((option) => (
            <option key={option.key} value={option.key}>
              {option.label}
            </option>
          ))}
        </Select>
        <div id={`${id}-note`}>
          {suggested ? (
            <p className="flex items-start gap-1.5 text-sm text-muted-foreground">
              <Lightbulb className="mt-0.5 size-4 shrink-0 text-primary" aria-hidden="true" />
              <span>
                <span className="font-medium text-primary">Suggested</span>
                {question.suggestedBecause ? `: ${question.suggestedBecause}` : null}
              </span>
            </p>
          ) : null}
          <FieldError>{error}</FieldError>
        </div>
      </div>
    </li>
  );
}

/** What leaving it empty means: a tag is not kept, an account or rate is asked for once a record needs it. */
function emptyWords({ kind, optional }: SetupQuestion): string {
  if (!optional) return "Choose…";
  return kind === "tracking" ? "Do not keep" : "Leave open";
}
