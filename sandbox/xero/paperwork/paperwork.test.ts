import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createFrozenClock } from "@/sandbox/kit/clock";
import { TIDEWATER_TENANT_ID, xeroSeed } from "@/sandbox/seed/xero-organisation";
import { type RunningSandbox, startSandbox } from "@/sandbox/server";
import { xeroRecords } from "../open-books";
import { type Answered, anInvoice, connectXero, TEST_SCOPES, type TestClient } from "../test-client";
import { actAs } from "./history";

let sandbox: RunningSandbox;
let xero: TestClient;
let contact: string;
let invoice: string;
beforeEach(async () => {
  sandbox = await startSandbox({
    port: 0,
    limitSpeed: 1_000_000,
    clock: createFrozenClock("2026-06-01T09:00:00Z"),
  });
  xero = await connectXero(sandbox.origin, {
    scope: `${TEST_SCOPES} accounting.attachments accounting.manualjournals`,
  });
  contact = (await xero.create("Contacts", { Name: "Ann", EmailAddress: "ann@example.test" }))[0]?.ContactID;
  invoice = (await xero.create("Invoices", anInvoice(contact, { InvoiceNumber: "A-1" })))[0]?.InvoiceID;
});
afterEach(() => sandbox.stop());

const PIXELS = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x00, 0xff, 0xfe]);

/** A call whose body or answer is not text. */
async function fetchXero(
  method: string,
  path: string,
  { body, type = "image/png", accept }: { body?: Buffer; type?: string; accept?: string } = {},
): Promise<{ status: number; type: string | null; bytes: Buffer; json: () => Answered }> {
  const response = await fetch(`${sandbox.origin}/xero/api/api.xro/2.0${path}`, {
    method,
    headers: {
      authorization: `Bearer ${xero.tokens.access_token}`,
      "xero-tenant-id": TIDEWATER_TENANT_ID,
      accept: accept ?? "application/json",
      ...(body === undefined ? {} : { "content-type": type }),
    },
    ...(body === undefined ? {} : { body: new Uint8Array(body) }),
  });
  const bytes = Buffer.from(await response.arrayBuffer());
  return {
    status: response.status,
    type: response.headers.get("content-type"),
    bytes,
    json: () => JSON.parse(bytes.toString("utf8")),
  };
}
const attach = (name: string, body: Buffer = PIXELS, kind = "Invoices", id = invoice) =>
  fetchXero("PUT", `/${kind}/${id}/Attachments/${encodeURIComponent(name)}`, { body });
const invoiceNow = async (): Promise<Answered> =>
  (await xero.call("GET", `/Invoices/${invoice}`)).json.Invoices[0];
const message = (json: Answered): string => json.Elements[0].ValidationErrors[0].Message;

