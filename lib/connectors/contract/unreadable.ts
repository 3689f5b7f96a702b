import { z } from "zod";
import type { CanonicalRecord } from "@/lib/domain/canonical-record";
import { type Money, parseMoney } from "@/lib/domain/money";
import { RECORD_TYPE_NAMES, type RecordType } from "@/lib/domain/record-type";
import { type Decimal, decimalText } from "@/lib/kernel/decimal";
import { digestOf } from "@/lib/kernel/digest";
import { encode } from "@/lib/kernel/json";
import type { QuarantinedRecord } from "./connector";
import { wireId } from "./wire-values";

/**
 * What every connector does with a row that it cannot read: the row is kept aside with a sentence that names the field, and
 * its neighbours go on. Knows no vendor's fields; a connector hands over its schema and what it calls the record.
 */

/** What is wrong with a record, in words a person can act on; never thrown across a connector's edge. */
export class UnreadableRecord extends Error {
  override readonly name = "UnreadableRecord";
}

export const unreadable = (field: string, what: string, why: string): UnreadableRecord =>
  new UnreadableRecord(`The field "${field}" of this ${what} cannot be read: ${why}.`);

/** Parses or throws UnreadableRecord with a sentence that names the first field at fault. */
export function readRecord<T>(schema: z.ZodType<T>, what: string, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const field = issue === undefined || issue.path.length === 0 ? "record" : issue.path.join(".");
  throw unreadable(field, what, issue?.message ?? "unknown shape");
}

/** An amount to the last unit. Throws UnreadableRecord where it has parts of one: rounding them would move money. */
export function readMoney(value: Decimal, currency: string, field: string, what: string): Money {
  try {
    return parseMoney(value, currency);
  } catch (thrown) {
    if (!(thrown instanceof RangeError)) throw thrown;
    throw unreadable(field, what, `${decimalText(value)} has parts of a minor unit of ${currency}`);
  }
}

/** The id that a row names, null where it names none. */
export function idIn(payload: unknown, idField: string): string | null {
  const named = z.looseObject({ [idField]: z.unknown() }).safeParse(payload);
  const id = wireId.safeParse(named.success ? named.data[idField] : null);
  return id.success ? id.data : null;
}

const DIGEST_CHARACTERS = 8;

/** A row kept aside. Without an id it is filed under a digest of itself, so that reading it twice makes one entry. */
export const quarantine = (
  recordType: RecordType,
  externalId: string | null,
  payload: unknown,
  problem: string,
): QuarantinedRecord => ({
  recordType,
  externalId: externalId ?? `unreadable-${digestOf(payload, DIGEST_CHARACTERS)}`,
  problem,
  payload: encode(payload),
});

/** What reading rows gave. */
export interface Reading {
  readonly records: readonly CanonicalRecord[];
  readonly quarantined: readonly QuarantinedRecord[];
}

export const NOTHING: Reading = { records: [], quarantined: [] };

export const joinReadings = (readings: readonly Reading[]): Reading => ({
  records: readings.flatMap(({ records }) => records),
  quarantined: readings.flatMap(({ quarantined }) => quarantined),
});

/** The records that `read` makes of a row, or the row kept aside with a sentence. Other errors pass. */
export function readOrQuarantine(
  recordType: RecordType,
  externalId: string | null,
  payload: unknown,
  read: () => readonly CanonicalRecord[],
): Reading {
  try {
    return { records: read(), quarantined: [] };
  } catch (thrown) {
    return keptAside(recordType, externalId, payload, thrown);
  }
}

/** The same where reading takes further calls. */
export async function readAsyncOrQuarantine(
  recordType: RecordType,
  externalId: string | null,
  payload: unknown,
  read: () => Promise<readonly CanonicalRecord[]>,
): Promise<Reading> {
  try {
    return { records: await read(), quarantined: [] };
  } catch (thrown) {
    return keptAside(recordType, externalId, payload, thrown);
  }
}

function keptAside(
  recordType: RecordType,
  externalId: string | null,
  payload: unknown,
  thrown: unknown,
): Reading {
  if (!(thrown instanceof UnreadableRecord)) throw thrown;
  return { records: [], quarantined: [quarantine(recordType, externalId, payload, thrown.message)] };
}

/** "invoice", as sentences need it. */
export const nameOf = (recordType: RecordType): string => RECORD_TYPE_NAMES[recordType].one;
