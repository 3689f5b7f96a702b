import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import type { TestClient } from "@/sandbox/xero/test-client";
import { type ProductWorld, startProductWorld } from "../setup/product-world";
import { openBoughtCompany, openWholeLedger, readBought } from "./bought-company";
import { expectAgreement, listOpen } from "./company";
import { readTrialBalance, without } from "./ledger-books";
import { openSource, type SourceBooks } from "./source-books";
import { movesBetween, movesInSource } from "./source-moves";

/**
 * The whole job for what the demo company buys, spends and books by hand: orders, bills, suppliers' credits and payments,
 * expenses and journals. Xero's own trial balance says in the end what Zoho Books says, account by account.
 */
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

const YEAR_END = "2026-12-31";
/** In another currency than its bank account, out of petty cash that Xero has no account for, and to nobody. */
const NOT_POSTED = ["EXP 704", "EXP 705", "EXP 710"];

let world: ProductWorld;
let access: WorkspaceAccess;
let ledger: TestClient;
let source: SourceBooks;
let before: string[];
let balance: string[];
let firstRun: string;

beforeAll(async () => {
  world = await startProductWorld({ env: { DELETIONS_LOOK_MS: "0" } });
  access = await openBoughtCompany(world);
  ledger = await openWholeLedger(world.sandbox.origin);
  source = await openSource(world.sandbox.origin);
  before = await readTrialBalance(ledger, YEAR_END);
});

afterAll(() => world.stop());

const calls = (since: number) => world.sandbox.callLog.totals(since);
const causes = async (): Promise<string[]> =>
  (await listOpen(access)).map(({ name, cause }) => `${name}: ${cause}`).sort();
const bought = (rows: readonly string[]): string[] =>
  rows.filter((row) => !/^(INV|Skär|The Very|Drift|Mason)/.test(row));

const KINDS =
  /^GET \/(Contacts|Items|Invoices|CreditNotes|Payments|BankTransactions|PurchaseOrders|ManualJournals)$/;

/** How often Xero was asked for each kind of record. */
const readsOf = (totals: { readonly byOperation: Record<string, number> } | undefined) =>
  Object.fromEntries(
    Object.entries(totals?.byOperation ?? {}).flatMap(([operation, count]) => {
      const kind = KINDS.exec(operation)?.[1];
      return kind === undefined ? [] : [[kind, count]];
    }),
  );

describe("the set-up", () => {
  it("keeps what the owner chose before it was finished, and lets nothing post", async () => {
    const { getSetup } = await import("@/lib/operations/setup/get-setup");
    const { kept } = await getSetup(access);
    expect(kept?.map(({ group, isKept, isLive }) => [group, isKept, isLive])).toEqual([
      ["sales", false, false],
      ["purchases", true, false],
      ["purchaseOrders", true, false],
      ["bank", true, false],
      ["journals", true, false],
    ]);
  });
});

describe("the first run", () => {
  it("shows every kind in the preview, and names what cannot go with its cause", async () => {
    const { startPreview } = await import("@/lib/operations/runs/start-preview");
    const { getPreview } = await import("@/lib/operations/runs/get-preview");
    const started = await startPreview(access);
    if (!started.ok) throw new Error(started.error.message);
    firstRun = started.value.runId;
    await world.owner.followRun(access, firstRun, (run) => run.state === "previewed");
    const preview = await getPreview(access, firstRun);
    const counts = Object.fromEntries((preview?.byType ?? []).map((type) => [type.recordType, type.counts]));
    expect(counts).toMatchObject({
      purchaseOrder: { create: 3, exclude: 1, block: 0 },
      bill: { create: 13, exclude: 2, block: 0 },
      supplierCredit: { create: 3, block: 0 },
      supplierAllocation: { create: 2, block: 0 },
      billPayment: { create: 8, block: 0 },
      supplierOverpayment: { create: 1, block: 0 },
      bankTransaction: { create: 7, block: 3 },
      manualJournal: { create: 3, block: 0 },
    });
    expect(preview?.journal.unknown).toBe(0);
    expect(bought(await causes())).toEqual([
      "EXP 704: paymentAccountNotMapped",
      "EXP 705: accountCurrencyDiffers",
      "EXP 710: contactMissing",
    ]);
    expect(calls(0)?.xero?.writes).toBe(0);
  });

  it("posts it, and Xero's trial balance says what Zoho Books says, account by account", async () => {
    const { startPosting } = await import("@/lib/operations/runs/start-posting");
    const pressed = await Promise.all([startPosting(access, firstRun), startPosting(access, firstRun)]);
    expect(pressed.map((one) => one.ok)).toEqual([true, true]);
    await world.owner.followRun(access, firstRun, (run) => run.state === "finished");
    balance = await readTrialBalance(ledger, YEAR_END);
    expect(movesBetween(before, balance)).toEqual(await movesInSource(source, NOT_POSTED));
    await expectAgreement(access);
  });
});

