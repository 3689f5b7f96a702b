import { z } from "zod";
import { Decimal } from "@/lib/kernel/decimal";
import { invariant } from "@/lib/kernel/invariant";
import { ZOHO_ORGANIZATION_ID } from "@/sandbox/seed/zoho-reference-data";
import { ZOHO_CLIENT } from "@/sandbox/zoho/accounts/oauth";
import {
  type Answer,
  answerSchema,
  type Desk,
  fieldOf,
  foreignCurrency,
  idByName,
  share,
} from "./desk-calls";
import type { ChangePlan, CompanyPlan, DocumentPlan } from "./plan-company";
import { writePurchases } from "./source-purchases";

/** Zoho Books as the firm's own desk works in it, over its API: it fills a trial's company and changes it later. */
export interface SourceDesk extends Desk {
  write(plan: CompanyPlan): Promise<void>;
  change(plan: ChangePlan): Promise<void>;
}

const tokenSchema = z.object({ access_token: z.string() });
const REDIRECT_URI = "http://localhost:3999/callback";

export async function openSourceDesk(origin: string): Promise<SourceDesk> {
  const accounts = `${origin}/zoho/eu/accounts/oauth/v2`;
  const consent = await fetch(`${accounts}/auth`, {
    method: "POST",
    redirect: "manual",
    body: new URLSearchParams({
      response_type: "code",
      client_id: ZOHO_CLIENT.clientId,
      redirect_uri: REDIRECT_URI,
      scope: "ZohoBooks.fullaccess.all",
      state: "desk",
      access_type: "offline",
      decision: "accept",
    }),
  });
  const code = new URL(consent.headers.get("location") ?? "http://none/").searchParams.get("code") ?? "";
  const exchange = await fetch(`${accounts}/token`, {
    method: "POST",
    body: new URLSearchParams({
      grant_type: "authorization_code",
      code,
      redirect_uri: REDIRECT_URI,
      client_id: ZOHO_CLIENT.clientId,
      client_secret: ZOHO_CLIENT.clientSecret,
    }),
  });
  const token = tokenSchema.parse(await exchange.json()).access_token;

  async function call(method: string, path: string, body?: object): Promise<Answer> {
    const url = new URL(`${origin}/zoho/eu/api/books/v3${path}`);
    url.searchParams.set("organization_id", ZOHO_ORGANIZATION_ID);
    const answer = await fetch(url, {
      method,
      headers: { authorization: `Zoho-oauthtoken ${token}`, "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`Zoho Books refused ${method} ${path}: ${await answer.text()}`);
    return answerSchema.parse(await answer.json());
  }
  async function list(path: string, key: string): Promise<Answer[]> {
    const rows: Answer[] = [];
    for (let page = 1; ; page += 1) {
      const answer = await call("GET", `${path}?page=${page}&per_page=200`);
      rows.push(...z.array(answerSchema).parse(answer[key]));
      if (!z.object({ has_more_page: z.boolean() }).parse(answer.page_context).has_more_page) return rows;
    }
  }
  const desk = { call, list };
  return { ...desk, write: (plan) => writeCompany(desk, plan), change: (plan) => changeCompany(desk, plan) };
}

async function writeCompany(desk: Desk, plan: CompanyPlan): Promise<void> {
  const tax = await idByName(desk, "/settings/taxes", "taxes", "tax_name", "tax_id");
  const bank = await idByName(desk, "/chartofaccounts", "chartofaccounts", "account_name", "account_id");
  const currencyId = await foreignCurrency(desk);
  const contactIds: string[] = [];
  for (const { name, email, isForeign } of plan.contacts) {
    const made = await desk.call("POST", "/contacts", {
      contact_name: name,
      contact_type: "customer",
      contact_persons: [{ first_name: "Ann", last_name: name, email, is_primary_contact: true }],
      ...(isForeign ? { currency_id: currencyId } : {}),
    });
    contactIds.push(fieldOf(made, "contact", "contact_id"));
  }
  const itemIds: string[] = [];
  for (const { sku, name, rate, isZeroRated } of plan.items) {
    const tax_id = tax(isZeroRated ? "Zero rated" : "Standard rate");
    const made = await desk.call("POST", "/items", { name, sku, rate: Number(rate), tax_id });
    itemIds.push(fieldOf(made, "item", "item_id"));
  }
  const bodyOf = ({ contact, date, lines }: DocumentPlan) => ({
    customer_id: contactIds[contact],
    date,
    line_items: lines.map(({ item, rate, quantity, isZeroRated }) => ({
      ...(item === null ? { description: "Work by the hour" } : { item_id: itemIds[item] }),
      rate: Number(rate),
      quantity,
      tax_id: tax(
        plan.contacts[contact]?.isForeign
          ? "Zero rated export"
          : isZeroRated
            ? "Zero rated"
            : "Standard rate",
      ),
    })),
  });
  const invoices: { readonly id: string; open: Decimal }[] = [];
  for (const document of plan.invoices) {
    const body = { invoice_number: document.number, ...bodyOf(document) };
    const made = await desk.call("POST", "/invoices?ignore_auto_number_generation=true", body);
    const id = fieldOf(made, "invoice", "invoice_id");
    await desk.call("POST", `/invoices/${id}/status/sent`);
    invoices.push({ id, open: new Decimal(fieldOf(made, "invoice", "total")) });
  }
  const notes: { readonly id: string; open: Decimal }[] = [];
  for (const document of plan.creditNotes) {
    const body = { creditnote_number: document.number, ...bodyOf(document) };
    const made = await desk.call("POST", "/creditnotes?ignore_auto_number_generation=true", body);
    notes.push({
      id: fieldOf(made, "creditnote", "creditnote_id"),
      open: new Decimal(fieldOf(made, "creditnote", "total")),
    });
  }
  for (const { note: noteIndex, invoice: invoiceIndex, percent } of plan.allocations) {
    const [note, invoice] = [notes[noteIndex], invoices[invoiceIndex]];
    invariant(note && invoice, "an allocation is of a note and an invoice of the plan");
    const amount = share(Decimal.min(note.open, invoice.open), percent);
    if (!amount.greaterThan(0)) continue;
    await desk.call("POST", `/creditnotes/${note.id}/invoices`, {
      invoices: [{ invoice_id: invoice.id, amount_applied: amount.toNumber() }],
    });
    note.open = note.open.minus(amount);
    invoice.open = invoice.open.minus(amount);
  }
  for (const payment of plan.payments) {
    const applied = payment.invoices.flatMap(({ invoice: index, percent }) => {
      const invoice = invoices[index];
      const amount = share(invoice?.open ?? new Decimal(0), percent);
      if (!invoice || !amount.greaterThan(0)) return [];
      invoice.open = invoice.open.minus(amount);
      return [{ invoice_id: invoice.id, amount_applied: amount.toNumber() }];
    });
    const amount = applied
      .reduce((sum, one) => sum.plus(one.amount_applied), new Decimal(payment.excess))
      .toNumber();
    if (amount === 0) continue;
    await desk.call("POST", "/customerpayments", {
      payment_number: payment.number,
      customer_id: contactIds[payment.contact],
      date: payment.date,
      payment_mode: "banktransfer",
      amount,
      account_id: bank("Business Bank Account"),
      ...(applied.length === 0 ? {} : { invoices: applied }),
    });
  }
  if (plan.purchases !== null) await writePurchases(desk, plan.purchases);
}

async function changeCompany(desk: Desk, plan: ChangePlan): Promise<void> {
  const before = await desk.list("/invoices", "invoices");
  const unsettled = before.filter((row) => row.balance === row.total && row.status !== "void");
  const owed = plan.more.purchases === null ? [] : await desk.list("/bills", "bills");
  await writeCompany(desk, plan.more);
  const [first, second] = unsettled;
  if (plan.voids && first) await desk.call("POST", `/invoices/${String(first.invoice_id)}/status/void`);
  const bill = owed.find((row) => row.balance === row.total && row.status !== "void");
  if (plan.voids && bill) await desk.call("POST", `/bills/${String(bill.bill_id)}/status/void`);
  if (plan.edits && second)
    await desk.call("PUT", `/invoices/${String(second.invoice_id)}`, { reference_number: "changed later" });
}
