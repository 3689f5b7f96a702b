import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { MatchView } from "@/lib/domain/views/match-view";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { TIDEWATER_TENANT_ID } from "@/sandbox/seed/xero-organisation";
import { xeroRecords } from "@/sandbox/xero/open-books";
import type { Answered, TestClient } from "@/sandbox/xero/test-client";
import { type ProductWorld, startProductWorld } from "../setup/product-world";
import { expectAgreement, openCompany, readTieOut } from "./company";
import { listAll, openLedger } from "./ledger-books";
import { openSource, type SourceBooks } from "./source-books";

/**
 * What is in Xero without our marker: typed by the accountant, or posted by another app. Nothing of it is doubled and
 * nothing is linked on a guess: what agrees in everything is linked, what is doubtful waits, and a person's word holds.
 */
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

let world: ProductWorld;
let access: WorkspaceAccess;
let source: SourceBooks;
let ledger: TestClient;

const CUSTOMER = "Penrose Home";
const DATE = "2026-11-03";
const SHOP = "https://tidewater.myshopify.com/admin/orders/98231";

/** A document of 50.00 without tax, as the accountant would type it. */
const typed = (changes: object) => ({
  Type: "ACCREC",
  Contact: { Name: CUSTOMER },
  Date: DATE,
  DueDate: DATE,
  Status: "AUTHORISED",
  LineAmountTypes: "NoTax",
  LineItems: [{ Description: "Deckchair slings", Quantity: 4, UnitAmount: 12.5, AccountCode: "200" }],
  ...changes,
});
const typedLine = (UnitAmount: number) => ({
  LineItems: [{ Description: "Deckchair slings", Quantity: 4, UnitAmount, AccountCode: "200" }],
});

/** What stands in Xero for each invoice of the source, before it is synced. */
const CASES = {
  "INV-3001": typed({ InvoiceNumber: "inv 3001" }),
  // Of the same day and amount as the one above: each is asked about its own alone.
  "INV-3002": typed({ InvoiceNumber: "3002" }),
  "INV-3003": typed({ InvoiceNumber: "INV-3003", ...typedLine(12.51) }),
  "INV-3004": typed({ InvoiceNumber: "INV-3004", Date: "2026-11-04" }),
  "INV-3005": typed({ InvoiceNumber: "INV-3005", Status: "DRAFT" }),
  "INV-3006": typed({ InvoiceNumber: "INV-3006" }),
  "INV-3007": typed({ InvoiceNumber: "SHOP-98231", Date: "2026-11-05", Url: SHOP }),
} as const;
/** Of another day, so that no other case is like it. */
const DATES: Readonly<Record<string, string>> = { "INV-3007": "2026-11-05", "INV-3008": "2026-11-06" };
const NUMBERS = [...Object.keys(CASES), "INV-3008"];

beforeAll(async () => {
  world = await startProductWorld();
  access = await openCompany(world);
  await world.owner.syncOnce(access);
  source = await openSource(world.sandbox.origin);
  ledger = await openLedger(world.sandbox.origin);
  await ledger.create("Invoices", ...Object.values(CASES));
  const customerId = await source.findId("contacts", CUSTOMER);
  for (const number of NUMBERS)
    await source.call("POST", "/invoices?send=true", {
      customer_id: customerId,
      invoice_number: number,
      date: DATES[number] ?? DATE,
      line_items: [{ description: "Deckchair slings", rate: 12.5, quantity: 4 }],
    });
  await world.owner.syncOnce(access);
});

afterAll(() => world.stop());

/** Without the one that the demo company begins with. */
async function questions(): Promise<readonly MatchView[]> {
  const { listMatches } = await import("@/lib/operations/matches/list-matches");
  return ((await listMatches(access))?.open ?? []).filter((one) => !one.sourceWords.includes("INV-1114"));
}

/** The number of the source record, then what differs in each candidate. */
const inShort = (open: readonly MatchView[]) =>
  Object.fromEntries(
    open.map((one) => [
      /INV-\d+|PAY\S*/.exec(one.sourceWords)?.[0] ?? one.sourceWords,
      one.candidates.map(({ differences }) => differences),
    ]),
  );

