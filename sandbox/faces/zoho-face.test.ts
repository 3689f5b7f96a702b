import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type RunningSandbox, startSandbox } from "@/sandbox/server";
import { openBooks } from "@/sandbox/zoho/books/open-books";
import { linkNamed, type Visitor, visit } from "./test-pages";

let sandbox: RunningSandbox;
let pages: Visitor;
let base: string;
beforeEach(async () => {
  sandbox = await startSandbox({ port: 0, limitSpeed: 1_000, admin: true });
  await sandbox.seed({ kind: "demo-company" });
  pages = visit(sandbox.origin);
  base = linkNamed(await pages.get("/zoho"), "Tidewater Gifts Ltd");
});
afterEach(() => sandbox.stop());

const books = () => openBooks(sandbox.context);

async function invoiceWith(state: string): Promise<string> {
  for (const [id, head] of books().invoices.heads())
    if (head.state === state && head.paid === "0" && head.credited === "0" && head.date > "2026-07-01")
      return id;
  throw new Error(`no invoice is ${state}`);
}

describe("the pages of Zoho", () => {
  it("show every list, and a record of each that has one", async () => {
    const start = await pages.get(`${base}/invoices`);
    const lists = [...start.text.matchAll(/<li><a href="([^"]*\/books\/\d+\/[a-z-]+)"/g)].map(
      ([, address = ""]) => address,
    );
    expect(lists).toHaveLength(16);
    for (const address of lists) {
      const list = await pages.get(address);
      expect(list).toMatchObject({ status: 200 });
      const record = /<th scope="row"><a href="([^"]*)"/.exec(list.text)?.[1];
      if (record !== undefined) expect(await pages.get(record)).toMatchObject({ status: 200 });
    }
  });

  it("search by the field that was chosen", async () => {
    const { text } = await pages.get(`${base}/invoices?by=customer_name&q=northgate`);
    expect(text).toContain("Northgate Stationers");
    expect(text).not.toContain("Lantern House Ltd");
  });
});

describe("an invoice", () => {
  it("is edited with its lines, and its modified time moves", async () => {
    const id = await invoiceWith("draft");
    const before = books().invoices.get(id);
    const line = books().lines.get(id)?.[0];
    sandbox.clock.advance(60_000);
    const sent = await pages.post(`${base}/invoices/${id}/edit`, {
      due_date: "2027-01-31",
      "line.0.rate": "99.5",
      "line.0.description": "By hand",
    });
    expect(sent).toMatchObject({ status: 303 });
    const after = books().invoices.get(id);
    expect(after?.dueDate).toBe("2027-01-31");
    expect(after?.modified).not.toBe(before?.modified);
    expect(books().lines.get(id)?.[0]).toMatchObject({
      id: line?.id,
      rate: "99.5",
      description: "By hand",
      quantity: line?.quantity,
      taxId: line?.taxId,
    });
    expect(books().lines.get(id)).toHaveLength(books().lines.get(id)?.length ?? 0);
  });

  it("is sent, paid, and then refuses to be voided or deleted", async () => {
    const id = await invoiceWith("draft");
    await pages.post(`${base}/invoices/${id}/approve`);
    expect(books().invoices.head(id)?.state).toBe("sent");
    const total = books().invoices.head(id)?.total ?? "";
    const form = /<select id="pay-account" name="account"><option value="(\d+)"/;
    const account = form.exec((await pages.get(`${base}/invoices/${id}`)).text)?.[1] ?? "";
    const paid = await pages.post(`${base}/invoices/${id}/pay`, {
      amount: total,
      date: "2026-11-20",
      mode: "cash",
      account,
      reference: "by hand",
    });
    expect(paid).toMatchObject({ status: 303 });
    expect(books().invoices.head(id)?.paid).toBe(total);
    expect((await pages.get(`${base}/invoices/${id}`)).text).toContain("Payments received");
    const refused = await pages.post(`${base}/invoices/${id}/delete`);
    expect(refused.status).toBe(422);
    expect(refused.text).toContain("[code ");
  });

  it("that is deleted leads back to the list", async () => {
    const id = await invoiceWith("draft");
    const sent = await pages.post(`${base}/invoices/${id}/delete`);
    expect(sent).toMatchObject({ status: 303, location: `${base}/invoices` });
    expect(books().invoices.head(id)).toBeUndefined();
  });

  it("in a locked period is refused as a client's would be", async () => {
    const id = await invoiceWith("sent");
    await pages.post(`${base}/transaction-locking/lock`, { module: "", date: "2026-12-31", reason: "year" });
    expect((await pages.get(`${base}/transaction-locking`)).text).toContain("31 Dec 2026");
    const refused = await pages.post(`${base}/invoices/${id}/void`);
    expect(refused.text).toContain("have been locked");
    expect(books().invoices.head(id)?.state).toBe("sent");
    await pages.post(`${base}/transaction-locking/unlock`, { module: "", reason: "" });
    expect(await pages.post(`${base}/invoices/${id}/void`)).toMatchObject({ status: 303 });
  });
});

describe("other records", () => {
  it("a contact is made inactive and active, and renamed", async () => {
    const [id = ""] = [...books().contacts.heads()][0] ?? [];
    await pages.post(`${base}/contacts/${id}/archive`);
    expect(books().contacts.head(id)?.active).toBe(false);
    await pages.post(`${base}/contacts/${id}/restore`);
    expect(books().contacts.head(id)?.active).toBe(true);
    await pages.post(`${base}/contacts/${id}/edit`, { contact_name: "By Hand Ltd" });
    expect(books().contacts.head(id)?.name).toBe("By Hand Ltd");
  });

  it("a lead and a deal are edited by the CRM's rules", async () => {
    const lead = /href="([^"]*\/leads\/\d+)"/.exec((await pages.get(`${base}/leads`)).text)?.[1] ?? "";
    expect(await pages.post(`${lead}/edit`, { Company: "By Hand Ltd" })).toMatchObject({ status: 303 });
    expect((await pages.get(lead)).text).toContain("By Hand Ltd");
    expect(await pages.post(`${lead}/edit`, { Email: "no address" })).toMatchObject({ status: 422 });
    const deal = /href="([^"]*\/deals\/\d+)"/.exec((await pages.get(`${base}/deals`)).text)?.[1] ?? "";
    expect(await pages.post(`${deal}/edit`, { Amount: "1234.5" })).toMatchObject({ status: 303 });
    expect((await pages.get(deal)).text).toContain("1,234.50");
  });

  it("an expense report goes its way from draft to reimbursed", async () => {
    const list = await pages.get(`${base}/expense-reports`);
    const report = linkNamed(list, "ER-00004");
    for (const step of ["submit", "approve", "reimburse"])
      expect(await pages.post(`${report}/${step}`)).toMatchObject({ status: 303 });
    expect((await pages.get(report)).text).toContain("Reimbursed");
  });
});
