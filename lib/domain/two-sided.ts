import { z } from "zod";
import { decimalText } from "@/lib/kernel/decimal";
import type { CanonicalRecord } from "./canonical-record";

/**
 * What both systems may change of a contact or an item, and what follows from a change: pure comparison of three states,
 * the two present ones and the one in which both sides last agreed. A field whose two values are the same is never a
 * change, however they came to be so: that is how our own writes, coming back, are known. A side is compared with its own
 * earlier value alone, so a spelling that one system does not keep is no change either.
 */

export const CONFLICT_RULES = ["sourceWins", "ledgerWins", "newestWins", "ask"] as const;
/** What holds where both sides changed one field. */
export type ConflictRule = (typeof CONFLICT_RULES)[number];

export const VOID_RULES = ["follow", "ask"] as const;
/** What becomes of a record when its counterpart was voided or deleted. */
export type VoidRule = (typeof VOID_RULES)[number];

export const DIRECTIONS = ["toLedger", "toSource"] as const;
/** Which of the two systems a run or a flow writes to. */
export type Direction = (typeof DIRECTIONS)[number];

/** Words of a field as a person reads them, by field. */
export const FIELD_LABELS: Readonly<Record<string, string>> = {
  name: "Name",
  firstName: "First name",
  lastName: "Last name",
  email: "E-mail",
  phone: "Phone",
  description: "Description",
  salesPrice: "Sales price",
};

const fieldsSchema = z.record(z.string(), z.string());
export type Fields = z.output<typeof fieldsSchema>;

export const agreedSchema = z.object({ source: fieldsSchema, ledger: fieldsSchema });
/** The fields of both sides when they last agreed. */
export type Agreed = z.output<typeof agreedSchema>;

export const disputedFieldsSchema = z.array(
  z.object({ field: z.string(), ledger: z.string(), source: z.string() }),
);
export type DisputedField = z.output<typeof disputedFieldsSchema>[number];

/** The fields that go both ways, as text; empty for a record that goes one way. */
export function fieldsOf(record: CanonicalRecord): Fields {
  switch (record.recordType) {
    case "contact": {
      const { name, firstName, lastName, email, phone } = record;
      return { name, firstName, lastName, email, phone };
    }
    case "item":
      return {
        name: record.name,
        description: record.description,
        salesPrice: record.salesPrice === null ? "" : decimalText(record.salesPrice),
      };
    default:
      return {};
  }
}

/** `base` with some of its fields as `giver` has them. Records of two types share no field, so `base` stays as it is. */
export function withFieldsOf(
  base: CanonicalRecord,
  giver: CanonicalRecord,
  fields: readonly string[],
): CanonicalRecord {
  const takes = (field: string): boolean => fields.includes(field);
  if (base.recordType === "contact" && giver.recordType === "contact")
    return {
      ...base,
      name: takes("name") ? giver.name : base.name,
      firstName: takes("firstName") ? giver.firstName : base.firstName,
      lastName: takes("lastName") ? giver.lastName : base.lastName,
      email: takes("email") ? giver.email : base.email,
      phone: takes("phone") ? giver.phone : base.phone,
    };
  if (base.recordType === "item" && giver.recordType === "item")
    return {
      ...base,
      name: takes("name") ? giver.name : base.name,
      description: takes("description") ? giver.description : base.description,
      salesPrice: takes("salesPrice") ? giver.salesPrice : base.salesPrice,
    };
  return base;
}

export interface Sides {
  /** Fields that only the source changed, or that a rule gives to it. */
  readonly toLedger: readonly string[];
  /** Fields that only the ledger changed, or that a rule gives to it. */
  readonly toSource: readonly string[];
  /** Fields that both changed and that no rule decides. */
  readonly disputed: readonly DisputedField[];
}

/**
 * Which field goes where. Without a note of the last agreement nothing is known to have changed, so nothing goes anywhere
 * until one side changes from what it is now.
 */
