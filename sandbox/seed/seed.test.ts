import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createMemoryContext } from "@/sandbox/kit/context";
import type { SandboxContext } from "@/sandbox/kit/types";
import { xeroRecords } from "@/sandbox/xero/open-books";
import { XERO_SWITCHES } from "@/sandbox/xero/switches";
import { ZOHO_SWITCHES } from "@/sandbox/zoho/switches";
import { seedSandbox } from "./seed";
import { TIDEWATER_TENANT_ID } from "./xero-organisation";
import { zohoSeed } from "./zoho-organisation";

let context: SandboxContext;
let dir: string;

beforeEach(async () => {
  context = await createMemoryContext({ ...XERO_SWITCHES, ...ZOHO_SWITCHES });
  dir = await mkdtemp(path.join(os.tmpdir(), "orders-"));
});

afterEach(() => rm(dir, { recursive: true }));

const HEADER = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n";

describe("seeding orders", () => {
  it("reads the CSV files of the folder in order of name and nothing else there", async () => {
    await mkdir(path.join(dir, "older"));
    await writeFile(path.join(dir, "older", "x.csv"), `${HEADER}9,A,X,1,2011-07-01 10:00:00,1,,EIRE\n`);
    await writeFile(path.join(dir, "readme.txt"), "no orders");
    await writeFile(path.join(dir, "2011-07-02.csv"), `${HEADER}2,A,X,1,2011-07-02 10:00:00,1,,EIRE\n`);
    await writeFile(path.join(dir, "2011-07-01.csv"), `${HEADER}1,A,X,1,2011-07-01 10:00:00,1,,EIRE\n`);
    const report = await seedSandbox(context, { kind: "orders", dir, taxRounding: "document" });
    expect(report).toMatchObject({ kind: "orders", lines: 2, invoices: 2, rejected: [] });
    const numbers = [...zohoSeed(context).books.invoices.heads()].map(([, { number }]) => number);
    expect(numbers).toEqual(["1", "2"]);
  });

  it("gives Zoho the tax rounding that was ordered, and Xero no records and no lock", async () => {
    await seedSandbox(context, { kind: "orders", dir, taxRounding: "line" });
    const [[, organization] = []] = zohoSeed(context).books.organizations.heads();
    expect(organization).toMatchObject({ name: "Tidewater Gifts Ltd", taxRounding: "item_level" });
    const xero = xeroRecords(context).books(TIDEWATER_TENANT_ID);
    expect(xero?.organisation().periodLockDate).toBeNull();
    expect([xero?.contacts.size, xero?.invoices.size]).toEqual([0, 0]);
  });

  it("leaves out what only the demo company has", async () => {
    await seedSandbox(context, { kind: "orders", dir, taxRounding: "document" });
    const { books } = zohoSeed(context);
    expect([...books.taxes.heads()].map(([, { name }]) => name)).toEqual([
      "Standard rate",
      "Zero rated",
      "Zero rated export",
    ]);
    expect([...books.currencies.heads()].map(([, { code }]) => code)).toEqual(["GBP"]);
    expect(books.tags.size).toBe(0);
  });

  it("from a folder that is not there fails and writes nothing", async () => {
    const order = { kind: "orders", dir: path.join(dir, "missing"), taxRounding: "document" } as const;
    await expect(seedSandbox(context, order)).rejects.toThrow("ENOENT");
    expect(zohoSeed(context).books.organizations.size).toBe(0);
  });
});

describe("seeding", () => {
  it("is refused when the sandbox holds a company already", async () => {
    await seedSandbox(context, { kind: "demo-company" });
    await expect(seedSandbox(context, { kind: "demo-company" })).rejects.toThrow("reset it first");
  });
});
