import { z } from "zod";
import type {
  CutOverChoice,
  DocumentStatusChoice,
  SetupChoices,
  SetupQuestion,
  SetupView,
} from "@/lib/domain/views/setup-view";

/**
 * Between a set-up as questions and the form's flat fields. A field's name is its question's place in the list, since
 * a source key may hold characters that a form library reads as a path.
 */
export interface SetupFormValues {
  documentStatus: DocumentStatusChoice;
  cutOver: {
    /** Where the ledger begins: with everything, or on a day. */
    start: "everything" | "day";
    date: string;
    openDocuments: "match" | "bringIn";
    openingAccountKey: string;
  };
  choices: Record<string, string>;
}

export interface NumberedQuestion {
  readonly name: string;
  readonly question: SetupQuestion;
}

/** All questions in the order of the page, each with its field's name. */
export function numberQuestions(view: SetupView): readonly NumberedQuestion[] {
  return view.sections
    .flatMap((section) => section.questions)
    .map((question, index) => ({ name: `question${index}`, question }));
}

/** What the form starts with: what a person chose before, else the suggestion, else nothing. */
export function startingValues(view: SetupView): SetupFormValues {
  return {
    documentStatus: view.documentStatus.chosen ?? view.documentStatus.suggested,
    cutOver: {
      start: view.cutOver?.chosen ? "day" : "everything",
      date: view.cutOver?.chosen?.date ?? "",
      openDocuments: view.cutOver?.chosen?.openDocuments ?? "match",
      openingAccountKey: view.cutOver?.chosen?.openingAccountKey ?? "",
    },
    choices: Object.fromEntries(
      numberQuestions(view).map(({ name, question }) => [
        name,
        question.chosenKey ?? (view.confirmed ? "" : (question.suggestedKey ?? "")),
      ]),
    ),
  };
}

/** What the action is sent. An empty choice of an optional question is the answer "none". */
export function toSetupChoices(view: SetupView, values: SetupFormValues): SetupChoices {
  return {
    documentStatus: values.documentStatus,
    ...(view.cutOver && { cutOver: cutOverChoice(values.cutOver) }),
    choices: numberQuestions(view).map(({ name, question }) => ({
      kind: question.kind,
      sourceKey: question.sourceKey,
      targetKey: values.choices[name] || null,
    })),
  };
}

const cutOverChoice = (values: SetupFormValues["cutOver"]): CutOverChoice | null =>
  values.start === "everything"
    ? null
    : {
        date: values.date,
        openDocuments: values.openDocuments,
        openingAccountKey: values.openDocuments === "bringIn" ? values.openingAccountKey || null : null,
      };

/** Names of the fields that must be answered and are not. */
export function unansweredNames(view: SetupView, values: SetupFormValues): readonly string[] {
  return numberQuestions(view)
    .filter(({ name, question }) => !question.optional && !values.choices[name])
    .map(({ name }) => name);
}

/** The key under which the operation reports a fault of this question. */
export const questionErrorKey = (question: SetupQuestion): string => `${question.kind}:${question.sourceKey}`;

/** What a person had chosen and not saved, by question: it outlives questions that come or go. */
const draftSchema = z.object({
  documentStatus: z.enum(["draft", "approved"]),
  cutOver: z.object({
    start: z.enum(["everything", "day"]),
    date: z.string(),
    openDocuments: z.enum(["match", "bringIn"]),
    openingAccountKey: z.string(),
  }),
  choices: z.record(z.string(), z.string()),
});

export const toSetupDraft = (view: SetupView, values: SetupFormValues): z.output<typeof draftSchema> => ({
  documentStatus: values.documentStatus,
  cutOver: { ...values.cutOver },
  choices: Object.fromEntries(
    numberQuestions(view).map(({ name, question }) => [
      questionErrorKey(question),
      values.choices[name] ?? "",
    ]),
  ),
});

/** The form's values with a draft on top of what it starts with; a choice that is no longer offered is left out. */
export function fromSetupDraft(view: SetupView, draft: unknown): SetupFormValues | null {
  const parsed = draftSchema.safeParse(draft);
  if (!parsed.success) return null;
  const { documentStatus, cutOver, choices } = parsed.data;
  const starting = startingValues(view);
  const isAccount = view.cutOver?.accounts.some(({ key }) => key === cutOver.openingAccountKey) ?? false;
  return {
    documentStatus,
    cutOver: { ...cutOver, openingAccountKey: isAccount ? cutOver.openingAccountKey : "" },
    choices: Object.fromEntries(
      numberQuestions(view).map(({ name, question }) => {
        const kept = choices[questionErrorKey(question)];
        const isOffered = kept === "" || question.options.some(({ key }) => key === kept);
        return [name, kept !== undefined && isOffered ? kept : (starting.choices[name] ?? "")];
      }),
    ),
  };
}
