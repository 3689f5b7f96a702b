import { formatCount } from "@/components/format/format-amount";
import { formatSecondsLeft } from "@/components/format/format-time";
import { recordTypeTitle } from "@/components/format/record-type-label";
import { Alert } from "@/components/ui/alert";
import { Card } from "@/components/ui/card";
import { Progress } from "@/components/ui/progress";
import { RECORD_TYPE_NAMES } from "@/lib/domain/record-type";
import type { RunKind, RunPassView, RunState, RunView } from "@/lib/domain/views/run-view";
import { RunStateBadge } from "./run-state-badge";
import { isMoving, isPreparing } from "./run-words";

/** Where a run stands: its sentence, the time left, and a bar a kind of record. */
export function RunProgress({ view }: { view: RunView }) {
  const preparing = isPreparing(view.state);
  const passes = view.passes.filter((pass) => preparing || hasAnything(pass));
  return (
    <Card>
      <div className="flex flex-col gap-3 px-4 pt-5 pb-5 sm:px-6">
        <RunStateBadge state={view.state} />
        <p className="text-xl font-semibold text-balance" aria-live="polite">
          {view.headline}
        </p>
        <p className="text-sm text-muted-foreground">
          {isMoving(view.state) ? `${timeWords(view)} You can close this page; it goes on without it.` : null}
        </p>
        {view.report.map((sentence) => (
          <p key={sentence} className="text-sm">
            {sentence}
          </p>
        ))}
        {view.failure ? (
          <Alert tone="destructive" title="It stopped before the end">
            {view.failure}
          </Alert>
        ) : null}
      </div>
      {passes.length > 0 ? (
        <ul className="divide-y divide-border border-t border-border">
          {passes.map((pass) => (
            <PassProgress key={pass.recordType} pass={pass} state={view.state} kind={view.kind} />
          ))}
        </ul>
      ) : null}
      {view.calls.ledgerWrites > 0 ? (
        <p className="border-t border-border px-4 py-3.5 text-sm text-muted-foreground sm:px-6">
          {formatCount(view.calls.ledgerWrites)} {view.calls.ledgerWrites === 1 ? "call" : "calls"} to Xero so
          far; one record at a time it would have been {formatCount(view.calls.oneByOneWrites)}.
        </p>
      ) : null}
    </Card>
  );
}

function PassProgress({ pass, state, kind }: { pass: RunPassView; state: RunState; kind: RunKind }) {
  const title = recordTypeTitle(pass.recordType);
  const preparing = isPreparing(state);
  const [done, total] = preparing
    ? [pass.read, pass.readTotal ?? 0]
    : [donePosting(pass, state), pass.toPost];
  return (
    <li className="flex flex-col gap-2 px-4 py-3.5 text-sm sm:px-6">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-0.5">
        <span className="font-medium">{title}</span>
        <span className="text-muted-foreground tabular-nums">
          {preparing ? readWords(pass) : writtenWords(pass, kind)}
        </span>
      </div>
      <Progress
        value={Math.min(done, total)}
        max={total}
        aria-label={`${title}: ${preparing ? "read" : DONE_WORDS[kind]}`}
      />
      {!preparing && (pass.linked > 0 || pass.excluded > 0) ? (
        <span className="text-muted-foreground tabular-nums">{asideWords(pass)}</span>
      ) : null}
    </li>
  );
}

/** After posting nothing moves any more: what is left over is refused, and the bar is full. */
const donePosting = (pass: RunPassView, state: RunState): number =>
  state === "tyingOut" || state === "finished" ? pass.toPost : pass.posted;

function timeWords({ state, secondsLeft }: RunView): string {
  if (secondsLeft !== null) return `${capitalise(formatSecondsLeft(secondsLeft))} left.`;
  return state === "pulling" || state === "applying"
    ? "Working out how long this takes."
    : "This takes a moment.";
}

/** Kinds of record that this business does not have take no line. */
const hasAnything = (pass: RunPassView): boolean =>
  pass.read + pass.toPost + pass.linked + pass.excluded + pass.failed > 0;

function readWords(pass: RunPassView): string {
  const read = formatCount(pass.read);
  return pass.readTotal === null ? `${read} read` : `${read} of ${formatCount(pass.readTotal)} read`;
}

const DONE_WORDS: Readonly<Record<RunKind, string>> = { post: "posted", undo: "taken back" };

function writtenWords(pass: RunPassView, kind: RunKind): string {
  if (pass.toPost === 0 && pass.failed === 0)
    return `No ${RECORD_TYPE_NAMES[pass.recordType].many} to ${kind === "undo" ? "take back" : "post"}`;
  const written = `${formatCount(pass.posted)} of ${formatCount(pass.toPost)} ${DONE_WORDS[kind]}`;
  return pass.failed > 0
    ? `${written}, ${formatCount(pass.failed)} ${pass.failed === 1 ? "needs" : "need"} you`
    : written;
}

function asideWords(pass: RunPassView): string {
  return [
    pass.linked > 0 ? `${formatCount(pass.linked)} already in Xero` : "",
    pass.excluded > 0 ? `${formatCount(pass.excluded)} left out by rule` : "",
  ]
    .filter(Boolean)
    .join(", ");
}

const capitalise = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
