import { readMoney, UnreadableRecord } from "@/lib/connectors/contract/unreadable";
import type { Bill, PurchaseOrder, SupplierCredit } from "@/lib/domain/document";
import { zero } from "@/lib/domain/money";
import type { SupplierAllocation } from "@/lib/domain/settlement";
import { digest } from "../digest";
import type {
  WireBill,
  WireCreditedBill,
  WirePurchase,
  WirePurchaseOrder,
  WireVendorCredit,
} from "../wire/purchase";
import { sharedFields } from "./document";
import { documentVersion, ORDER_STATUS, toDocumentStatus } from "./version";

/** Bills, vendor credits with their settings against bills, and purchase orders in canonical form. All throw UnreadableRecord. */

export function toBill(wire: WireBill): Bill {
  return {
    recordType: "bill",
    externalId: wire.bill_id,
    number: wire.bill_number,
    dueDate: wire.due_date,
    version: documentVersion(wire),
    status: toDocumentStatus(wire.status, "bill"),
    remaining: readMoney(wire.balance, wire.currency_code, "balance", "bill"),
    ...purchaseFields(wire, "bill"),
  };
}

export function toSupplierCredit(wire: WireVendorCredit): SupplierCredit {
  return {
    recordType: "supplierCredit",
    externalId: wire.vendor_credit_id,
    number: wire.vendor_credit_number,
    version: documentVersion(wire),
    status: toDocumentStatus(wire.status, "supplier credit"),
    remaining: readMoney(wire.balance, wire.currency_code, "balance", "supplier credit"),
    ...purchaseFields(wire, "supplier credit"),
  };
}

/** The id names the credit first, so that a single allocation can be read again. */
export function toSupplierAllocation(
  credit: WireVendorCredit,
  credited: WireCreditedBill,
): SupplierAllocation {
  const field = "bills_credited.amount";
  const allocation: Omit<SupplierAllocation, "version"> = {
    recordType: "supplierAllocation",
    externalId: `${credit.vendor_credit_id}:${credited.vendor_credit_bill_id}`,
    supplierCreditId: credit.vendor_credit_id,
    supplierCreditNumber: credit.vendor_credit_number,
    billId: credited.bill_id,
    billNumber: credited.bill_number,
    date: credited.date,
    amount: readMoney(credited.amount, credit.currency_code, field, "supplier credit"),
    marker: "",
  };
  return { ...allocation, version: digest(allocation) };
}

/** An order books nothing, so nothing of it remains to be paid. */
export function toPurchaseOrder(wire: WirePurchaseOrder): PurchaseOrder {
  return {
    recordType: "purchaseOrder",
    externalId: wire.purchaseorder_id,
    number: wire.purchaseorder_number,
    deliveryDate: wire.delivery_date,
    version: documentVersion(wire, ORDER_STATUS),
    status: toDocumentStatus(wire.status, "purchase order", ORDER_STATUS),
    remaining: zero(wire.currency_code),
    ...purchaseFields(wire, "purchase order"),
  };
}

function purchaseFields(wire: WirePurchase, what: string) {
  refuseReverseCharge(wire, what);
  return {
    contactId: wire.vendor_id,
    contactName: wire.vendor_name,
    ...sharedFields(wire, what),
  };
}

const REVERSE_CHARGES = ["reverse_charge_tax_id", "reverse_charge_vat_id", "acquisition_vat_id"] as const;

/**
 * Tax that the buyer owes to the state stands beside the total and bears the id of an ordinary tax. Posted under that tax
 * the ledger would add it to what is owed to the supplier; a ledger has rates of its own for it, which nobody has mapped.
 */
export function refuseReverseCharge(
  wire: {
    readonly is_reverse_charge_applied?: boolean | null | undefined;
    readonly line_items: readonly Readonly<
      Partial<Record<(typeof REVERSE_CHARGES)[number], string | null | undefined>>
    >[];
  },
  what: string,
): void {
  const named = REVERSE_CHARGES.find((field) =>
    wire.line_items.some((line) => (line[field] ?? null) !== null),
  );
  const field = named ?? (wire.is_reverse_charge_applied === true ? "is_reverse_charge_applied" : null);
  if (field === null) return;
  throw new UnreadableRecord(
    `The field "${field}" of this ${what} cannot be translated: you owe its tax to the state and not to the supplier. Enter it in the ledger by hand.`,
  );
}
