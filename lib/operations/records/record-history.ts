import { type CanonicalRecord, canonicalRecordSchema } from "@/lib/domain/canonical-record";
import type { RecordEvent } from "@/lib/domain/views/record-view";
import { compareFields, type Names } from "../runs/describe-fields";

/**
 * What became of one record, in the order in which it happened, out of what each part of the product kept of it. Pure: it
 * is handed the rows and the names of people.
 */
export interface HistoryRows {
  readonly snapshot: { readonly pulledAt: Date; readonly goneAt: Date | null } | null;
  readonly intents: readonly IntentRow[];
  readonly link: { readonly how: string; readonly createdAt: Date } | null;
  readonly exceptions: readonly ExceptionHistoryRow[];
  readonly overrides: readonly {
    readonly label: string;
    readonly madeByName: string;
    readonly madeAt: Date;
  }[];
  readonly changes: readonly ChangeRow[];
  readonly decisions: readonly DecisionRow[];
}

export interface IntentRow {
  readonly runId: string;
  readonly verb: string;
  readonly state: string;
  readonly attempts: number;
  readonly payload: unknown;
  readonly createdAt: Date;
  readonly sentAt: Date | null;
  readonly resolvedAt: Date | null;
  /** Where it was written to. */
  readonly isToSource: boolean;
  /** Who or what asked for the run: a name, or empty for the clock and notices. */
  readonly by: string;
}

export interface ExceptionHistoryRow {
  readonly message: string;
  readonly createdAt: Date;
  readonly resolvedAt: Date | null;
  readonly dismissedAt: Date | null;
  readonly dismissedByName: string | null;
  readonly dismissedReason: string | null;
  readonly runId: string;
}

export interface ChangeRow {
  readonly side: string;
  readonly what: string;
  readonly noticedAt: Date;
  /** Names of the fields that changed. */
  readonly fields: readonly string[];
}

export interface DecisionRow {
  readonly action: string;
  readonly by: string;
  readonly at: Date;
}

interface Context {
  readonly names: { readonly source: string; readonly ledger: string };
  readonly reference: Names;
}

export function recordHistory(rows: HistoryRows, context: Context): RecordEvent[] {
  const { names } = context;
  return [
    ...readEvents(rows.snapshot, names.source),
    ...intentEvents(rows.intents, context),
    ...linkEvents(rows.link, names.ledger),
    ...rows.exceptions.flatMap(exceptionEvents),
    ...rows.overrides.map(({ label, madeByName, madeAt }) =>
      event("decided", madeAt, `${madeByName} changed it for this record alone`, label),
    ),
    ...rows.changes.map((row) => changeEvent(row, names)),
    ...rows.decisions.flatMap(decisionEvents),
  ].sort((first, second) => (first.at < second.at ? 1 : first.at > second.at ? -1 : 0));
}

const event = (
  kind: RecordEvent["kind"],
  at: Date,
  title: string,
  detail = "",
  more: Partial<Pick<RecordEvent, "runId" | "fields">> = {},
): RecordEvent => ({ kind, at: at.toISOString(), title, detail, runId: null, fields: [], ...more });

function readEvents(snapshot: HistoryRows["snapshot"], source: string): RecordEvent[] {
  if (!snapshot) return [];
  const read = event("read", snapshot.pulledAt, `Read from ${source} as it is now`);
  return snapshot.goneAt ? [read, event("read", snapshot.goneAt, `${source} has it no more`)] : [read];
}

/** Each write against what was written to that side before it, so that one sees the record as it was at any time. */
function intentEvents(intents: readonly IntentRow[], { names, reference }: Context): RecordEvent[] {
  const before = new Map<boolean, CanonicalRecord>();
  const inOrder = [...intents].sort(
    (first, second) => first.createdAt.getTime() - second.createdAt.getTime(),
  );
  return inOrder.map((intent) => {
    const target = intent.isToSource ? names.source : names.ledger;
    const payload = canonicalRecordSchema.safeParse(intent.payload);
    const sent = payload.success ? payload.data : null;
    const fields =
      sent === null || intent.verb === "void"
        ? []
        : compareFields(before.get(intent.isToSource) ?? null, sent, reference);
    if (sent !== null && intent.state === "applied") before.set(intent.isToSource, sent);
    const { kind, title } = wordsOf(intent, target);
    const asked = intent.by === "" ? "By the schedule or a notice." : `Asked for by ${intent.by}.`;
    const calls = intent.attempts > 1 ? ` Sent ${intent.attempts} times, looked for in between.` : "";
    const at = intent.resolvedAt ?? intent.sentAt ?? intent.createdAt;
    return event(kind, at, title, asked + calls, { runId: intent.runId, fields });
  });
}

const DONE: Readonly<Record<string, string>> = {
  create: "Created in",
  update: "Changed in",
  void: "Taken out of",
};

function wordsOf({ verb, state }: IntentRow, target: string): Pick<RecordEvent, "kind" | "title"> {
  switch (state) {
    case "applied":
      return { kind: "written", title: `${DONE[verb] ?? "Written to"} ${target}` };
    case "rejected":
      return { kind: "refused", title: `Refused by ${target}` };
    case "cancelled":
      return { kind: "refused", title: `Not sent to ${target} after all` };
    case "planned":
      return { kind: "written", title: `About to be sent to ${target}` };
    default:
      return { kind: "written", title: `Sent to ${target}, whose answer is still looked for` };
  }
}

const LINKED: Readonly<Record<string, string>> = {
  matched: "was there already",
  adopted: "bears our own reference there",
  fromLedger: "came from there",
};

function linkEvents(link: HistoryRows["link"], ledger: string): RecordEvent[] {
  const words = link && LINKED[link.how];
  return link && words ? [event("linked", link.createdAt, `Linked to ${ledger}: it ${words}`)] : [];
}

function exceptionEvents(row: ExceptionHistoryRow): RecordEvent[] {
  const { message, createdAt, resolvedAt, dismissedAt, dismissedByName, dismissedReason, runId } = row;
  return [
    event("stopped", createdAt, "It could not go", message, { runId }),
    ...(resolvedAt ? [event("decided", resolvedAt, "That was settled")] : []),
    ...(dismissedAt
      ? [event("decided", dismissedAt, `${dismissedByName ?? "Somebody"} left it out`, dismissedReason ?? "")]
      : []),
  ];
}

const HAPPENED: Readonly<Record<string, string>> = {
  added: "appeared",
  changed: "was changed",
  gone: "was voided or deleted",
};

function changeEvent({ side, what, noticedAt, fields }: ChangeRow, names: Context["names"]): RecordEvent {
  const place = side === "ledger" ? names.ledger : names.source;
  const detail = fields.length === 0 ? "" : `${fields.join(", ")}.`;
  return event("changed", noticedAt, `It ${HAPPENED[what] ?? "was changed"} in ${place}`, detail);
}

const DECIDED: Readonly<Record<string, string>> = {
  "approval.approved": "approved it",
  "approval.declined": "declined it",
  "match.decided": "said whether two records are one",
  "conflict.resolved": "settled what both sides had changed",
  "tieOut.accepted": "accepted the difference",
  "tieOut.postAgain": "asked for it to be posted again",
};

function decisionEvents({ action, by, at }: DecisionRow): RecordEvent[] {
  const words = DECIDED[action];
  return words === undefined ? [] : [event("decided", at, `${by === "" ? "Somebody" : by} ${words}`)];
}