describe("a second run with nothing changed", () => {
  it("writes nothing, and asks each system once a kind", async () => {
    const since = world.sandbox.callLog.seq;
    await world.owner.syncOnce(access);
    const { xero, zoho } = calls(since) ?? {};
    expect([xero?.writes, zoho?.writes]).toEqual([0, 0]);
    // Bank transactions are asked for as such and as what was overpaid: one conditional read a record type.
    expect(readsOf(xero)).toEqual({
      ...{ Contacts: 1, Items: 1, Invoices: 1, CreditNotes: 1, Payments: 1, BankTransactions: 2 },
      ...{ PurchaseOrders: 1, ManualJournals: 1 },
    });
    await expectAgreement(access);
  });
});

describe("what changes later in Zoho Books", () => {
  it("a bill that is paid is paid in Xero, and nothing else is touched", async () => {
    const earlier = await readBought(ledger);
    const billId = await source.findId("bills", "KE-3391");
    const { bill } = await source.call("GET", `/bills/${billId}`);
    const { vendor_id, balance: due } = z.object({ vendor_id: z.string(), balance: z.number() }).parse(bill);
    await source.call("POST", "/vendorpayments", {
      vendor_id,
      amount: due,
      date: "2026-11-02",
      payment_mode: "banktransfer",
      paid_through_account_id: await source.accountId("Business Bank Account"),
      bills: [{ bill_id: billId, amount_applied: due }],
    });
    await world.owner.syncOnce(access);
    const later = await readBought(ledger);
    expect(without(later.Payments, earlier.Payments)).toEqual([
      expect.stringMatching(/^KE-3391 .* 225\.08$/),
    ]);
    expect(without(later.Invoices, earlier.Invoices)).toEqual([expect.stringMatching(/^KE-3391 .* 0$/)]);
    expect({ ...later, Payments: [], Invoices: [] }).toEqual({ ...earlier, Payments: [], Invoices: [] });
    await expectAgreement(access);
  });

  it("a bill that is changed waits for a person, and is done with when it is changed back", async () => {
    const earlier = await readBought(ledger);
    const billId = await source.findId("bills", "QPL-0901");
    await source.call("PUT", `/bills/${billId}`, { adjustment: 7.5 });
    await world.owner.syncOnce(access);
    expect(await causes()).toContain("QPL-0901: changedAfterPosting");
    await source.call("PUT", `/bills/${billId}`, { adjustment: 0 });
    await world.owner.syncOnce(access);
    expect(await causes()).not.toContain("QPL-0901: changedAfterPosting");
    expect(await readBought(ledger)).toEqual(earlier);
    await expectAgreement(access);
  });

  it("a bill that is voided is voided in Xero", async () => {
    const earlier = await readBought(ledger);
    await source.call("POST", `/bills/${await source.findId("bills", "LP-2290")}/status/void`);
    await world.owner.syncOnce(access);
    const later = await readBought(ledger);
    expect(without(earlier.Invoices, later.Invoices)).toEqual([expect.stringMatching(/^LP-2290 /)]);
    expect(without(later.Invoices, earlier.Invoices)).toEqual([]);
    await expectAgreement(access);
  });

  it("an expense that is deleted waits for a person, and leaves Xero where the owner lets deletions follow", async () => {
    const { setFlow } = await import("@/lib/operations/flows/set-flow");
    const earlier = await readBought(ledger);
    await source.call("DELETE", `/expenses/${await source.findId("expenses", "EXP 708")}`);
    await world.owner.syncOnce(access);
    expect(await causes()).toContain("EXP 708: goneInSource");
    expect(await readBought(ledger)).toEqual(earlier);
    const choice = { recordType: "bankTransaction", direction: "toLedger", voidRule: "follow" } as const;
    expect((await setFlow(access, choice)).ok).toBe(true);
    await world.owner.syncOnce(access);
    const gone = without(earlier.BankTransactions, (await readBought(ledger)).BankTransactions);
    expect(gone).toEqual([expect.stringContaining("EXP 708")]);
    expect(await causes()).not.toContain("EXP 708: goneInSource");
    await expectAgreement(access);
  });

  it("leaves Xero's trial balance at what Zoho Books says", async () => {
    const now = await readTrialBalance(ledger, YEAR_END);
    expect(movesBetween(before, now)).toEqual(await movesInSource(source, NOT_POSTED));
  });
});

