import type { DocumentStatus } from "@/lib/domain/document";
import { type Decimal, decimalText } from "@/lib/kernel/decimal";
import { UnreadableRecord } from "../wire/unreadable";

/**
 * Status and version of invoices and credit notes, from the fields that the list row and the document share. Zoho's
 * modified time has whole seconds, so total, balance and status stand beside it: a payment in the very second of
 * the last reading still makes another version. An invoice that merely became overdue is no change.
 */

const STATUS: Readonly<Record<string, DocumentStatus>> = {
  draft: "draft",
  rejected: "draft",
  pending_approval: "submitted",
  approved: "submitted",
  sent: "open",
  viewed: "open",
  unpaid: "open",
  overdue: "open",
  partially_paid: "open",
  open: "open",
  paid: "paid",
  closed: "paid",
  void: "void",
};

/** Throws UnreadableRecord on a status that is not in the table: a guess could post a draft. */
export function toDocumentStatus(status: string, what: string): DocumentStatus {
  const known = STATUS[status];
  if (known === undefined)
    throw new UnreadableRecord(
      `The field "status" of this ${what} cannot be read: "${status.slice(0, 40)}" is no status that Tieout knows.`,
    );
  return known;
}

export function documentVersion(fields: {
  readonly status: string;
  readonly total: Decimal;
  readonly balance: Decimal;
  readonly last_modified_time: string | null;
  readonly updated_time: string | null;
}): string {
  const modified = fields.last_modified_time ?? fields.updated_time ?? "";
  const status = STATUS[fields.status] ?? fields.status;
  return `${modified} ${status} ${decimalText(fields.balance)}/${decimalText(fields.total)}`.trim();
}
