import { CircleCheck, CircleSlash, CircleX, Eye, LoaderCircle, type LucideIcon } from "lucide-react";
import type { BadgeTone } from "@/components/ui/badge";
import type { RunState } from "@/lib/domain/views/run-view";

/** A preview that gave way to a newer one has ended too. */
export type ListedRunState = RunState | "superseded";

/** The states of a run in an owner's words. */
export const RUN_WORDS: Readonly<
  Record<ListedRunState, { readonly label: string; readonly tone: BadgeTone; readonly Icon: LucideIcon }>
> = {
  pulling: { label: "Reading", tone: "primary", Icon: LoaderCircle },
  planning: { label: "Preparing", tone: "primary", Icon: LoaderCircle },
  previewed: { label: "Ready to post", tone: "primary", Icon: Eye },
  applying: { label: "Posting", tone: "primary", Icon: LoaderCircle },
  tyingOut: { label: "Comparing", tone: "primary", Icon: LoaderCircle },
  finished: { label: "Finished", tone: "success", Icon: CircleCheck },
  failed: { label: "Stopped", tone: "destructive", Icon: CircleX },
  superseded: { label: "Replaced", tone: "neutral", Icon: CircleSlash },
};

/** True while the run changes by itself, so that a page should look again. */
export const isMoving = (state: ListedRunState): boolean =>
  state === "pulling" || state === "planning" || state === "applying" || state === "tyingOut";

/** True while a preview is still being made. */
export const isPreparing = (state: ListedRunState): boolean => state === "pulling" || state === "planning";

/** A state as it is stored; a state that these pages do not know counts as stopped. */
export function parseListedRunState(text: string): ListedRunState {
  return LISTED_STATES.find((state) => state === text) ?? "failed";
}

const LISTED_STATES: readonly ListedRunState[] = [
  "pulling",
  "planning",
  "previewed",
  "applying",
  "tyingOut",
  "finished",
  "failed",
  "superseded",
];
