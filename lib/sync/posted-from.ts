import type { CanonicalRecord } from "@/lib/domain/canonical-record";
import type { SyncContext } from "./sync-context";

/**
 * Which other app posted a record of the ledger, as far as the record itself says so: the host of the address that it
 * bears, under the name that people know it by. Ours of this pair are nobody else's. What was typed by hand, and what
 * an app left no address on, cannot be told apart and is empty.
 */
export function postedFromOf(
  context: Pick<SyncContext, "ledger" | "origin" | "pairId">,
  record: CanonicalRecord,
): string {
  if (record.marker !== "" && context.ledger.rules.isMarker(record.marker, context)) return "";
  const host = "urlHost" in record && typeof record.urlHost === "string" ? record.urlHost : "";
  if (isTieout(record)) return host === "" ? ANOTHER_TIEOUT : `${ANOTHER_TIEOUT} (${host})`;
  return host === "" ? "" : nameOfHost(host);
}

export const ANOTHER_TIEOUT = "another Tieout workspace";

/** A marker of our form that is not this pair's. An item's code is its marker to everyone, and proves nothing. */
const isTieout = (record: CanonicalRecord): boolean => record.marker !== "" && record.recordType !== "item";

/** Apps that post into ledgers, by the domain of their addresses. Others are named by their host. */
const APPS: Readonly<Record<string, string>> = {
  "a2xaccounting.com": "A2X",
  "amaka.com": "Amaka",
  "chargebee.com": "Chargebee",
  "dext.com": "Dext",
  "gocardless.com": "GoCardless",
  "hubdoc.com": "Hubdoc",
  "linkmybooks.com": "Link My Books",
  "myshopify.com": "Shopify",
  "shopify.com": "Shopify",
  "squareup.com": "Square",
  "stripe.com": "Stripe",
  "synder.com": "Synder",
  "timesolv.com": "TimeSolv",
  "zoho.com": "Zoho",
  "zoho.eu": "Zoho",
};

function nameOfHost(host: string): string {
  const found = Object.entries(APPS).find(([domain]) => host === domain || host.endsWith(`.${domain}`));
  return found ? found[1] : host;
}
