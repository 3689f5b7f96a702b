/** How Xero names the members of its lists in XML: <LineItems> holds <LineItem>, <Tracking> <TrackingCategory>. */

const IRREGULAR: Readonly<Record<string, string>> = {
  Addresses: "Address",
  Elements: "DataContractBase",
  Tracking: "TrackingCategory",
};

/** Lists that may come empty or with one member, where the text alone does not show that they are lists. */
const LISTS = new Set([
  "Accounts",
  "Addresses",
  "Allocations",
  "BankTransactions",
  "BankTransfers",
  "BatchPayments",
  "ContactGroups",
  "ContactPersons",
  "Contacts",
  "CreditNotes",
  "Currencies",
  "HistoryRecords",
  "Invoices",
  "Items",
  "JournalLines",
  "LineItems",
  "ManualJournals",
  "Options",
  "Overpayments",
  "Payments",
  "Phones",
  "Prepayments",
  "PurchaseOrders",
  "PurchasesTrackingCategories",
  "Quotes",
  "SalesTrackingCategories",
  "TaxComponents",
  "TaxRates",
  "Tracking",
  "TrackingCategories",
]);

/** The element that stands in a list of this name. */
export function singularOf(name: string): string {
  if (Object.hasOwn(IRREGULAR, name)) return IRREGULAR[name] ?? name;
  return name.replace(/ies$/, "y").replace(/s$/, "");
}

export function isListName(name: string): boolean {
  return LISTS.has(name);
}
