import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import type { TestClient } from "@/sandbox/xero/test-client";
import { type ProductWorld, startProductWorld } from "../setup/product-world";
import { expectAgreement, listOpen, openCompany } from "./company";
import { BOOK_KINDS, type LedgerBooks, listAll, openLedger, readBooks, without } from "./ledger-books";
import { untilSettled } from "./real-time-company";
import { openSource, type SourceBooks } from "./source-books";

/**
 * What people change in Zoho Books after it was posted: the next run brings over what Xero takes, and asks a person about
 * the rest in words that lead to an end.
 */
let world: ProductWorld;
let access: WorkspaceAccess;
let ledger: TestClient;
let source: SourceBooks;

beforeAll(async () => {
  world = await startProductWorld();
  access = await openCompany(world);
  await world.owner.syncOnce(access);
  ledger = await openLedger(world.sandbox.origin);
  source = await openSource(world.sandbox.origin);
});

afterAll(() => world.stop());

interface Difference {
  readonly gone: readonly string[];
  readonly come: readonly string[];
}

/** How the next run changes Xero's books, by kind. */
const changedByNextRun = () => changedBy(() => world.owner.syncOnce(access));

async function changedBy(
  work: () => Promise<unknown>,
): Promise<Partial<Record<keyof LedgerBooks, Difference>>> {
  const before = await readBooks(ledger);
  await work();
  const after = await readBooks(ledger);
  const changed: Partial<Record<keyof LedgerBooks, Difference>> = {};
  for (const kind of BOOK_KINDS) {
    const gone = without(before[kind], after[kind]);
    const come = without(after[kind], before[kind]);
    if (gone.length + come.length > 0) changed[kind] = { gone, come };
  }
  return changed;
}

const line = (...starts: string[]) => starts.map((start) => expect.stringContaining(start));
const openCauses = async (): Promise<string[]> =>
  (await listOpen(access)).map((one) => `${one.name}: ${one.cause}`);

describe("a customer", () => {
  it("who is renamed is renamed in Xero, and his documents and payments stay as they are", async () => {
    const open = await openCauses();
    const contactId = await source.findId("contacts", "Little Oak Toys");
    await source.call("PUT", `/contacts/${contactId}`, { contact_name: "Great Oak Toys" });
    const changed = await changedByNextRun();
    expect(changed.contacts).toEqual({ gone: line("Little Oak Toys"), come: line("Great Oak Toys") });
    // The same invoices under the new name.
    expect(changed.invoices?.gone.map((text) => text.replace("Little", "Great"))).toEqual(
      changed.invoices?.come,
    );
    expect(changed.payments).toBeUndefined();
    expect(await openCauses()).toEqual(open);
    await expectAgreement(access);
  });

  it("who gives up a name that another one has too leaves it to him in the same run", async () => {
    const [first = ""] = await source.findIds("contacts", "Mason Gifts");
    await source.call("PUT", `/contacts/${first}`, { contact_name: "Mason & Sons" });
    const changed = await changedByNextRun();
    expect(changed.contacts?.come).toEqual(line("Mason & Sons", "Mason Gifts"));
    expect(changed.invoices?.come).toEqual(line("INV-1106 | Mason & Sons", "INV-1107 | Mason Gifts"));
    await expectAgreement(access);
  });
});

describe("an invoice that was posted", () => {
  it("and is paid later gets its payment, and nothing else is touched", async () => {
    const invoiceId = await source.findId("invoices", "INV-1108");
    const contactId = await source.findId("contacts", "Anchor  Bay Traders");
    const amount = 61.2;
    await source.call("POST", "/customerpayments", {
      customer_id: contactId,
      payment_mode: "banktransfer",
      amount,
      date: "2026-11-02",
      invoices: [{ invoice_id: invoiceId, amount_applied: amount }],
    });
    const changed = await changedByNextRun();
    expect(changed).toEqual({
      invoices: { gone: line("INV-1108"), come: [expect.stringMatching(/^INV-1108 .* 0 \| PAID$/)] },
      payments: { gone: [], come: line("INV-1108 | ") },
    });
    await expectAgreement(access);
  });

  it("and is voided later is voided in Xero", async () => {
    const invoiceId = await source.findId("invoices", "INV-1101");
    await source.call("POST", `/invoices/${invoiceId}/status/void`);
    const changed = await changedByNextRun();
    expect(changed).toEqual({
      invoices: { gone: line("INV-1101"), come: [expect.stringMatching(/^INV-1101 .* VOIDED$/)] },
    });
    await expectAgreement(access);
  });

  it("and is changed later waits for a person, and is done with when it is changed back", async () => {
    const invoiceId = await source.findId("invoices", "INV-1106");
    await source.call("PUT", `/invoices/${invoiceId}`, { adjustment: 7.5 });
    expect(await changedByNextRun()).toEqual({});
    const told = (await listOpen(access)).find((one) => one.name === "INV-1106");
    expect(told?.cause).toBe("changedAfterPosting");
    expect(`${told?.message} ${told?.remedy}`).toMatch(
      /INV-1106 .* Make the same change in Xero, or change it back/,
    );
    await source.call("PUT", `/invoices/${invoiceId}`, { adjustment: 0 });
    expect(await changedByNextRun()).toEqual({});
    expect(await openCauses()).not.toContain("INV-1106: changedAfterPosting");
    await expectAgreement(access);
  });

  it("and is changed on both sides alike is done with", async () => {
    const invoiceId = await source.findId("invoices", "INV-1106");
    await source.call("PUT", `/invoices/${invoiceId}`, { date: "2026-09-12" });
    await world.owner.syncOnce(access);
    expect(await openCauses()).toContain("INV-1106: changedAfterPosting");
    const [posted] = (await listAll(ledger, "Invoices")).filter((one) => one.InvoiceNumber === "INV-1106");
    await ledger.call("POST", `/Invoices/${posted?.InvoiceID}`, { body: { Date: "2026-09-12" } });
    expect(await changedByNextRun()).toEqual({});
    expect(await openCauses()).not.toContain("INV-1106: changedAfterPosting");
    await expectAgreement(access);
  });
});

describe("a document that Xero refused", () => {
  it("is sent again, unchanged, when a person says so", async () => {
    world.sandbox.context.switches.set("xero.number-reuse", "deleted-and-voided");
    expect(await changedByNextRun()).toEqual({});
    const { retryExceptions } = await import("@/lib/operations/exceptions/retry-exceptions");
    // The company posts by itself by now, and so does what was asked for again.
    const changed = await changedBy(async () => {
      const retried = await retryExceptions(access);
      if (!retried.ok) throw new Error(retried.error.message);
      await untilSettled(world, access);
    });
    expect(changed).toEqual({ invoices: { gone: [], come: line("INV-1109") } });
    await expectAgreement(access);
  });
});
