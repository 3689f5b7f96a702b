import { CircleCheck, TriangleAlert } from "lucide-react";
import { formatCount } from "@/components/format/format-amount";
import { formatSecondsLeft } from "@/components/format/format-time";
import { Card } from "@/components/ui/card";
import type { PreviewView, RunKind } from "@/lib/domain/views/run-view";
import { StartButton, type StartRun } from "./start-button";
import { countVerb, countWrites } from "./verb-words";

interface PanelWords {
  readonly nothing: string;
  readonly ready: string;
  label(records: string): string;
  readonly notYou: string;
  readonly blocked: string;
  /** What follows from the press, beyond this preview. */
  readonly after: string | null;
}

const WORDS: Readonly<Record<RunKind, PanelWords>> = {
  post: {
    nothing: "Nothing to post: Xero has everything already.",
    ready: "ready to post to Xero",
    label: (records) => `Post ${records} to Xero`,
    notYou: "A bookkeeper or owner can post them.",
    blocked: "you first and will wait; the rest can go.",
    after: "Once you have posted, new records go by themselves. You can pause that under Schedules.",
  },
  undo: {
    nothing: "Nothing can be taken back.",
    ready: "to void or delete in Xero",
    label: (records) => `Take ${records} out of Xero`,
    notYou: "A bookkeeper or owner can take them back.",
    blocked: "you first and will stay in Xero; the rest can go.",
    after: null,
  },
};

const REVERSING_READY = "to void, delete or post in Xero, so that the run is taken back";

/** The operation refuses as well; a button that can only be refused is no help. */
const isStartable = ({ isParallel, outdated, approval }: PreviewView): boolean =>
  !isParallel &&
  outdated === null &&
  (approval === null ||
    ((approval.run === null || approval.run === "approved") &&
      !(approval.waitsForAll && approval.waiting > 0)));

/** The decision of the page in one place: how much would be posted, what stays behind, and the button. */
export function PostingPanel({
  slug,
  view,
  mayPost,
  startPosting,
}: {
  slug: string;
  view: PreviewView;
  mayPost: boolean;
  startPosting: StartRun;
}) {
  const writes = countWrites(view);
  const blocked = countVerb(view, "block");
  const words = WORDS[view.kind];
  const reversing = view.kind === "undo" ? countVerb(view, "create") : 0;
  const records = `${formatCount(writes)} ${writes === 1 ? "record" : "records"}`;
  return (
    <Card className="flex flex-col gap-5 p-5 sm:p-6 lg:flex-row lg:items-center lg:justify-between">
      <div className="flex flex-col gap-2">
        <p className="text-xl font-semibold">
          {writes === 0 ? words.nothing : `${records} ${reversing > 0 ? REVERSING_READY : words.ready}`}
        </p>
        <ul className="flex flex-col gap-1 text-sm text-muted-foreground">
          {writes > 0 ? (
            <li className="flex items-start gap-2">
              <CircleCheck className="mt-0.5 size-4 shrink-0" aria-hidden="true" />
              In {formatCount(view.writeCalls)} {view.writeCalls === 1 ? "call" : "calls"} to Xero, instead of{" "}
              {formatCount(view.oneByOneWriteCalls)} one by one
              {view.secondsToWrite > 0
                ? `, in ${formatSecondsLeft(view.secondsToWrite)} at the pace that Xero allows.`
                : "."}
            </li>
          ) : null}
          {writes > 0 && words.after !== null ? (
            <li className="flex items-start gap-2">
              <CircleCheck className="mt-0.5 size-4 shrink-0" aria-hidden="true" />
              {words.after}
            </li>
          ) : null}
          {blocked > 0 ? (
            <li className="flex items-start gap-2 text-warning">
              <TriangleAlert className="mt-0.5 size-4 shrink-0" aria-hidden="true" />
              {formatCount(blocked)} {blocked === 1 ? "needs" : "need"} {words.blocked}
            </li>
          ) : null}
          {view.warnings > 0 ? (
            <li className="flex items-start gap-2 text-warning">
              <TriangleAlert className="mt-0.5 size-4 shrink-0" aria-hidden="true" />
              {formatCount(view.warnings)} {view.warnings === 1 ? "record has" : "records have"} a warning
              worth a look.
            </li>
          ) : null}
        </ul>
      </div>
      {writes > 0 && mayPost && isStartable(view) ? (
        <StartButton
          start={startPosting}
          label={reversing > 0 ? `Take the run back: ${records}` : words.label(records)}
          pendingLabel="Starting…"
          hrefPrefix={`/${slug}/runs/`}
        />
      ) : null}
      {writes > 0 && !mayPost ? <p className="text-sm text-muted-foreground">{words.notYou}</p> : null}
    </Card>
  );
}
