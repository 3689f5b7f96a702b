import { beforeEach, describe, expect, it } from "vitest";
import { decimal } from "@/lib/kernel/decimal";
import { createFrozenClock } from "@/sandbox/kit/clock";
import { createMemoryContext } from "@/sandbox/kit/context";
import type { SandboxContext } from "@/sandbox/kit/types";
import { xeroRecords } from "@/sandbox/xero/open-books";
import { XERO_SWITCHES } from "@/sandbox/xero/switches";
import { creditBalance, invoiceBalance, unusedAmount } from "@/sandbox/zoho/books/settle";
import { ZOHO_SWITCHES } from "@/sandbox/zoho/switches";
import { type DemoReport, seedDemoCompany } from "./demo-company";
import { LONG_NAME_CHARACTERS } from "./demo-customers";
import { DEMO_LOCK_DATE, LONG_DESCRIPTION_CHARACTERS, SPECIAL_NUMBERS } from "./demo-special-documents";
import { TIDEWATER_TENANT_ID } from "./xero-organisation";
import { type ZohoSeed, zohoSeed } from "./zoho-organisation";

let context: SandboxContext;
let report: DemoReport;
let zoho: ZohoSeed;

beforeEach(async () => {
  context = await createMemoryContext(
    { ...XERO_SWITCHES, ...ZOHO_SWITCHES },
    { clock: createFrozenClock("2026-11-21T09:00:00Z") },
  );
  report = seedDemoCompany(context);
  zoho = zohoSeed(context);
});

function invoice(number: string) {
  const { books } = zoho;
  const [id = "", header] = [...books.invoices.heads()].find(([, head]) => head.number === number) ?? [];
  const contact = books.contacts.get(header?.customerId ?? "");
  return { id, header, contact, lines: books.lines.get(id) ?? [], body: books.invoices.get(id) };
}

function xeroBooks() {
  const books = xeroRecords(context).books(TIDEWATER_TENANT_ID);
  if (books === undefined) throw new Error("the organisation is missing");
  return books;
}

/** Every record of a table of the simulated Xero. */
function allOf<Body>(table: {
  heads(): Iterable<[string, unknown]>;
  get(id: string): Body | undefined;
}): Body[] {
  return [...table.heads()].flatMap(([id]) => table.get(id) ?? []);
}

describe("the demo company", () => {
  it("is small and has three currencies, drafts, void and part-paid documents", () => {
    expect(report).toMatchObject({ invoices: 96, creditNotes: 12, contacts: 49, items: 30 });
    expect(report.payments).toBeGreaterThanOrEqual(55);
    expect(report.payments).toBeLessThanOrEqual(65);
    const heads = [...zoho.books.invoices.heads()].map(([, header]) => header);
    const count = (test: (header: (typeof heads)[number]) => boolean): number => heads.filter(test).length;
    expect(count(({ state }) => state === "draft")).toBe(3);
    expect(count(({ state }) => state === "void")).toBe(2);
    for (const currency of ["GBP", "EUR", "JPY"])
      expect(count(({ currencyCode }) => currencyCode === currency)).toBeGreaterThan(3);
    const isPartPaid = (header: (typeof heads)[number]): boolean =>
      decimal(header.paid).greaterThan(0) && invoiceBalance(header).greaterThan(0);
    expect(count(isPartPaid)).toBeGreaterThan(4);
  });

  it("is the same in every run but for the ids", async () => {
    const again = await createMemoryContext({ ...XERO_SWITCHES, ...ZOHO_SWITCHES });
    seedDemoCompany(again);
    const figures = (seed: ZohoSeed) =>
      [...seed.books.invoices.heads()].map(([, { number, date, total, paid }]) => [
        number,
        date,
        total,
        paid,
      ]);
    expect(figures(zohoSeed(again))).toEqual(figures(zoho));
  });

  it("has no document that is paid or credited beyond its total", () => {
    for (const [, header] of zoho.books.invoices.heads()) {
      expect(invoiceBalance(header).isNegative()).toBe(false);
      if (header.state !== "sent") expect([header.paid, header.credited]).toEqual(["0", "0"]);
    }
    for (const [, header] of zoho.books.creditNotes.heads())
      expect(creditBalance(header).isNegative()).toBe(false);
  });

  it("has documents of July to October 2026 only, but for the one in the locked period", () => {
    for (const [, { date, number }] of zoho.books.invoices.heads())
      if (number !== SPECIAL_NUMBERS.lockedPeriod)
        expect(date >= "2026-07-01" && date <= "2026-10-31").toBe(true);
  });

  it("has near-duplicate customers", () => {
    const names = [...zoho.books.contacts.heads()].map(([, { name }]) => name);
    expect(names).toEqual(
      expect.arrayContaining(["Harbour Lights Ltd", "Harbour Lights Limited", "J. Okafor", "John Okafor"]),
    );
  });

  it("has eight credit notes set against invoices and others as credit", () => {
    const notes = [...zoho.books.creditNotes.heads()].map(([, note]) => note);
    expect(notes.filter(({ used }) => used !== "0")).toHaveLength(8);
    expect(notes.filter(({ state }) => state === "draft")).toHaveLength(1);
    expect(notes.filter(({ state }) => state === "void")).toHaveLength(1);
  });
});

