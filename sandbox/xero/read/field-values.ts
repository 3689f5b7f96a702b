/**
 * The values of fields that `where` and `order` name: from the header in memory where it has them, else read
 * off the record as Xero shows it.
 */
import type { Wire } from "../answer";
import type { Books } from "../books";
import type { DocumentDetail } from "../present/documents";
import type { FieldValue } from "./field-order";
import type { FieldTypes } from "./field-types";

/** The least that a record can be shown with and still have its fields. */
export const DETAIL: DocumentDetail = { lines: false, single: false, summary: true, unitDecimals: 4 };

export function shown<T>(record: T | undefined, present: (record: T) => Wire): Wire {
  return record === undefined ? {} : present(record);
}

/** A field that the header has, or else read off the record as shown; undefined when there is none of that name. */
export function shownField(kept: FieldValue, types: FieldTypes, path: string, show: () => Wire): FieldValue {
  if (kept !== undefined || !Object.hasOwn(types, path)) return kept;
  let value: unknown = show();
  for (const name of path.split(".")) value = memberOf(value, name);
  if (typeof value === "number") return { amount: String(value) };
  if (typeof value === "boolean") return value;
  if (typeof value !== "string") return null;
  const wire = /^\/Date\((-?\d+)\+0000\)\/$/.exec(value);
  return wire?.[1] === undefined ? value : new Date(Number(wire[1]));
}

export function memberOf(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null) return null;
  return Object.entries(value).find(([key]) => key.toLowerCase() === name)?.[1];
}

interface DocumentHead {
  readonly type: string;
  readonly status: string;
  readonly reference: string | null;
  readonly contactId: string;
  readonly date: string;
  readonly currency: string;
  readonly total: string;
  readonly updatedMs: number;
}

export function documentField(
  books: Books,
  head: DocumentHead,
  path: string,
  own: Readonly<Record<string, FieldValue>>,
): FieldValue {
  if (Object.hasOwn(own, path)) return own[path];
  switch (path) {
    case "type":
      return head.type;
    case "status":
      return head.status;
    case "reference":
      return head.reference;
    case "date":
      return dayValue(head.date);
    case "currencycode":
      return head.currency;
    case "total":
      return { amount: head.total };
    case "updateddateutc":
      return new Date(head.updatedMs);
    case "contact.contactid":
      return head.contactId;
    case "contact.name":
      return books.contacts.head(head.contactId)?.name ?? null;
    case "contact.contactnumber":
      return books.contacts.head(head.contactId)?.contactNumber ?? null;
    default:
      return undefined;
  }
}

export function dayValue(day: string): Date {
  return new Date(`${day}T00:00:00Z`);
}
