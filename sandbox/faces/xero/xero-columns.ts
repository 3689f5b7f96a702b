/** Columns, form fields and acts that several kinds of Xero's records have alike. */
import { firstRecord } from "../edits";
import type { Column, FormField, Kind } from "../kinds";
import { dayOfWire, textAt, valueAt, type Wire } from "../wire";
import { type Addressed, editAct, statusAct, statusOf } from "./xero-acts";

export const LINE_COLUMNS: readonly Column[] = [
  { label: "Item", at: "ItemCode" },
  { label: "Description", at: "Description" },
  { label: "Quantity", at: "Quantity", as: "number" },
  { label: "Unit price", at: "UnitAmount", as: "amount" },
  { label: "Discount %", at: "DiscountRate" },
  { label: "Account", at: "AccountCode" },
  { label: "Tax rate", at: "TaxType" },
  { label: "Tax", at: "TaxAmount", as: "amount" },
  { label: "Tracking", at: trackingOf },
  { label: "Amount", at: "LineAmount", as: "amount" },
];

export function trackingOf(line: Wire): string {
  const tracking = valueAt(line, "Tracking");
  return Array.isArray(tracking)
    ? tracking.map((one) => `${textAt(one, "Name")}: ${textAt(one, "Option")}`).join(", ")
    : "";
}

export const CONTACT: Column = {
  label: "Contact",
  at: "Contact.Name",
  link: (record, desk) => `${desk.base}/contacts/${textAt(record, "Contact.ContactID")}`,
};
export const DATE: Column = { label: "Date", at: "Date", as: "day" };
export const STATUS: Column = { label: "Status", at: "Status", as: "status" };
export const CURRENCY: Column = { label: "Currency", at: "CurrencyCode" };
export const UPDATED: Column = { label: "Updated (UTC)", at: "UpdatedDateUTC", as: "instant" };
export const TOTAL: Column = { label: "Total", at: "Total", as: "amount" };
export const SUMS: readonly Column[] = [
  { label: "Subtotal", at: "SubTotal", as: "amount" },
  { label: "Tax", at: "TotalTax", as: "amount" },
  TOTAL,
];

export const textField = (record: Wire, name: string, label: string): FormField => ({
  name,
  label,
  type: "text",
  value: textAt(record, name),
});
export const dayField = (record: Wire, name: string, label: string): FormField => ({
  name,
  label,
  type: "date",
  value: dayOfWire(textAt(record, name)),
});

/** What every kind that is read by its id shares. */
export function addressed({ plural, idField }: Addressed): Pick<Kind, "get" | "idOf" | "currencyAt"> {
  return {
    get: (desk, id) => firstRecord(desk.ask("GET", `/${plural}/${encodeURIComponent(id)}`), plural),
    idOf: (record) => textAt(record, idField),
    currencyAt: "CurrencyCode",
  };
}

const CLOSED: readonly string[] = ["VOIDED", "DELETED"];
export const isOpen = (record: Wire): boolean => !CLOSED.includes(statusOf(record));

/** Approve, void and delete, as documents have them. */
export function documentActs(address: Addressed, fields: (record: Wire) => readonly FormField[]) {
  return [
    editAct(address, fields, { lines: true, fits: isOpen }),
    statusAct(address, {
      slug: "approve",
      label: "Approve",
      from: ["DRAFT", "SUBMITTED"],
      to: "AUTHORISED",
    }),
    statusAct(address, { slug: "void", label: "Void", from: ["AUTHORISED", "PAID"], to: "VOIDED" }),
    statusAct(address, { slug: "delete", label: "Delete", from: ["DRAFT", "SUBMITTED"], to: "DELETED" }),
  ];
}

/** The field that a search in numbers, references or contacts reads. */
export function searchField(by: string, number: string): string {
  if (by === "reference") return "Reference";
  return by === "contact" ? "Contact.Name" : number;
}
