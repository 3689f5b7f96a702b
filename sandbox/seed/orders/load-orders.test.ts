import { access } from "node:fs/promises";
import path from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { decimal } from "@/lib/kernel/decimal";
import { createFrozenClock } from "@/sandbox/kit/clock";
import { createMemoryContext } from "@/sandbox/kit/context";
import type { SandboxContext } from "@/sandbox/kit/types";
import { ZOHO_SWITCHES } from "@/sandbox/zoho/switches";
import { type ZohoSeed, zohoSeed } from "../zoho-organisation";
import { loadOrders, type OrdersReport } from "./load-orders";
import { listOrderFiles, type OrderFile } from "./scan-orders";

const HEADER = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country";

let context: SandboxContext;
let seed: ZohoSeed;

beforeEach(async () => {
  context = await createMemoryContext(ZOHO_SWITCHES, { clock: createFrozenClock("2026-11-21T09:00:00Z") });
  seed = zohoSeed(context);
  seed.putOrganization();
});

const aFile = (name: string, lines: readonly string[]): OrderFile => ({
  name,
  read: async () => [HEADER, ...lines].join("\n"),
});

const load = (...lines: string[]): Promise<OrdersReport> => loadOrders(seed, [aFile("day.csv", lines)]);

function invoice(number: string) {
  const found = [...seed.books.invoices.heads()].find(([, header]) => header.number === number);
  const [id = ""] = found ?? [];
  return { id, body: seed.books.invoices.get(id), lines: seed.books.lines.get(id) ?? [] };
}

function creditNote(number: string) {
  const found = [...seed.books.creditNotes.heads()].find(([, header]) => header.number === number);
  const [id = ""] = found ?? [];
  return { id, body: seed.books.creditNotes.get(id), lines: seed.books.lines.get(id) ?? [] };
}

const accountName = (id: string | undefined): string | undefined => seed.books.accounts.head(id ?? "")?.name;
const contactName = (id: string | undefined): string | undefined => seed.books.contacts.head(id ?? "")?.name;

describe("an order", () => {
  it("becomes one invoice from its rows in two files, with tax by document", async () => {
    const rows = [
      "536365,85123A,WHITE HEART,3,2010-12-01 08:26:00,2.54,17850.0,United Kingdom",
      "536365,71053,LANTERN,1,2010-12-01 08:26:00,0.42,17850.0,United Kingdom",
    ];
    const report = await loadOrders(seed, [aFile("a.csv", [rows[0] ?? ""]), aFile("b.csv", [rows[1] ?? ""])]);
    expect(report).toMatchObject({ lines: 2, numbers: 1, invoices: 1, items: 2, contacts: 1 });
    // 7.62 + 0.42 = 8.04; 20 % of it is 1.608. By line it would be 1.52 + 0.08 = 1.60.
    expect(invoice("536365").body).toMatchObject({
      date: "2010-12-01",
      dueDate: "2010-12-31",
      subTotal: "8.04",
      taxTotal: "1.61",
      total: "9.65",
      state: "sent",
    });
    expect(contactName(invoice("536365").body?.customerId)).toBe("Customer 17850");
  });

  it("is taxed by line where the organisation rounds so", async () => {
    seed.changeOrganization({ taxRounding: "item_level" });
    await load(
      "536365,85123A,WHITE HEART,3,2010-12-01 08:26:00,2.54,17850.0,United Kingdom",
      "536365,71053,LANTERN,1,2010-12-01 08:26:00,0.42,17850.0,United Kingdom",
    );
    expect(invoice("536365").body).toMatchObject({ taxTotal: "1.6", total: "9.64" });
  });

  it("from abroad bears no tax, also where the customer is known at home", async () => {
    const report = await load(
      "1,85123A,WHITE HEART,1,2010-12-01 08:26:00,10,17850.0,United Kingdom",
      "2,85123A,WHITE HEART,1,2010-12-02 08:26:00,10,17850.0,France",
    );
    expect(report.contacts).toBe(1);
    expect([invoice("1").body?.total, invoice("2").body?.total]).toEqual(["12", "10"]);
    expect(seed.books.taxes.head(invoice("2").lines[0]?.taxId ?? "")?.name).toBe("Zero rated export");
  });

  it("without a customer goes to the counter sales of its country", async () => {
    await load(
      "1,85123A,WHITE HEART,1,2010-12-01 08:26:00,10,,EIRE",
      "2,85123A,WHITE HEART,1,2010-12-02 08:26:00,10,,EIRE",
    );
    expect(contactName(invoice("1").body?.customerId)).toBe("Counter sales EIRE");
    expect(invoice("1").body?.customerId).toBe(invoice("2").body?.customerId);
  });

  it("rounds each line to pence, the lot of a thousand-line order included", async () => {
    const rows = Array.from(
      { length: 1_114 },
      (_, index) => `573585,P${index},ITEM,3,2011-10-31 14:41:00,0.001,,United Kingdom`,
    );
    rows.push("573585,DOT,DOTCOM POSTAGE,1,2011-10-31 14:41:00,1.005,,United Kingdom");
    const report = await load(...rows);
    expect(report).toMatchObject({ lines: 1_115, invoices: 1 });
    expect(invoice("573585").lines).toHaveLength(1_115);
    expect(invoice("573585").body?.subTotal).toBe("1.01");
  });
});

