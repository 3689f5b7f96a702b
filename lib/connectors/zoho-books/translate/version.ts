import { UnreadableRecord } from "@/lib/connectors/contract/unreadable";
import type { DocumentStatus } from "@/lib/domain/document";
import { type Decimal, decimalText } from "@/lib/kernel/decimal";

/**
 * Status and version of documents, from the fields that the list row and the document share. Zoho's
 * modified time has whole seconds, so total, balance and status stand beside it: a payment in the very second of
 * the last reading still makes another version. An invoice that merely became overdue is no change.
 */

export type StatusTable = Readonly<Record<string, DocumentStatus>>;

/** Of invoices, bills and their credits. */
const STATUS: StatusTable = {
  draft: "draft",
  rejected: "draft",
  pending_approval: "submitted",
  approval_overdue: "submitted",
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

/** Of purchase orders: open while something is still to be billed, whatever was received of it. */
export const ORDER_STATUS: StatusTable = {
  draft: "draft",
  rejected: "draft",
  pending_approval: "submitted",
  approval_overdue: "submitted",
  approved: "submitted",
  pending_signature: "submitted",
  open: "open",
  issued: "open",
  accepted: "open",
  signed: "open",
  in_transit: "open",
  to_be_received: "open",
  to_be_billed: "open",
  partially_received: "open",
  received: "open",
  received_not_billed: "open",
  manually_received: "open",
  drop_shipped: "open",
  partially_billed: "open",
  billed: "paid",
  billed_not_received: "paid",
  closed: "paid",
  cancelled: "void",
};

/** Throws UnreadableRecord on a status that is not in the table: a guess could post a draft. */
export function toDocumentStatus(
  status: string,
  what: string,
  statuses: StatusTable = STATUS,
): DocumentStatus {
  const known = statuses[status];
  if (known === undefined)
    throw new UnreadableRecord(
      `The field "status" of this ${what} cannot be read: "${status.slice(0, 40)}" is no status that Tieout knows.`,
    );
  return known;
}

export function documentVersion(
  fields: {
    readonly status: string;
    readonly total: Decimal;
    /** Orders have none. */
    readonly balance?: Decimal | null;
    readonly last_modified_time: string | null;
    readonly updated_time: string | null;
  },
  statuses: StatusTable = STATUS,
): string {
  const modified = fields.last_modified_time ?? fields.updated_time ?? "";
  const status = statuses[fields.status] ?? fields.status;
  const balance = fields.balance ? decimalText(fields.balance) : "";
  return `${modified} ${status} ${balance}/${decimalText(fields.total)}`.trim();
}