describe("an attachment", () => {
  it("comes back byte for byte, by name and by id, with its type", async () => {
    const { status, json } = await attach("box.png");
    expect(status).toBe(200);
    const [kept] = json().Attachments;
    expect(kept).toMatchObject({
      FileName: "box.png",
      MimeType: "image/png",
      ContentLength: PIXELS.length,
      IncludeOnline: false,
    });
    for (const name of ["box.png", "BOX.png", kept.AttachmentID]) {
      const got = await fetchXero("GET", `/Invoices/${invoice}/Attachments/${name}`);
      expect(got).toMatchObject({ status: 200, type: "image/png" });
      expect(got.bytes.equals(PIXELS)).toBe(true);
    }
    expect((await xero.call("GET", `/Invoices/${invoice}/Attachments`)).json.Attachments).toEqual([kept]);
    expect(await invoiceNow()).toMatchObject({ HasAttachments: true, Attachments: [kept] });
    expect((await fetchXero("GET", `/Invoices/${invoice}/Attachments/none.png`)).status).toBe(404);
  });

  it("of the same name replaces the file and keeps its id", async () => {
    const [first] = (await attach("box.png")).json().Attachments;
    const again = await fetchXero("POST", `/Invoices/${invoice}/Attachments/box.png`, {
      body: Buffer.from("other"),
      type: "text/plain",
    });
    expect(again.json().Attachments[0]).toMatchObject({
      AttachmentID: first.AttachmentID,
      ContentLength: 5,
      MimeType: "text/plain",
    });
    expect((await xero.call("GET", `/Invoices/${invoice}/Attachments`)).json.Attachments).toHaveLength(1);
  });

  it("whose type was not told has the one of its name", async () => {
    for (const type of ["application/octet-stream", "application/x-www-form-urlencoded"]) {
      const got = await fetchXero("PUT", `/Invoices/${invoice}/Attachments/a.pdf`, { body: PIXELS, type });
      expect(got.json().Attachments[0].MimeType).toBe("application/pdf");
    }
  });

  it("is the tenth at most", async () => {
    for (let number = 0; number < 10; number += 1) expect((await attach(`${number}.png`)).status).toBe(200);
    const refused = await attach("10.png");
    expect(refused.status).toBe(400);
    expect(message(refused.json())).toBe("A maximum of 10 files can be attached.");
    expect((await attach("9.png")).status).toBe(200);
  });

  it("has no forbidden character in its name, and some content", async () => {
    for (const character of ["<", ">", ":", '"', "/", "\\", "|", "?", "*", "+", "\u0000"])
      expect((await attach(`a${character}b.png`)).status, character).toBe(400);
    expect((await attach("Rechnung März (1).png")).status).toBe(200);
    expect(message((await attach("empty.png", Buffer.alloc(0))).json())).toBe("The file is empty.");
  });

  it("may be ten megabytes large, or 25 where the switch says so", async () => {
    const large = Buffer.alloc(10 * 1024 * 1024 + 1, 1);
    expect((await attach("fits.bin", large.subarray(1))).status).toBe(200);
    const refused = await attach("large.bin", large);
    expect(refused.status).toBe(413);
    expect(refused.json()).toMatchObject({ Title: "RequestEntityTooLarge", Detail: "PayloadTooLarge" });
    sandbox.context.switches.set("xero.attachment-max-mb", "25");
    expect((await attach("large.bin", large)).status).toBe(200);
  });

  it("shows online on sales documents alone", async () => {
    const online = (id: string) =>
      fetchXero("PUT", `/Invoices/${id}/Attachments/a.png?IncludeOnline=true`, { body: PIXELS });
    expect((await online(invoice)).json().Attachments[0].IncludeOnline).toBe(true);
    const line = { Description: "Tape", Quantity: 1, UnitAmount: 1, AccountCode: "429" };
    const [bill] = await xero.create("Invoices", anInvoice(contact, { Type: "ACCPAY", LineItems: [line] }));
    expect((await online(bill?.InvoiceID)).json().Attachments[0].IncludeOnline).toBe(false);
  });

  it("hangs on every kind of record that has them", async () => {
    const { json } = await xero.call("GET", "/Accounts");
    const [account] = json.Accounts;
    const line = { Description: "Box", Quantity: 1, UnitAmount: 5, AccountCode: "200" };
    const [note] = await xero.create("CreditNotes", { ...anInvoice(contact), Type: "ACCRECCREDIT" });
    const [order] = await xero.create("PurchaseOrders", {
      Contact: { ContactID: contact },
      LineItems: [line],
    });
    const [quote] = await xero.create("Quotes", {
      Contact: { ContactID: contact },
      Date: "2026-05-10",
      LineItems: [line],
    });
    const [received] = await xero.create("BankTransactions", {
      Type: "RECEIVE",
      Contact: { ContactID: contact },
      BankAccount: { Code: "090" },
      LineItems: [line],
    });
    const targets: [string, string][] = [
      ["Accounts", account.AccountID],
      ["Contacts", contact],
      ["CreditNotes", note?.CreditNoteID],
      ["PurchaseOrders", order?.PurchaseOrderID],
      ["Quotes", quote?.QuoteID],
      ["BankTransactions", received?.BankTransactionID],
    ];
    for (const [kind, id] of targets) {
      expect((await attach("a.png", PIXELS, kind, id)).status, kind).toBe(200);
      const one = (await xero.call("GET", `/${kind}/${id}`)).json[kind][0];
      if (kind !== "Quotes") expect(one.HasAttachments, kind).toBe(true);
    }
    expect((await attach("a.png", PIXELS, "ManualJournals", contact)).status).toBe(404);
    expect((await attach("a.png", PIXELS, "BankTransfers", contact)).status).toBe(404);
  });

  it("needs the attachments scope", async () => {
    const other = await connectXero(sandbox.origin);
    expect((await other.call("GET", `/Invoices/${invoice}/Attachments`)).status).toBe(401);
    const reader = await connectXero(sandbox.origin, { scope: "accounting.attachments.read" });
    expect((await reader.call("GET", `/Invoices/${invoice}/Attachments`)).status).toBe(200);
    const refused = await reader.call("PUT", `/Invoices/${invoice}/Attachments/a.txt`, { body: "a" });
    expect(refused.status).toBe(401);
  });
});