describe("an item", () => {
  it("is one whatever the case of its code, named by its most frequent description", async () => {
    const report = await load(
      "1,15056bl,EDWARDIAN PARASOL,1,2010-12-01 08:26:00,5,,EIRE",
      "2,15056BL,EDWARDIAN PARASOL BLACK,1,2010-12-01 09:26:00,5,,EIRE",
      "3,15056BL,EDWARDIAN PARASOL BLACK,1,2010-12-01 10:26:00,5,,EIRE",
      "4,15056BL,damaged?,1,2010-12-01 10:26:00,0,,EIRE",
      "5,15056BL,damaged?,1,2010-12-01 10:26:00,0,,EIRE",
      "6,15056BL,damaged?,1,2010-12-01 10:26:00,0,,EIRE",
    );
    expect(report).toMatchObject({ items: 1, excluded: { count: 3 } });
    const [[, item] = []] = seed.books.items.heads();
    expect(item).toMatchObject({ name: "15056BL EDWARDIAN PARASOL BLACK", sku: "15056BL" });
  });

  it("lends its name to a line that has no description", async () => {
    await load(
      "1,DCGS0055,,1,2010-12-01 08:26:00,5,,EIRE",
      "2,21123,,1,2010-12-01 08:26:00,5,,EIRE",
      "3,21123,SET OF 10,1,2010-12-02 08:26:00,5,,EIRE",
    );
    expect(invoice("1").lines[0]?.description).toBe("DCGS0055");
    expect(invoice("2").lines[0]?.description).toBe("21123 SET OF 10");
  });

  it("exists only when a document that loads has it", async () => {
    const report = await load("1,22139,RETROSPOT TEA SET,56,2010-12-01 11:52:00,0.0,,United Kingdom");
    expect(report).toMatchObject({ items: 0, contacts: 0, invoices: 0 });
  });
});

describe("a special code", () => {
  it.each([
    ["POST", "Shipping Charge"],
    ["DOT", "Shipping Charge"],
    ["C2", "Shipping Charge"],
    ["m", "Manual Adjustments"],
    ["D", "Discount"],
    ["BANK CHARGES", "Bank Fees and Charges"],
    ["AMAZONFEE", "Marketplace Fees"],
    ["CRUK", "Charity Commission"],
    ["B", "Bad Debt"],
    ["S", "Samples"],
  ])("%s is booked to %s without an item, its code kept in the description", async (code, account) => {
    await load(`1,${code},Some charge,1,2010-12-01 08:26:00,18,,France`);
    const [line] = invoice("1").lines;
    expect(line).toMatchObject({ description: `${code.toUpperCase()}: Some charge` });
    expect(line?.itemId).toBeUndefined();
    expect(accountName(line?.accountId)).toBe(account);
    expect(seed.books.items.size).toBe(0);
  });

  it.each(["gift_0001_20", "DCGSSGIRL", "PADS", "NEWCODE"])("%s is a product", async (code) => {
    await load(`1,${code},Thing,1,2010-12-01 08:26:00,18,,France`);
    expect(invoice("1").lines[0]?.itemId).toBeDefined();
    expect(accountName(invoice("1").lines[0]?.accountId)).toBe("Sales");
  });
});

