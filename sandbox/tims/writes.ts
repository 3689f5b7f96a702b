/**
 * What an app may change in the simulated TIMS: customers, vendors, items and payments of receivables. An `externalId` is
 * the app's own and unique within its kind; there is no idempotency key.
 */
import { z } from "zod";
import { Decimal } from "@/lib/kernel/decimal";
import { jsonAnswer, readJson } from "@/sandbox/kit/answers";
import type { SandboxRequest, SandboxResponse } from "@/sandbox/kit/types";
import { refuse } from "./answers";
import type { TimsBooks } from "./open-books";
import { RESOURCES, type ResourceName, type Row } from "./records";

const NAME_CHARACTERS_MAX = 100;

const partySchema = z.looseObject({ name: z.string().min(1).max(NAME_CHARACTERS_MAX) });
const itemSchema = z.looseObject({ sku: z.string().min(1).max(30), description: z.string().min(1) });
const paymentSchema = z.looseObject({
  date: z.iso.date(),
  amount: z.coerce.number().positive(),
  externalId: z.string().default(""),
});

/** A write to a path of the resource; null where TIMS takes none there. */
export function answerWrite(
  books: TimsBooks,
  name: ResourceName,
  rest: readonly string[],
  request: SandboxRequest,
): SandboxResponse | null {
  const body = readJson(request);
  const [id = "", act = ""] = rest;
  if (name === "customers" || name === "vendors" || name === "items") {
    if (request.method === "POST" && rest.length === 0) return create(books, name, body);
    if (request.method === "PUT" && rest.length === 1) return update(books, name, id, body);
    return null;
  }
  if (request.method !== "POST" || rest.length !== 2) return null;
  if (name === "invoices" && act === "payments") return pay(books, id, body);
  return name === "receipts" && act === "void" ? voidReceipt(books, id) : null;
}

type Changeable = "customers" | "vendors" | "items";

const schemaOf = (name: Changeable) => (name === "items" ? itemSchema : partySchema);

function create(books: TimsBooks, name: Changeable, body: unknown): SandboxResponse {
  const read = schemaOf(name).safeParse(body);
  if (!read.success) return invalid(read.error);
  const fields: Readonly<Record<string, unknown>> = read.data;
  const refusal = duplicate(books, name, fields, null);
  if (refusal !== null) return refusal;
  const id = books.put(name, { active: true, ...fields });
  return jsonAnswer(201, { data: books.table(name).get(id) });
}

function update(books: TimsBooks, name: Changeable, id: string, body: unknown): SandboxResponse {
  const present = books.table(name).get(id);
  if (present === undefined) return refuse(404, "NOT_FOUND", "There is no such record.");
  const read = schemaOf(name).safeParse({ ...present, ...(typeof body === "object" ? body : {}) });
  if (!read.success) return invalid(read.error);
  const { modifiedOn: _before, ...fields } = read.data;
  const refusal = duplicate(books, name, fields, id);
  if (refusal !== null) return refusal;
  books.put(name, { ...fields, [RESOURCES[name].idField]: id });
  return jsonAnswer(200, { data: books.table(name).get(id) });
}

function duplicate(
  books: TimsBooks,
  name: ResourceName,
  fields: Readonly<Record<string, unknown>>,
  own: string | null,
): SandboxResponse | null {
  const same = (key: string): boolean =>
    String(fields[key] ?? "") !== "" &&
    [...books.table(name).heads()].some(
      ([id]) =>
        id !== own &&
        String(books.table(name).get(id)?.[key] ?? "").toLowerCase() === String(fields[key]).toLowerCase(),
    );
  if (same("externalId")) return refuse(409, "DUPLICATE_EXTERNAL_ID", "This external id is taken.");
  if (name !== "receipts" && same(name === "items" ? "sku" : "name"))
    return refuse(409, "DUPLICATE_NAME", "A record of this name is there already.");
  return null;
}

function invalid(error: z.ZodError): SandboxResponse {
  const [issue] = error.issues;
  return refuse(422, "VALIDATION", `${issue?.path.join(".") ?? "body"}: ${issue?.message ?? "not valid"}`);
}

const amount = (row: Row, key: string): Decimal => new Decimal(String(row[key] ?? 0));

/** Records money received on one invoice. */
function pay(books: TimsBooks, invoiceId: string, body: unknown): SandboxResponse {
  const invoice = books.table("invoices").get(invoiceId);
  if (invoice === undefined) return refuse(404, "NOT_FOUND", "There is no such invoice.");
  const read = paymentSchema.safeParse(body);
  if (!read.success) return invalid(read.error);
  const refusal = duplicate(books, "receipts", read.data, null);
  if (refusal !== null) return refusal;
  const closed = closedThrough(books);
  if (closed !== null && read.data.date <= closed)
    return refuse(409, "PERIOD_CLOSED", `The period up to ${closed} is closed.`);
  const balance = amount(invoice, "balance").minus(read.data.amount);
  if (balance.isNegative())
    return refuse(422, "OVERPAYMENT", "The amount is more than what is open of the invoice.");
  settle(books, invoice, balance);
  const {
    customerId,
    customerName,
    currency,
    exchangeRate,
    invoiceNumber,
    salesOrderId = null,
    orderNumber = null,
  } = invoice;
  const id = books.nextId();
  books.put("receipts", {
    ...read.data,
    ...{ paymentId: id, paymentNumber: `RC-${id}`, customerId, customerName, currency, exchangeRate },
    status: "Posted",
    applications: [{ invoiceId, invoiceNumber, salesOrderId, orderNumber, amount: read.data.amount }],
  });
  return jsonAnswer(201, { data: books.table("receipts").get(id) });
}

function voidReceipt(books: TimsBooks, id: string): SandboxResponse {
  const receipt = books.table("receipts").get(id);
  if (receipt === undefined) return refuse(404, "NOT_FOUND", "There is no such payment.");
  if (receipt.status === "Void") return refuse(409, "ALREADY_VOID", "The payment is void already.");
  const closed = closedThrough(books);
  if (closed !== null && String(receipt.date) <= closed)
    return refuse(409, "PERIOD_CLOSED", `The period up to ${closed} is closed.`);
  const applications = Array.isArray(receipt.applications) ? receipt.applications : [];
  for (const { invoiceId, amount: applied } of applications) {
    const invoice = books.table("invoices").get(String(invoiceId));
    if (invoice !== undefined) settle(books, invoice, amount(invoice, "balance").plus(String(applied)));
  }
  const { modifiedOn: _before, ...rest } = receipt;
  books.put("receipts", { ...rest, status: "Void" });
  return jsonAnswer(200, { data: books.table("receipts").get(id) });
}

/** The invoice with another balance, and its order with it. */
function settle(books: TimsBooks, { modifiedOn: _before, ...invoice }: Row, balance: Decimal): void {
  const status = balance.isZero() ? "Paid" : "Open";
  books.put("invoices", { ...invoice, balance: balance.toNumber(), status });
  const order = books.table("salesOrders").get(String(invoice.salesOrderId ?? ""));
  if (order === undefined) return;
  const { modifiedOn: _ofOrder, ...rest } = order;
  books.put("salesOrders", rest);
}

function closedThrough(books: TimsBooks): string | null {
  const [first] = books.table("companies").heads();
  const closed = first === undefined ? null : books.table("companies").get(first[0])?.closedThrough;
  return typeof closed === "string" ? closed : null;
}