describe("history", () => {
  const history = async (kind = "Invoices", id = invoice): Promise<Answered[]> =>
    (await xero.call("GET", `/${kind}/${id}/History`)).json.HistoryRecords;
  const changes = async (kind?: string, id?: string): Promise<string[]> =>
    (await history(kind, id)).map(({ Changes }) => Changes);
  const note = (Details: string, kind = "Invoices", id = invoice) =>
    xero.call("PUT", `/${kind}/${id}/History`, { body: { HistoryRecords: [{ Details }] } });

  it("says what happened to an invoice, the newest first", async () => {
    expect(await changes()).toEqual(["Approved", "Created"]);
    sandbox.clock.advance(60_000);
    await xero.call("POST", `/Invoices/${invoice}`, { body: { Reference: "R" } });
    sandbox.clock.advance(60_000);
    await xero.call("PUT", "/Payments", {
      body: { Invoice: { InvoiceID: invoice }, Account: { Code: "090" }, Date: "2026-05-20", Amount: 4 },
    });
    sandbox.clock.advance(60_000);
    await attach("box.png");
    expect(await history()).toMatchObject([
      { Changes: "Attached a file", DateUTC: "/Date(1780304580000+0000)/" },
      { Changes: "Payment", DateUTCString: "2026-06-01T09:02:00" },
      { Changes: "Edited", User: "System Generated" },
      { Changes: "Approved" },
      { Changes: "Created", Details: "Received through the Xero API from Tieout Sandbox" },
    ]);
  });

  it("says when a draft is approved, voided or deleted", async () => {
    const [draft] = await xero.create("Invoices", anInvoice(contact, { Status: "DRAFT" }));
    const id = draft?.InvoiceID;
    expect(await changes("Invoices", id)).toEqual(["Created"]);
    for (const Status of ["SUBMITTED", "AUTHORISED", "VOIDED"])
      await xero.call("POST", `/Invoices/${id}`, { body: { Status } });
    expect(await changes("Invoices", id)).toEqual(["Voided", "Approved", "Submitted", "Created"]);
    await xero.call("POST", `/Contacts/${contact}`, { body: { ContactStatus: "ARCHIVED" } });
    expect(await changes("Contacts", contact)).toEqual(["Archived", "Created"]);
  });

  it("names the owner for what was typed in Xero, and says what it was", async () => {
    const typed = xeroSeed(sandbox.context).putInvoice(
      TIDEWATER_TENANT_ID,
      anInvoice(contact, { InvoiceNumber: "T-1" }),
    );
    expect((await history("Invoices", typed.id)).at(-1)).toMatchObject({
      Changes: "Created",
      User: "Olivia Shaw",
      Details: "T-1 to Ann for 24.",
    });
  });

  it("names the person who changed a record in Xero", async () => {
    const books = xeroRecords(sandbox.context).books(TIDEWATER_TENANT_ID);
    expect(books).toBeDefined();
    if (books === undefined) return;
    actAs(books, "Olivia Shaw", () => xeroSeed(sandbox.context).voidInvoice(TIDEWATER_TENANT_ID, invoice));
    expect((await history())[0]).toMatchObject({ Changes: "Voided", User: "Olivia Shaw" });
  });

  it("keeps nothing of a change that was refused", async () => {
    const { status } = await xero.call("POST", "/Invoices", {
      body: { Invoices: [{ InvoiceID: invoice, Reference: "R" }, { InvoiceID: contact }] },
    });
    expect(status).toBe(400);
    expect(await changes()).toEqual(["Approved", "Created"]);
  });

  it("takes notes of up to 2500 characters, and lets none be changed", async () => {
    const { status, json } = await note("x".repeat(2_500));
    expect(status).toBe(200);
    expect(json.HistoryRecords[0]).toMatchObject({ Changes: "Note", User: "System Generated" });
    expect((await history())[0]).toMatchObject({ Changes: "Note", Details: "x".repeat(2_500) });
    const long = await note("x".repeat(2_501));
    expect(message(long.json)).toBe("The Details of a note can be at most 2500 characters long.");
    expect(message((await note(" ")).json)).toBe("The Details of a note must be specified.");
    const path = `/Invoices/${invoice}/History`;
    expect((await xero.call("POST", path, { body: {} })).status).toBe(405);
    expect((await xero.call("DELETE", path)).status).toBe(405);
  });

  it("belongs to the scope of its record and to records that are there", async () => {
    const line = { Description: "Box", Quantity: 1, UnitAmount: 5, AccountCode: "200" };
    const [order] = await xero.create("PurchaseOrders", {
      Contact: { ContactID: contact },
      LineItems: [line],
    });
    expect((await note("Late", "PurchaseOrders", order?.PurchaseOrderID)).status).toBe(200);
    expect((await note("Good", "Contacts", contact)).status).toBe(200);
    expect((await note("?", "Payments", contact)).status).toBe(404);
    const other = await connectXero(sandbox.origin, { scope: "accounting.contacts" });
    expect((await other.call("GET", `/Contacts/${contact}/History`)).status).toBe(200);
    expect((await other.call("GET", `/Invoices/${invoice}/History`)).status).toBe(401);
  });
});

