import { CircleCheck, CircleX, Eye, LoaderCircle, type LucideIcon } from "lucide-react";
import type { BadgeTone } from "@/components/ui/badge";
import type { RunState } from "@/lib/domain/views/run-view";

/** The states of a run in an owner's words. */
export const RUN_WORDS: Readonly<
  Record<RunState, { readonly label: string; readonly tone: BadgeTone; readonly Icon: LucideIcon }>
> = {
  pulling: { label: "Reading", tone: "primary", Icon: LoaderCircle },
  planning: { label: "Preparing", tone: "primary", Icon: LoaderCircle },
  previewed: { label: "Ready to post", tone: "primary", Icon: Eye },
  applying: { label: "Posting", tone: "primary", Icon: LoaderCircle },
  tyingOut: { label: "Comparing", tone: "primary", Icon: LoaderCircle },
  finished: { label: "Finished", tone: "success", Icon: CircleCheck },
  failed: { label: "Stopped", tone: "destructive", Icon: CircleX },
};

/** True while the run changes by itself, so that a page should look again. */
export const isMoving = (state: RunState): boolean =>
  state === "pulling" || state === "planning" || state === "applying" || state === "tyingOut";

/** True while a preview is still being made. */
export const isPreparing = (state: RunState): boolean => state === "pulling" || state === "planning";