describe("a journal with tax", () => {
  it.each(["debit", "credit"] as const)("on its %s has one total on both sides", async (taxed) => {
    const { taxes } = await source.call("GET", "/settings/taxes");
    const [vat] = z
      .array(z.object({ tax_id: z.string(), tax_name: z.string() }))
      .parse(taxes)
      .filter(({ tax_name }) => tax_name === "Standard rate");
    const line = async (name: string, side: "debit" | "credit") => ({
      account_id: await source.accountId(name),
      debit_or_credit: side,
      ...(side === taxed ? { amount: 100.03, tax_id: vat?.tax_id } : { amount: 120.04 }),
    });
    const since = world.sandbox.callLog.seq;
    await source.call("POST", "/journals", {
      journal_date: "2026-10-30",
      notes: `Paper, taxed on the ${taxed}`,
      status: "published",
      line_items: [await line("General Expenses", "debit"), await line("Samples", "credit")],
    });
    await world.owner.syncOnce(access);
    expect(calls(since)?.xero?.byOperation["PUT /ManualJournals"]).toBe(1);
    expect((await causes()).filter((one) => /answerDiffers|totalsDiffer/.test(one))).toEqual([]);
    await expectAgreement(access);
  });
});

describe("an account that the set-up has not asked about", () => {
  it("is named once by its own name, asked about in the set-up, and then all of it goes", async () => {
    const { getSetup } = await import("@/lib/operations/setup/get-setup");
    const { listExceptions } = await import("@/lib/operations/exceptions/list-exceptions");
    await source.call("POST", "/chartofaccounts", {
      account_name: "Loan from the director",
      account_type: "other_current_liability",
    });
    const line = async (name: string, debit_or_credit: "debit" | "credit") => ({
      ...{ account_id: await source.accountId(name), debit_or_credit, amount: 40 },
    });
    for (const notes of ["Lamp, paid privately", "Chair, paid privately"])
      await source.call("POST", "/journals", {
        ...{ journal_date: "2026-10-31", notes, status: "published" },
        line_items: [await line("General Expenses", "debit"), await line("Loan from the director", "credit")],
      });
    await world.owner.syncOnce(access);
    const { groups } = await listExceptions(access);
    const waiting = groups.filter(({ cause }) => cause === "accountNotMapped");
    expect(waiting.map(({ subject, total, action }) => [subject, total, action?.label])).toEqual([
      ["Loan from the director", 2, "Open the set-up"],
    ]);
    const asked = (await getSetup(access)).sections.flatMap(({ questions }) => questions);
    expect(asked.find(({ sourceLabel }) => sourceLabel === "Loan from the director")?.hint).toBe("Liability");
    await world.owner.confirmSuggestions(access, "approved", (question) =>
      question.sourceLabel === "Loan from the director"
        ? "835"
        : (question.chosenKey ?? question.suggestedKey),
    );
    await world.owner.syncOnce(access);
    expect((await causes()).filter((one) => one.includes("accountNotMapped"))).toEqual([]);
    const journals = (await readBought(ledger)).ManualJournals;
    expect(journals.filter((one) => one.includes("paid privately"))).toHaveLength(2);
    await expectAgreement(access);
  });
});
