import { Ban, CirclePlus, CircleSlash, Link2, type LucideIcon, Pencil, Undo2 } from "lucide-react";
import type { BadgeTone } from "@/components/ui/badge";
import type { PlannedVerb, PreviewView, RunKind } from "@/lib/domain/views/run-view";

/** What a run is going to do with a record, in an owner's words, in the order in which it matters. */
export const VERBS: readonly PlannedVerb[] = ["create", "update", "void", "link", "exclude", "block"];

export const VERB_WORDS: Readonly<
  Record<PlannedVerb, { readonly label: string; readonly tone: BadgeTone; readonly Icon: LucideIcon }>
> = {
  create: { label: "New", tone: "primary", Icon: CirclePlus },
  update: { label: "Changed", tone: "primary", Icon: Pencil },
  void: { label: "To void", tone: "primary", Icon: Undo2 },
  link: { label: "Already in Xero", tone: "success", Icon: Link2 },
  exclude: { label: "Left out", tone: "neutral", Icon: CircleSlash },
  block: { label: "Needs you", tone: "warning", Icon: Ban },
};

const UNDO_LABELS: Readonly<Partial<Record<PlannedVerb, string>>> = { void: "Goes", exclude: "Stays" };

/** The words of a verb in the preview of a run, which mean something else where a run is taken back. */
export const verbLabel = (kind: RunKind, verb: PlannedVerb): string =>
  (kind === "undo" ? UNDO_LABELS[verb] : undefined) ?? VERB_WORDS[verb].label;

const WRITING_VERBS: readonly PlannedVerb[] = ["create", "update", "void"];

/** How many records a press on "Post" writes to the ledger. */
export function countWrites(view: PreviewView): number {
  return view.byType.reduce(
    (sum, line) => sum + WRITING_VERBS.reduce((inner, verb) => inner + line.counts[verb], 0),
    0,
  );
}

/** How many records of this verb there are over all types. */
export function countVerb(view: PreviewView, verb: PlannedVerb): number {
  return view.byType.reduce((sum, line) => sum + line.counts[verb], 0);
}