describe("its special documents", () => {
  it("are one in the period that Xero has closed", () => {
    expect(invoice(SPECIAL_NUMBERS.lockedPeriod).header?.date).toBe("2026-06-24");
    expect(xeroBooks().organisation().periodLockDate).toBe(DEMO_LOCK_DATE);
  });

  it("are one with a description that is too long for Xero", () => {
    const [line] = invoice(SPECIAL_NUMBERS.longDescription).lines;
    expect(line?.description).toHaveLength(LONG_DESCRIPTION_CHARACTERS);
  });

  it("are one in a currency that Xero's organisation has not", () => {
    const { currencyCode = "" } = invoice(SPECIAL_NUMBERS.unknownCurrency).header ?? {};
    expect(currencyCode).toBe("SEK");
    expect(xeroBooks().organisation().currencies).not.toContain(currencyCode);
  });

  it("are one with a tax that Xero has no rate for", () => {
    expect(invoice(SPECIAL_NUMBERS.unmappedTax).body?.taxes).toHaveLength(1);
    const tax = zoho.books.taxes.head(invoice(SPECIAL_NUMBERS.unmappedTax).lines[0]?.taxId ?? "");
    expect(tax).toMatchObject({ name: "Local levy", percentage: "3" });
  });

  it("are one of a customer with a very long name", () => {
    expect(invoice(SPECIAL_NUMBERS.longName).contact?.name).toHaveLength(LONG_NAME_CHARACTERS);
  });

  it("are one of a customer whom Xero has archived", () => {
    const { name } = invoice(SPECIAL_NUMBERS.archivedContact).contact ?? {};
    const found = [...allOf(xeroBooks().contacts)].filter((contact) => contact.name === name);
    expect(found.map(({ status }) => status)).toEqual(["ARCHIVED"]);
  });

  it("are two of two customers with one name, and one with two spaces in a name", () => {
    const [first, second] = [invoice(SPECIAL_NUMBERS.sameNameFirst), invoice(SPECIAL_NUMBERS.sameNameSecond)];
    expect(first.contact?.name).toBe(second.contact?.name);
    expect(first.header?.customerId).not.toBe(second.header?.customerId);
    expect(invoice(SPECIAL_NUMBERS.twoSpaces).contact?.name).toBe("Anchor  Bay Traders");
  });

  it("are three paid together and one paid too much", () => {
    const payments = [...zoho.books.payments.heads()].map(([, payment]) => payment);
    expect(payments.find(({ applied }) => applied.length === 3)?.number).toBe("PAY-1121");
    const excess = payments.filter((payment) => unusedAmount(payment).greaterThan(0));
    expect(excess.map((payment) => [payment.number, unusedAmount(payment).toFixed()])).toEqual([
      ["PAY-1124", "25"],
    ]);
  });
});

describe("what Xero held before", () => {
  it("are three documents equal to Zoho's without an address, and one that differs", () => {
    const inXero = (number: string) =>
      [...allOf(xeroBooks().invoices)].find((typed) => typed.number === number);
    for (const number of SPECIAL_NUMBERS.typedByHand) {
      const typed = inXero(number);
      expect(typed).toMatchObject({ url: null, byApp: false, date: invoice(number).header?.date });
      expect(decimal(typed?.total ?? "0").equals(invoice(number).header?.total ?? "1")).toBe(true);
    }
    const { typedOtherwise, xeroOnly } = SPECIAL_NUMBERS;
    expect(
      decimal(inXero(typedOtherwise)?.total ?? "0").equals(invoice(typedOtherwise).header?.total ?? "0"),
    ).toBe(false);
    expect(inXero(xeroOnly)).toBeDefined();
    expect(invoice(xeroOnly).header).toBeUndefined();
  });

  it("are contacts by the same name, and by the same address under another name", () => {
    const known = [...zoho.books.contacts.heads()].map(([, contact]) => contact);
    const contacts = [...allOf(xeroBooks().contacts)];
    expect(contacts.filter(({ name }) => known.some((contact) => contact.name === name))).toHaveLength(8);
    const renamed = contacts.filter(({ name, email }) =>
      known.some((contact) => contact.email === email && contact.name !== name),
    );
    expect(renamed).toHaveLength(4);
  });
});