async function decide(number: string, verdict: "same" | "another" | null) {
  const { decideMatch } = await import("@/lib/operations/matches/decide-match");
  const question = (await questions()).find((one) => one.sourceWords.includes(number));
  const answers = (question?.candidates ?? []).map(({ questionId }) => ({ questionId, verdict }));
  const decided = await decideMatch(access, { answers });
  if (!decided.ok) throw new Error(decided.error.message);
}

const numbersInXero = async (): Promise<string[]> =>
  (await listAll(ledger, "Invoices"))
    .filter((one) => one.Contact?.Name === CUSTOMER && /30\d\d|SHOP/.test(one.InvoiceNumber))
    .map((one) => `${one.InvoiceNumber} ${one.Url?.includes("/go/") ? "ours" : "theirs"}`)
    .sort();

describe("a document that is in Xero without our marker", () => {
  it("is linked where everything agrees, posted where nothing is like it, and else waits", async () => {
    expect(await numbersInXero()).toEqual([
      "3002 theirs",
      "INV-3003 theirs",
      "INV-3004 theirs",
      "INV-3005 theirs",
      "INV-3006 theirs",
      "INV-3008 ours",
      "SHOP-98231 theirs",
      "inv 3001 theirs",
    ]);
    const asked = inShort(await questions());
    expect(asked).toEqual({
      "INV-3001": ["number inv 3001"],
      "INV-3002": ["number 3002"],
      "INV-3003": ["total 50.04 GBP"],
      "INV-3004": ["date 2026-11-04"],
      "INV-3005": ["still a draft there"],
      "INV-3007": ["number SHOP-98231"],
    });
  });

  it("names both documents in an exception, and the app that posted the other", async () => {
    const { getRuntime } = await import("@/lib/operations/runtime");
    const { database } = await getRuntime();
    const open = await database.withWorkspace(access.workspaceId, (tx) =>
      tx.syncException.findMany({ where: { state: "open", number: { in: [...NUMBERS] } } }),
    );
    expect(open).toHaveLength(6);
    const told = Object.fromEntries(
      open.map((one) => [one.number, `${one.cause}: ${one.message} ${one.remedy}`]),
    );
    expect(told["INV-3007"]).toMatch(
      /^possibleTwin: Invoice INV-3007 \(Penrose Home\) may be in Xero already: invoice SHOP-98231, .*, posted by Shopify\. Compare the two under Matches/,
    );
    expect(told["INV-3003"]).toMatch(/^numberTaken: .*total 50\.04 GBP.* Compare the two under Matches/);
  });

  it("another run asks the same and posts nothing", async () => {
    const before = [await numbersInXero(), inShort(await questions())];
    const since = world.sandbox.callLog.seq;
    await world.owner.syncOnce(access);
    expect(world.sandbox.callLog.totals(since)?.xero?.writes).toBe(0);
    expect([await numbersInXero(), inShort(await questions())]).toEqual(before);
  });

  it("is what a person says: the same is linked, another is posted, and the books tie out by their word", async () => {
    await decide("INV-3001", "same");
    await decide("INV-3007", "same");
    await decide("INV-3002", "another");
    await decide("INV-3003", "another");
    await world.owner.syncOnce(access);
    const now = await numbersInXero();
    expect(now).toContain("INV-3002 ours");
    // Xero gives no number twice.
    expect(now).toContain("INV-3003-2 ours");
    expect(now.filter((line) => line.includes("3001"))).toEqual(["inv 3001 theirs"]);
    expect(Object.keys(inShort(await questions())).sort()).toEqual(["INV-3004", "INV-3005"]);
    const tieOut = await readTieOut(access);
    expect(tieOut.named.filter((row) => row.kind === "missing")).toEqual([]);
  });

  it("a word holds over later runs, and may be taken back while it is only a link", async () => {
    await world.owner.syncOnce(access);
    expect(Object.keys(inShort(await questions())).sort()).toEqual(["INV-3004", "INV-3005"]);
    const { listMatches } = await import("@/lib/operations/matches/list-matches");
    const { decideMatch } = await import("@/lib/operations/matches/decide-match");
    const decided = (await listMatches(access))?.decided ?? [];
    const find = (number: string) =>
      decided.find((one) => one.sourceWords.includes(number))?.questionId ?? "";
    const takeBack = (questionId: string) =>
      decideMatch(access, { answers: [{ questionId, verdict: null }] });
    expect(await takeBack(find("INV-3002"))).toMatchObject({
      ok: false,
      error: { message: expect.stringMatching(/INV-3002.* was posted since\. Undo that run/) },
    });
    expect(await takeBack(find("INV-3007"))).toMatchObject({ ok: true });
    await world.owner.syncOnce(access);
    expect(Object.keys(inShort(await questions())).sort()).toEqual(["INV-3004", "INV-3005", "INV-3007"]);
    await decide("INV-3007", "same");
  });

  it("the remedy in Xero closes the question as well", async () => {
    const [draft] = (await listAll(ledger, "Invoices")).filter((one) => one.InvoiceNumber === "INV-3005");
    const dated = (await listAll(ledger, "Invoices")).find((one) => one.InvoiceNumber === "INV-3004");
    await ledger.call("POST", `/Invoices/${draft?.InvoiceID}`, { body: { Status: "AUTHORISED" } });
    await ledger.call("POST", `/Invoices/${dated?.InvoiceID}`, { body: { Date: DATE, DueDate: DATE } });
    await world.owner.syncOnce(access);
    expect(await questions()).toEqual([]);
    await expectAgreement(access);
  });
});