export function compareSides(
  agreed: Agreed | null,
  source: CanonicalRecord,
  ledger: CanonicalRecord,
  rule: ConflictRule,
): Sides {
  const here = fieldsOf(source);
  const there = fieldsOf(ledger);
  const toLedger: string[] = [];
  const toSource: string[] = [];
  const disputed: DisputedField[] = [];
  for (const field of Object.keys(here)) {
    const now = { source: here[field] ?? "", ledger: there[field] ?? "" };
    if (agreed === null || isSame(now.source, now.ledger)) continue;
    const hasSourceChanged = !isSame(now.source, agreed.source[field] ?? "");
    const hasLedgerChanged = !isSame(now.ledger, agreed.ledger[field] ?? "");
    if (hasSourceChanged && !hasLedgerChanged) toLedger.push(field);
    else if (hasLedgerChanged && !hasSourceChanged) toSource.push(field);
    else if (hasSourceChanged && hasLedgerChanged) {
      const winner = winnerOf(rule, source, ledger);
      if (winner === "source") toLedger.push(field);
      else if (winner === "ledger") toSource.push(field);
      else disputed.push({ field, ledger: now.ledger, source: now.source });
    }
  }
  return { toLedger, toSource, disputed };
}

/**
 * The agreement after a look at both sides: fields that are the same now, and those that were `written` to the other side,
 * stand as they are; what still differs keeps its earlier state, so that a change that has yet to go its way is not lost.
 */
export function advanceAgreement(
  agreed: Agreed | null,
  source: Fields,
  ledger: Fields,
  written: readonly string[] = [],
): Agreed {
  if (agreed === null) return { source, ledger };
  const next: { source: Fields; ledger: Fields } = { source: {}, ledger: {} };
  for (const field of Object.keys(source)) {
    const now = { source: source[field] ?? "", ledger: ledger[field] ?? "" };
    const isSettled = isSame(now.source, now.ledger) || written.includes(field);
    next.source[field] = isSettled ? now.source : (agreed.source[field] ?? now.source);
    next.ledger[field] = isSettled ? now.ledger : (agreed.ledger[field] ?? now.ledger);
  }
  return next;
}

/**
 * The agreement once a person has said which side holds in the disputed fields: the other one counts as unchanged, so the
 * kept one is the only change left. Where it cannot be carried over, the difference is agreed to.
 */
export function settleDispute(
  agreed: Agreed,
  disputed: readonly DisputedField[],
  kept: "source" | "ledger",
  isCarried: boolean,
): Agreed {
  const source = { ...agreed.source };
  const ledger = { ...agreed.ledger };
  for (const { field, source: here, ledger: there } of disputed) {
    if (kept === "source" || !isCarried) ledger[field] = there;
    if (kept === "ledger" || !isCarried) source[field] = here;
  }
  return { source, ledger };
}

const isSame = (one: string, other: string): boolean => plain(one) === plain(other);
const plain = (text: string): string => text.normalize("NFC").replace(/\s+/g, " ").trim();

function winnerOf(
  rule: ConflictRule,
  source: CanonicalRecord,
  ledger: CanonicalRecord,
): "source" | "ledger" | null {
  if (rule === "sourceWins") return "source";
  if (rule === "ledgerWins") return "ledger";
  if (rule === "ask") return null;
  const [here, there] = [modifiedAt(source.version), modifiedAt(ledger.version)];
  // Two clocks and whole seconds: what is as new as the other is nobody's last word.
  if (here === null || there === null || here === there) return null;
  return here > there ? "source" : "ledger";
}

/** The instant that a version begins with, in milliseconds; null where it begins with none. */
function modifiedAt(version: string): number | null {
  const [first = ""] = version.split(" ");
  const at = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(first) ? Date.parse(first) : Number.NaN;
  return Number.isNaN(at) ? null : at;
}
