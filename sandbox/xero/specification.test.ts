import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { type RunningSandbox, startSandbox } from "@/sandbox/server";
import { type Answered, anInvoice, connectXero, type TestClient } from "./test-client";

/** Fields that live answers carry and Xero's own description leaves out. */
const BEYOND_THE_SPECIFICATION = new Set([
  "DateString",
  "DueDateString",
  "ContactStatus",
  "HasErrors",
  "HasValidationErrors",
  "IsDiscounted",
  "ID",
  "IsActive",
  "IsArchived",
  "IsDeleted",
  "OverpaymentID",
  "PrepaymentID",
  "UpdatedDateUTCString",
  "HasAttachments",
  "AppliedAmount",
  "Type",
]);

const dir = process.env.TIEOUT_REFERENCE_DIR;
const path = dir === undefined ? null : join(dir, "specs/xero/xero_accounting.yaml");
if (path === null)
  process.stdout.write("left out without TIEOUT_REFERENCE_DIR: Xero answers against its specification\n");

describe.runIf(path !== null)("every field that the simulated Xero answers", () => {
  let sandbox: RunningSandbox;
  let xero: TestClient;
  let schemas: Answered;
  beforeAll(async () => {
    expect(existsSync(path ?? ""), `${path} must be readable`).toBe(true);
    schemas = parse(readFileSync(path ?? "", "utf8")).components.schemas;
    sandbox = await startSandbox({ port: 0, limitSpeed: 1_000 });
    xero = await connectXero(sandbox.origin);
    await makeOneOfEach(xero);
  });
  afterAll(() => sandbox.stop());

  const kinds: [string, string][] = [
    ["Organisation", "Organisation"],
    ["Accounts", "Account"],
    ["TaxRates", "TaxRate"],
    ["Currencies", "Currency"],
    ["TrackingCategories", "TrackingCategory"],
    ["Items", "Item"],
    ["Contacts", "Contact"],
    ["Invoices", "Invoice"],
    ["CreditNotes", "CreditNote"],
    ["Payments", "Payment"],
    ["Overpayments", "Overpayment"],
    ["BankTransactions", "BankTransaction"],
  ];
  it.each(kinds)("of %s stands in its schema", async (plural, schema) => {
    const { json } = await xero.call("GET", `/${plural}`, { query: { page: "1" } });
    const records: Answered[] = json[plural === "Organisation" ? "Organisations" : plural];
    expect(records.length).toBeGreaterThan(0);
    expect(records.flatMap((record) => unknownFields(schemas, schemas[schema], record, schema))).toEqual([]);
  });
});

async function makeOneOfEach(xero: TestClient): Promise<void> {
  const [contact] = await xero.create("Contacts", {
    Name: "Ann",
    ContactNumber: "C-1",
    EmailAddress: "a@b.test",
  });
  const Contact = { ContactID: contact?.ContactID };
  await xero.create("Items", {
    Code: "BOX",
    Name: "Box",
    SalesDetails: { UnitPrice: 1, AccountCode: "200" },
  });
  const [invoice] = await xero.create("Invoices", anInvoice(contact?.ContactID, { Url: "https://a.test/1" }));
  const note = { ...anInvoice(contact?.ContactID), Type: "ACCRECCREDIT" };
  const [credit] = await xero.create("CreditNotes", note);
  const Invoice = { InvoiceID: invoice?.InvoiceID };
  const pay = { Invoice, Account: { Code: "090" }, Date: "2026-05-12", Amount: 5 };
  await xero.call("PUT", "/Payments", { body: pay });
  await xero.call("PUT", `/CreditNotes/${credit?.CreditNoteID}/Allocations`, {
    body: { Allocations: [{ Invoice, Amount: 1, Date: "2026-05-12" }] },
  });
  await xero.create("BankTransactions", {
    Type: "RECEIVE-OVERPAYMENT",
    Contact,
    BankAccount: { Code: "090" },
    LineItems: [{ Description: "Too much", LineAmount: 3 }],
  });
}

/** Names of fields that the schema does not have, and of fields with another JSON type than it says. */
function unknownFields(schemas: Answered, schema: Answered, value: unknown, at: string): string[] {
  const known = resolved(schemas, schema);
  if (Array.isArray(value))
    return known.type === "array"
      ? value.flatMap((entry) => unknownFields(schemas, known.items, entry, at))
      : [at];
  if (typeof value !== "object" || value === null)
    return sameType(known, value) ? [] : [`${at}: ${typeof value}`];
  return Object.entries(value).flatMap(([name, member]) => {
    const property = known.properties?.[name];
    if (property === undefined) return BEYOND_THE_SPECIFICATION.has(name) ? [] : [`${at}.${name}`];
    return unknownFields(schemas, property, member, `${at}.${name}`);
  });
}

function resolved(schemas: Answered, schema: Answered): Answered {
  const reference: string | undefined = schema.$ref;
  return reference === undefined ? schema : resolved(schemas, schemas[reference.split("/").at(-1) ?? ""]);
}

function sameType(schema: Answered, value: unknown): boolean {
  if (schema.enum !== undefined) return schema.enum.includes(value);
  if (schema.type === "integer") return Number.isInteger(value);
  return schema.type === undefined || schema.type === typeof value;
}