describe("a payment that was typed into Xero against one of our invoices", () => {
  let invoice: Answered;

  beforeAll(async () => {
    invoice = (await listAll(ledger, "Invoices")).find((one) => one.InvoiceNumber === "INV-3008") ?? {};
    const accounts = (await ledger.call("GET", "/Accounts")).json.Accounts ?? [];
    const mapped = await mappedBankAccount();
    const other = accounts.find(
      (one: Answered) => one.Type === "BANK" && one.CurrencyCode === "GBP" && one.Code !== mapped,
    );
    const [paid] = await ledger.create("Payments", {
      Invoice: { InvoiceID: invoice.InvoiceID },
      Account: { AccountID: other?.AccountID },
      Date: "2026-11-10",
      Amount: 20,
    });
    expect(paid?.PaymentID).toBeTruthy();
    const customerId = await source.findId("contacts", CUSTOMER);
    await source.call("POST", "/customerpayments", {
      customer_id: customerId,
      payment_mode: "banktransfer",
      amount: 20,
      date: "2026-11-10",
      invoices: [{ invoice_id: await source.findId("invoices", "INV-3008"), amount_applied: 20 }],
    });
    await world.owner.syncOnce(access);
  });

  async function mappedBankAccount(): Promise<string> {
    const { getRuntime } = await import("@/lib/operations/runtime");
    const { database } = await getRuntime();
    const rows = await database.withWorkspace(access.workspaceId, (tx) =>
      tx.valueMap.findMany({ where: { kind: "paymentAccount", targetKey: { not: null } } }),
    );
    return rows[0]?.targetKey ?? "";
  }

  const payments = async () =>
    (await listAll(ledger, "Payments")).filter(
      (one) => one.Invoice?.InvoiceNumber === "INV-3008" && one.Status !== "DELETED",
    );

  it("into another account waits for a person, and the invoice is not paid twice", async () => {
    expect(await payments()).toHaveLength(1);
    const [question] = await questions();
    expect(question?.recordType).toBe("payment");
    expect(question?.candidates[0]?.differences).toMatch(/^account /);
  });

  it("is the one that the person says it is", async () => {
    await decide("INV-3008", "same");
    await world.owner.syncOnce(access);
    expect(await payments()).toHaveLength(1);
    expect(await questions()).toEqual([]);
  });
});

describe("another app that posts into the same organisation", () => {
  it("is named with how many documents it posted and since when", async () => {
    const { listOtherApps } = await import("@/lib/operations/connections/list-other-apps");
    expect(await listOtherApps(access)).toEqual([
      { name: "Shopify", documents: 1, since: "2026-11-05", last: "2026-11-05" },
    ]);
  });

  it("is not known for what people type, and not for what this workspace posts", async () => {
    const { listOtherApps } = await import("@/lib/operations/connections/list-other-apps");
    const named = (await listOtherApps(access)).map(({ name }) => name);
    expect(named).toEqual(["Shopify"]);
    expect(xeroRecords(world.sandbox.context).books(TIDEWATER_TENANT_ID)).toBeTruthy();
  });
});