describe("a printed document", () => {
  it("is a PDF by Accept and by address", async () => {
    for (const got of [
      await fetchXero("GET", `/Invoices/${invoice}`, { accept: "application/pdf" }),
      await fetchXero("GET", `/Invoices/${invoice}/pdf`, { accept: "application/pdf" }),
      await fetchXero("GET", "/Invoices/A-1", { accept: "application/pdf" }),
    ]) {
      expect(got).toMatchObject({ status: 200, type: "application/pdf" });
      const text = got.bytes.toString("latin1");
      expect(text.startsWith("%PDF-1.4\n")).toBe(true);
      expect(text).toContain("(Invoice A-1)");
      const start = Number(/startxref\n(\d+)\n/.exec(text)?.[1]);
      expect(text.slice(start, start + 4)).toBe("xref");
    }
    expect((await fetchXero("GET", `/Invoices/${contact}/pdf`)).status).toBe(404);
  });

  it("has an online page when it is an approved sales invoice", async () => {
    const { json } = await xero.call("GET", `/Invoices/${invoice}/OnlineInvoice`);
    expect(json.OnlineInvoices[0].OnlineInvoiceUrl).toMatch(/^http:\/\/localhost:\d+\/xero\/online\/\w+$/);
    const [draft] = await xero.create("Invoices", anInvoice(contact, { Status: "DRAFT" }));
    expect((await xero.call("GET", `/Invoices/${draft?.InvoiceID}/OnlineInvoice`)).status).toBe(400);
  });

  it("is mailed once submitted, to a contact with an address, and is then marked as sent", async () => {
    const mail = (id: string) => xero.call("POST", `/Invoices/${id}/Email`, { body: {} });
    expect((await mail(invoice)).status).toBe(204);
    expect((await invoiceNow()).SentToContact).toBe(true);
    const [draft] = await xero.create("Invoices", anInvoice(contact, { Status: "DRAFT" }));
    expect((await mail(draft?.InvoiceID)).status).toBe(400);
    const [ben] = await xero.create("Contacts", { Name: "Ben" });
    const [other] = await xero.create("Invoices", anInvoice(ben?.ContactID));
    expect(message((await mail(other?.InvoiceID)).json)).toBe(
      "The contact of the invoice has no email address.",
    );
  });
});