describe("credits and payments", () => {
  it("close a large order by its cancellation, without any payment", async () => {
    const report = await load(
      '581483,23843,"PAPER CRAFT , LITTLE BIRDIE",80995,2011-12-09 09:15:00,2.08,16446.0,United Kingdom',
      'C581484,23843,"PAPER CRAFT , LITTLE BIRDIE",-80995,2011-12-09 09:27:00,2.08,16446.0,United Kingdom',
    );
    expect(report).toMatchObject({ invoices: 1, creditNotes: 1, payments: 0, allocations: 1 });
    expect(invoice("581483").body).toMatchObject({ total: "202163.52", credited: "202163.52", paid: "0" });
    expect(creditNote("C581484").body).toMatchObject({
      total: "202163.52",
      credits: [{ invoiceId: invoice("581483").id, amount: "202163.52", date: "2011-12-09" }],
    });
  });

  it("leave a fee that no invoice holds as credit", async () => {
    await load(
      "1,22139,TEA SET,1,2010-12-01 08:26:00,18,,United Kingdom",
      "C2,AMAZONFEE,AMAZON FEE,-1,2010-12-09 14:09:00,13541.33,,United Kingdom",
    );
    expect(creditNote("C2").body).toMatchObject({ total: "16249.6", credits: [] });
    expect(accountName(creditNote("C2").lines[0]?.accountId)).toBe("Marketplace Fees");
  });

  it("turn bad debt into credit notes and leave out the entry that is none", async () => {
    const report = await load(
      "A563185,B,Adjust bad debt,1,2011-08-12 14:50:00,11062.06,,United Kingdom",
      "A563186,B,Adjust bad debt,1,2011-08-12 14:51:00,-11062.06,,United Kingdom",
      "A563187,B,Adjust bad debt,1,2011-08-12 14:52:00,-11062.06,,United Kingdom",
    );
    expect(report).toMatchObject({ invoices: 0, creditNotes: 2 });
    expect(report.excluded).toEqual({
      count: 1,
      reasons: { 'begins with "A" and its total is not negative': 1 },
      sample: { 'begins with "A" and its total is not negative': ["A563185"] },
    });
    expect(creditNote("A563187").body?.total).toBe("13274.47");
  });

  it("keep every invoice's sums in step with its payments and credit notes", async () => {
    const rows = Array.from(
      { length: 60 },
      (_, index) =>
        `${536_400 + index},22139,TEA SET,${index + 1},2010-12-01 08:26:00,3.33,17850,United Kingdom`,
    );
    rows.push("C536470,22139,TEA SET,-7,2010-12-03 08:26:00,3.33,17850,United Kingdom");
    await load(...rows);
    const paid = new Map<string, string>();
    for (const [, payment] of seed.books.payments.heads())
      for (const { invoiceId, amount } of payment.applied)
        paid.set(
          invoiceId,
          decimal(paid.get(invoiceId) ?? "0")
            .plus(amount)
            .toFixed(),
        );
    for (const [id, header] of seed.books.invoices.heads()) {
      expect(header.paid).toBe(paid.get(id) ?? "0");
      expect(decimal(header.total).minus(header.paid).minus(header.credited).isNegative()).toBe(false);
    }
    expect(seed.books.payments.size).toBeGreaterThan(20);
  });

  it("give the same payments again for the same orders", async () => {
    const rows = Array.from(
      { length: 30 },
      (_, index) =>
        `${536_400 + index},22139,TEA SET,${index + 1},2010-12-01 08:26:00,3.33,17850,United Kingdom`,
    );
    await load(...rows);
    const first = [...seed.books.payments.heads()].map(([, { number, amount, date }]) => [
      number,
      amount,
      date,
    ]);
    seed.clear();
    seed.putOrganization();
    await load(...rows);
    expect(
      [...seed.books.payments.heads()].map(([, { number, amount, date }]) => [number, amount, date]),
    ).toEqual(first);
  });
});

describe("the report", () => {
  it("names each rejected line and counts it nowhere else", async () => {
    const report = await load(
      "1,22139,TEA SET,1,2010-12-01 08:26:00,18,,United Kingdom",
      "1,22139,TEA SET,one,2010-12-01 08:26:00,18,,United Kingdom",
    );
    expect(report.rejected).toEqual([
      { file: "day.csv", line: 3, reason: 'Quantity "one" is not a whole number' },
    ]);
    expect(report).toMatchObject({ lines: 1, numbers: 1, invoices: 1 });
  });
});

const reference = process.env.TIEOUT_REFERENCE_DIR;
if (reference === undefined) {
  process.stdout.write("left out: the real orders (TIEOUT_REFERENCE_DIR is not set)\n");
} else {
  describe("the real orders of seven months", () => {
    it("give the documents that were counted beforehand", async () => {
      const directory = path.join(reference, "data/online-retail");
      await access(directory);
      const report = await loadOrders(seed, await listOrderFiles(directory));
      expect(report).toMatchObject({
        lines: 245_903,
        numbers: 12_795,
        invoices: 9_659,
        creditNotes: 2_006,
        excluded: { count: 1_130 },
        rejected: [],
      });
      expect(unlikeLineRounding(seed)).toEqual({ homeDocuments: 10_568, taxDiffers: 2_228 });
    });
  });
}

/** How many UK documents would have another tax if it were rounded line by line. */
function unlikeLineRounding({ books }: ZohoSeed) {
  const tables = [books.invoices, books.creditNotes] as const;
  const result = { homeDocuments: 0, taxDiffers: 0 };
  for (const table of tables)
    for (const [id] of table.heads()) {
      const document = table.get(id);
      if (document?.billing.country !== "United Kingdom") continue;
      result.homeDocuments += 1;
      const byLine = (books.lines.get(id) ?? []).reduce(
        (sum, { itemTotal }) => sum.plus(decimal(itemTotal).times("0.2").toDecimalPlaces(2)),
        decimal("0"),
      );
      if (!byLine.equals(document.taxTotal)) result.taxDiffers += 1;
    }
  return result;
}
