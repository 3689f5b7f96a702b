/**
 * Answers in XML, which Xero gives to whoever does not ask for JSON: the envelope <Response> or
 * <ApiException>, lists as a plural element around singular ones, instants in ISO form, amounts with their
 * decimals, and what only its JSON has (DateString, HasErrors) left out.
 */

import type { Wire, XeroAnswer } from "./answer";
import { singularOf } from "./xml-names";

const NAMESPACES =
  'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema"';

/** Members of Xero's JSON that its XML does not have, or has as an attribute. */
const JSON_ONLY =
  /^(?:HasErrors|HasValidationErrors|StatusAttributeString|.*(?:Date|DateUTC|DateTimeUTC)String)$/;

/** A whole answer as XML text. */
export function toXml(body: Wire, records: XeroAnswer["records"]): string {
  const root = "ErrorNumber" in body ? "ApiException" : "Response";
  const list = records === undefined ? "" : element(records.plural, [...records.each]);
  return `<?xml version="1.0" encoding="utf-8"?>\n<${root} ${NAMESPACES}>${members(body)}${list}</${root}>`;
}

function members(value: object): string {
  return Object.entries(value)
    .filter(([name]) => !JSON_ONLY.test(name))
    .map(([name, member]) => element(name, member))
    .join("");
}

function element(name: string, value: unknown): string {
  if (value === null || value === undefined) return "";
  if (Array.isArray(value)) {
    const singular = singularOf(name);
    const inner = value.map((entry: unknown) => listed(name, singular, entry)).join("");
    return inner === "" ? `<${name} />` : `<${name}>${inner}</${name}>`;
  }
  return tagged(name, "", value);
}

function listed(list: string, singular: string, entry: unknown): string {
  if (typeof entry !== "object" || entry === null) return element(singular, entry);
  const attributes = list === "Elements" ? ` xsi:type="${kindOf(entry)}"` : statusOf(entry);
  return tagged(singular, attributes, entry);
}

function tagged(name: string, attributes: string, value: unknown): string {
  const inner =
    typeof value === "object" && value !== null ? members(value) : escapeXml(scalarText(name, value));
  return inner === "" ? `<${name}${attributes} />` : `<${name}${attributes}>${inner}</${name}>`;
}

/** JSON's StatusAttributeString is an attribute here, as its name says. */
function statusOf(entry: object): string {
  const status: unknown = Object.entries(entry).find(([name]) => name === "StatusAttributeString")?.[1];
  return typeof status === "string" ? ` status="${escapeXml(status)}"` : "";
}

/** Kinds by the id that an element of theirs always has; a bank transaction may have others' as well. */
const KINDS = [
  "BankTransaction",
  "BankTransfer",
  "BatchPayment",
  "Allocation",
  "Payment",
  "CreditNote",
  "Invoice",
  "ManualJournal",
  "PurchaseOrder",
  "Quote",
  "Item",
  "Overpayment",
  "Prepayment",
  "TrackingCategory",
  "Account",
  "Contact",
];

function kindOf(entry: object): string {
  return KINDS.find((kind) => `${kind}ID` in entry) ?? "DataContractBase";
}

function scalarText(name: string, value: unknown): string {
  if (typeof value === "number") return amountText(name, value);
  const text = String(value);
  const wire = /^\/Date\((-?\d+)(?:[+-]\d{4})?\)\/$/.exec(text);
  if (wire?.[1] === undefined) return text;
  const iso = new Date(Number(wire[1])).toISOString();
  // The envelope's own time has seven decimals and a zone; records have neither.
  return name === "DateTimeUTC" ? iso.replace(/Z$/, "0000Z") : iso.replace(/(?:\.000)?Z$/, "");
}

function amountText(name: string, value: number): string {
  const decimals = name === "Quantity" ? 4 : name === "CurrencyRate" ? 6 : AMOUNT.test(name) ? 2 : 0;
  const text = String(value);
  const shown = text.split(".")[1]?.length ?? 0;
  return text.includes("e") || shown >= decimals ? text : value.toFixed(decimals);
}

const AMOUNT =
  /(?:Amount|Total|Tax|Credit|Due|Paid|Credited|Price|Discount|Rate|Outstanding|Overdue|Balance)$/;

function escapeXml(text: string): string {
  return (
    text
      // biome-ignore lint/suspicious/noControlCharactersInRegex: XML cannot carry them in any form
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, "")
      .replace(/&/g, "&amp;")
      .replace(/</g, "&lt;")
      .replace(/>/g, "&gt;")
      .replace(/"/g, "&quot;")
  );
}
