/**
 * Answers in XML, which Xero gives to whoever does not ask for JSON. Arrays become a plural element around
 * singular ones; nothing else is known of the records.
 */

import type { Wire, XeroAnswer } from "./answer";

const SINGULAR: Readonly<Record<string, string>> = {
  Addresses: "Address",
  Currencies: "Currency",
  TrackingCategories: "TrackingCategory",
  Elements: "DataContractBase",
  Tracking: "TrackingCategory",
};

/** A whole answer as XML text. */
export function toXml(body: Wire, records: XeroAnswer["records"]): string {
  const isException = "ErrorNumber" in body;
  const root = isException ? "ApiException" : "Response";
  const list = records === undefined ? "" : element(records.plural, [...records.each]);
  return `<?xml version="1.0" encoding="utf-8"?>\n<${root}>${members(body)}${list}</${root}>`;
}

function members(value: object): string {
  return Object.entries(value)
    .map(([name, member]) => element(name, member))
    .join("");
}

function element(name: string, value: unknown): string {
  if (value === null || value === undefined) return "";
  if (Array.isArray(value)) {
    const singular = SINGULAR[name] ?? name.replace(/s$/, "");
    return `<${name}>${value.map((entry: unknown) => element(singular, entry)).join("")}</${name}>`;
  }
  if (typeof value === "object") return `<${name}>${members(value)}</${name}>`;
  return `<${name}>${escapeXml(plainInstant(String(value)))}</${name}>`;
}

/** XML carries ISO instants where JSON carries /Date(ms+0000)/. */
function plainInstant(text: string): string {
  const wire = /^\/Date\((-?\d+)\+0000\)\/$/.exec(text);
  return wire?.[1] === undefined ? text : new Date(Number(wire[1])).toISOString().replace(/(\.000)?Z$/, "");
}

function escapeXml(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}
