import type { CanonicalRecord, RecordOf } from "@/lib/domain/canonical-record";
import type { Problem } from "@/lib/domain/problem";
import type { RecordType } from "@/lib/domain/record-type";
import { invariant } from "@/lib/kernel/invariant";
import type { WriteElement, WriteOutcome } from "./connector";
import { ConnectorError, failure } from "./connector-error";
import { UnreadableRecord } from "./unreadable";

/**
 * Writing to a system that takes one record a call and has no idempotency key: what an earlier call of the batch has done is
 * always told, and a create that is refused is looked for by our marker before it counts as refused, since an earlier try may
 * be why. Knows no vendor; the calls are handed over.
 */
export async function applyOneByOne(
  elements: readonly WriteElement[],
  write: (element: WriteElement) => Promise<WriteOutcome>,
): Promise<WriteOutcome[]> {
  const outcomes: WriteOutcome[] = [];
  for (const element of elements) {
    try {
      outcomes.push(await write(element));
    } catch (cause) {
      const thrown =
        cause instanceof UnreadableRecord ? failure("wireMismatch", cause.message, { cause }) : cause;
      // From the first write on nothing may be thrown.
      if (!(thrown instanceof ConnectorError) || outcomes.every(({ kind }) => kind === "rejected"))
        throw thrown;
      outcomes.push({ intentId: element.intentId, kind: "unknown", why: `Not sent: ${thrown.message}` });
    }
  }
  return outcomes;
}

/** The outcome of a create that was refused. `find` looks the record up; `label` names the vendor in sentences. */
export async function refusedOrThere(
  label: string,
  element: WriteElement,
  refusal: WriteOutcome,
  find: (sought: readonly CanonicalRecord[]) => Promise<readonly CanonicalRecord[]>,
): Promise<WriteOutcome> {
  // An item bears its code alone, and so does one that somebody else made.
  if (element.record.recordType === "item") return refusal;
  const { intentId, record } = element;
  try {
    const found = await find([record]);
    const own = found.find(({ marker }) => marker !== "" && marker === record.marker);
    return own === undefined
      ? refusal
      : { intentId, kind: "alreadyApplied", externalId: own.externalId, record: own };
  } catch (thrown) {
    if (!(thrown instanceof ConnectorError)) throw thrown;
    const why = `Refused, and ${label} could not be asked whether it is there already: ${thrown.message}`;
    return { intentId, kind: "unknown", why };
  }
}

/** What was written, read from the answer; unknown where that cannot be read. */
export function outcomeOfAnswer({ intentId }: WriteElement, read: () => CanonicalRecord): WriteOutcome {
  try {
    const record = read();
    return { intentId, kind: "applied", externalId: record.externalId, record };
  } catch (thrown) {
    if (!(thrown instanceof UnreadableRecord)) throw thrown;
    return { intentId, kind: "unknown", why: thrown.message };
  }
}

export const done = (element: WriteElement, kind: "applied" | "alreadyApplied"): WriteOutcome => ({
  intentId: element.intentId,
  kind,
  externalId: idOf(element),
  record: element.record,
});

export const rejected = ({ intentId }: WriteElement, cause: Problem): WriteOutcome => ({
  intentId,
  kind: "rejected",
  problem: cause,
});

/** The id of the record that an update or void changes. */
export function idOf({ externalId }: WriteElement): string {
  invariant(externalId !== null, "a change names the record that it changes");
  return externalId;
}

/** The record as the type that was asked for. */
export function recordAs<T extends RecordType>(recordType: T, record: CanonicalRecord): RecordOf<T> {
  invariant(isOfType(recordType, record), `a ${recordType} was asked for`);
  return record;
}

export const isOfType = <T extends RecordType>(
  recordType: T,
  record: CanonicalRecord,
): record is RecordOf<T> => record.recordType === recordType;
