/**
 * A company of 100,000 customers and 1,000,000 sales invoices that nobody has written: each record is a pure
 * function of its number, so that the company is there at once and a record is computed when it is asked for.
 * Both vendors show the same customers and invoices. Amounts are whole pence; nothing is paid, so that no
 * payment need exist.
 */

export interface BigCompany {
  readonly contacts: number;
  readonly invoices: number;
}

export const BIG_CONTACTS = 100_000;
export const BIG_INVOICES = 1_000_000;

const FIRST_INVOICE_MS = Date.parse("2024-07-01T08:00:00Z");
/** Two years of invoices at the real size. */
const BETWEEN_INVOICES_MS = 63_000;
const FIRST_CONTACT_MS = Date.parse("2024-06-03T08:00:00Z");
const BETWEEN_CONTACTS_MS = 20_000;
const DUE_DAYS = 30;
const DAY_MS = 86_400_000;
const TAX_PERCENT = 20;

export type BigStatus = "draft" | "approved" | "void";

export interface BigLine {
  readonly description: string;
  readonly quantity: number;
  readonly unitPence: number;
  readonly netPence: number;
  readonly taxPence: number;
}

/** What lists need of an invoice. */
export interface BigInvoiceHead {
  readonly contact: number;
  readonly number: string;
  readonly createdMs: number;
  /** YYYY-MM-DD */
  readonly date: string;
  readonly dueDate: string;
  readonly status: BigStatus;
  readonly netPence: number;
  readonly taxPence: number;
}

const GOODS = [
  "Gift box, large",
  "Gift box, small",
  "Ribbon by the metre",
  "Wrapping paper, ten sheets",
  "Candle, sea salt",
  "Mug, harbour view",
  "Tea towel, striped",
];

export function bigContact(number: number) {
  const digits = String(number + 1).padStart(6, "0");
  return {
    name: `Customer ${digits} Ltd`,
    email: `accounts@customer-${digits}.test`,
    createdMs: FIRST_CONTACT_MS + number * BETWEEN_CONTACTS_MS,
  };
}

/** The number of a customer by its name in any case; null when it is none of these. */
export function bigContactOfName(company: BigCompany, name: string): number | null {
  return within(/^customer (\d{6}) ltd$/i.exec(name)?.[1], company.contacts);
}

export function bigInvoiceHead(company: BigCompany, number: number): BigInvoiceHead {
  const createdMs = FIRST_INVOICE_MS + number * BETWEEN_INVOICES_MS;
  const day = Math.floor(createdMs / DAY_MS);
  let netPence = 0;
  let taxPence = 0;
  for (let line = 0; line < lineCount(number); line += 1) {
    const net = quantityOf(number, line) * unitPenceOf(number, line);
    netPence += net;
    taxPence += taxOf(net);
  }
  return {
    contact: number % company.contacts,
    number: `BIG-${String(number + 1).padStart(7, "0")}`,
    createdMs,
    date: dayText(day),
    dueDate: dayText(day + DUE_DAYS),
    status: statusOf(number),
    netPence,
    taxPence,
  };
}

/** The number of an invoice by its invoice number in any case; null when it is none of these. */
export function bigInvoiceOfNumber(company: BigCompany, number: string): number | null {
  return within(/^big-(\d{7})$/i.exec(number)?.[1], company.invoices);
}

export function bigLines(number: number): readonly BigLine[] {
  return Array.from({ length: lineCount(number) }, (_, line) => {
    const quantity = quantityOf(number, line);
    const unitPence = unitPenceOf(number, line);
    const netPence = quantity * unitPence;
    const description = GOODS[mix(number * 8 + line) % GOODS.length] ?? "";
    return { description, quantity, unitPence, netPence, taxPence: taxOf(netPence) };
  });
}

/** The invoices of a customer, in ascending order. */
export function bigInvoicesOf(company: BigCompany, contact: number): readonly number[] {
  const numbers: number[] = [];
  for (let number = contact; number < company.invoices; number += company.contacts) numbers.push(number);
  return numbers;
}

/** Net and tax of the approved invoices by day, in pence: one pass over all, for whoever keeps a ledger. */
export function bigTotalsByDay(
  company: BigCompany,
  isStillDerived: (number: number) => boolean = () => true,
): ReadonlyMap<string, { readonly netPence: number; readonly taxPence: number; readonly invoices: number }> {
  const totals = new Map<string, { netPence: number; taxPence: number; invoices: number }>();
  for (let number = 0; number < company.invoices; number += 1) {
    if (statusOf(number) !== "approved" || !isStillDerived(number)) continue;
    const { date, netPence, taxPence } = bigInvoiceHead(company, number);
    const day = totals.get(date) ?? { netPence: 0, taxPence: 0, invoices: 0 };
    totals.set(date, day);
    day.netPence += netPence;
    day.taxPence += taxPence;
    day.invoices += 1;
  }
  return totals;
}

/** "1234.5" of 123450 pence: decimal text without trailing zeros, as the records keep amounts. */
export function pounds(pence: number): string {
  const whole = Math.floor(pence / 100);
  const rest = pence % 100;
  if (rest === 0) return String(whole);
  return rest % 10 === 0 ? `${whole}.${rest / 10}` : `${whole}.${rest < 10 ? "0" : ""}${rest}`;
}

const lineCount = (number: number): number => 1 + (mix(number) % 3);
const quantityOf = (number: number, line: number): number => 1 + (mix(number * 8 + line + 3) % 9);
const unitPenceOf = (number: number, line: number): number => 250 + (mix(number * 8 + line + 5) % 24_750);
/** Half a penny goes up, line by line. */
const taxOf = (netPence: number): number => Math.floor((netPence * TAX_PERCENT + 50) / 100);

function statusOf(number: number): BigStatus {
  if (number % 50 === 13) return "void";
  return number % 20 === 7 ? "draft" : "approved";
}

function within(digits: string | undefined, count: number): number | null {
  const number = Number(digits ?? 0) - 1;
  return number >= 0 && number < count ? number : null;
}

const days = new Map<number, string>();

/** Every list shows days, and there are few of them. */
function dayText(day: number): string {
  const found = days.get(day);
  if (found !== undefined) return found;
  const text = new Date(day * DAY_MS).toISOString().slice(0, 10);
  days.set(day, text);
  return text;
}

/** An even spread of whole numbers over numbers that follow each other. */
function mix(number: number): number {
  let mixed = Math.imul(number ^ (number >>> 16), 0x45d9f3b);
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x45d9f3b);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
