import type { RecordGroup } from "@/lib/domain/record-type";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { type Answered, connectXero, TEST_SCOPES, type TestClient } from "@/sandbox/xero/test-client";
import type { ProductWorld } from "../setup/product-world";
import { listAll } from "./ledger-books";

/** A workspace that keeps what the firm buys, spends and books by hand, and the witnesses of what became of it in Xero. */
const BOUGHT: readonly RecordGroup[] = ["purchaseOrders", "purchases", "bank", "journals"];

export async function setGroups(
  access: WorkspaceAccess,
  groups: readonly RecordGroup[],
  state: "off" | "previewOnly" | "live",
): Promise<void> {
  const { setFlowState } = await import("@/lib/operations/parallel/set-flow-state");
  for (const group of groups) {
    const set = await setFlowState(access, { group, state });
    if (!set.ok) throw new Error(set.error.message);
  }
}

/** The demo company with everything on but, unless they are asked for, its sales. */
export async function openBoughtCompany(
  world: ProductWorld,
  { withSales = false }: { readonly withSales?: boolean } = {},
): Promise<WorkspaceAccess> {
  opened += 1;
  const access = await world.owner.signUp(`olivia-buys-${opened}@tidewatergifts.test`);
  await world.owner.connect(access, "xero", "global");
  await world.owner.connect(access, "zoho-books", "eu");
  await setGroups(access, BOUGHT, "previewOnly");
  if (!withSales) await setGroups(access, ["sales"], "off");
  await world.owner.confirmSuggestions(access);
  return access;
}

let opened = 0;

/** Xero in the accountant's name, with journals and the trial balance. */
export const openWholeLedger = (origin: string): Promise<TestClient> =>
  connectXero(origin, {
    user: "marcus@webbandpartners.test",
    scope: `${TEST_SCOPES} accounting.manualjournals accounting.reports.trialbalance.read`,
  });

export const BOUGHT_KINDS = [
  "PurchaseOrders",
  "Invoices",
  "CreditNotes",
  "Payments",
  "BankTransactions",
  "ManualJournals",
] as const;
type BoughtBooks = Readonly<Record<(typeof BOUGHT_KINDS)[number], readonly string[]>>;

/** A line for each record that stands, sorted; those that are voided or deleted are left out. */
export async function readBought(client: TestClient): Promise<BoughtBooks> {
  const lines = async (kind: (typeof BOUGHT_KINDS)[number], fieldsOf: (one: Answered) => unknown[]) => {
    const records = await listAll(client, kind);
    return records
      .filter((one) => one.Status !== "VOIDED" && one.Status !== "DELETED")
      .map((one) => fieldsOf(one).join(" | "))
      .sort();
  };
  const allocated = (note: Answered): string =>
    (note.Allocations ?? []).map((one: Answered) => `${one.Amount} to ${one.Invoice.InvoiceNumber}`).join();
  return {
    PurchaseOrders: await lines("PurchaseOrders", (one) => [one.PurchaseOrderNumber, ...document(one)]),
    Invoices: await lines("Invoices", (one) => [one.InvoiceNumber, ...document(one), one.AmountDue]),
    CreditNotes: await lines("CreditNotes", (one) => [
      one.CreditNoteNumber,
      ...document(one),
      allocated(one),
    ]),
    Payments: await lines("Payments", (one) => [one.Invoice?.InvoiceNumber, one.Date, one.Amount]),
    BankTransactions: await lines("BankTransactions", (one) => [
      ...[one.Type, one.Reference, one.BankAccount?.Code],
      ...document(one),
    ]),
    ManualJournals: await lines("ManualJournals", (one) => [
      ...[one.Narration, one.Date],
      ...one.JournalLines.map((line: Answered) => `${line.AccountCode} ${line.LineAmount}`),
    ]),
  };
}

const document = (one: Answered): unknown[] => [
  one.Contact?.Name,
  one.Date,
  one.CurrencyCode,
  one.Total,
  one.TotalTax,
];
