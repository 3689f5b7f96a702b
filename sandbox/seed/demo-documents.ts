/**
 * The everyday documents of the demo company from July to October 2026: invoices in three currencies, parts
 * paid and paid in full, drafts and void ones, credit notes. The same in every run.
 */
import { Decimal, decimal, decimalText } from "@/lib/kernel/decimal";
import { invariant } from "@/lib/kernel/invariant";
import type { AppliedTag } from "@/sandbox/zoho/books/records";
import { creditBalance, invoiceBalance } from "@/sandbox/zoho/books/settle";
import { exchangeRateOn, type LineInput } from "@/sandbox/zoho/books/write-document";
import { type DemoCustomer, REGULAR_CUSTOMERS, type Region } from "./demo-customers";
import { DEMO_PRODUCTS } from "./demo-products";
import { plusDays, type ZohoSeed } from "./zoho-organisation";
import { STANDARD_RATE, ZERO_RATED, ZERO_RATED_EXPORT } from "./zoho-reference-data";

export interface DemoWriter {
  readonly zoho: ZohoSeed;
  readonly itemIds: readonly string[];
  customerId(customer: DemoCustomer): string;
  tags(region: Region): readonly AppliedTag[];
}

interface Written {
  readonly id: string;
  readonly customer: DemoCustomer;
  readonly date: string;
}

const FIRST_DAY = "2026-07-01";
const DAYS = 118;
const INVOICES = 78;
const FIRST_NUMBER = 1001;

/** Writes invoices INV-1001 to INV-1078 with their payments and credit notes. */
export function writeEverydayDocuments(writer: DemoWriter): void {
  const random = repeatableNumbers(20_260_701);
  const open: Written[] = [];
  for (let index = 0; index < INVOICES; index += 1) {
    const customer = pick(
      REGULAR_CUSTOMERS,
      index < REGULAR_CUSTOMERS.length ? index : random(REGULAR_CUSTOMERS.length),
    );
    const date = plusDays(FIRST_DAY, Math.floor((index * DAYS) / INVOICES));
    const state = index % 26 === 25 ? "draft" : index % 39 === 20 ? "void" : "sent";
    const lines = Array.from({ length: 1 + random(5) }, () =>
      aLine(writer, customer, date, random(30), 1 + random(24)),
    );
    const number = `INV-${FIRST_NUMBER + index}`;
    const reference = index % 3 === 0 ? `PO ${4100 + index}` : "";
    const id = writer.zoho.addInvoice({
      number,
      customerId: writer.customerId(customer),
      date,
      lines,
      reference,
      state,
    });
    if (state === "sent" && !payEveryday(writer, { id, customer, date }, index))
      open.push({ id, customer, date });
  }
  writeCreditNotes(writer, open);
}

/** Five of ten in full, one in two parts, one in a first part; answers whether anything was paid. */
function payEveryday(writer: DemoWriter, { id, customer, date }: Written, index: number): boolean {
  const due = balanceOf(writer, id);
  const scale = customer.currency === "JPY" ? 0 : 2;
  const half = due.dividedBy(2).toDecimalPlaces(scale);
  const pay = (suffix: string, days: number, amount: Decimal): void => {
    const share = { invoiceId: id, amount: decimalText(amount) };
    writer.zoho.addPayment({
      number: `PAY-${FIRST_NUMBER + index}${suffix}`,
      customerId: writer.customerId(customer),
      date: plusDays(date, days),
      amount: share.amount,
      applied: [share],
      reference: `BACS ${88_000 + index}`,
    });
  };
  const turn = index % 10;
  if (turn <= 4) pay("", 9 + (index % 17), due);
  if (turn === 5) {
    pay("-1", 10, half);
    pay("-2", 24, due.minus(half));
  }
  if (turn === 6) pay("-1", 14, half);
  return turn <= 6;
}

/** Twelve credit notes: eight against open invoices, two unallocated, one draft, one void. */
function writeCreditNotes(writer: DemoWriter, open: readonly Written[]): void {
  for (let index = 0; index < 12; index += 1) {
    const invoice = open[index];
    invariant(invoice !== undefined, "there are open invoices enough for the credit notes");
    const [line] = writer.zoho.books.lines.get(invoice.id) ?? [];
    invariant(line !== undefined, "every invoice has a line");
    const date = plusDays(invoice.date, 12);
    const { id: _id, itemTotal: _total, ...returned } = line;
    const noteId = writer.zoho.addCreditNote({
      number: `CN-${201 + index}`,
      customerId: writer.customerId(invoice.customer),
      date,
      reference: writer.zoho.books.invoices.head(invoice.id)?.number ?? "",
      lines: [{ ...returned, quantity: "1", description: `Returned: ${line.description}` }],
      state: index === 10 ? "draft" : index === 11 ? "void" : "open",
    });
    if (index < 8) allocate(writer, noteId, invoice.id, date);
  }
}

function allocate({ zoho }: DemoWriter, noteId: string, invoiceId: string, date: string): void {
  const note = zoho.books.creditNotes.head(noteId);
  const invoice = zoho.books.invoices.head(invoiceId);
  invariant(note !== undefined && invoice !== undefined, "both were just written");
  zoho.applyCredit(
    noteId,
    invoiceId,
    decimalText(Decimal.min(creditBalance(note), invoiceBalance(invoice))),
    date,
  );
}

export function balanceOf({ zoho }: DemoWriter, invoiceId: string): Decimal {
  const invoice = zoho.books.invoices.head(invoiceId);
  invariant(invoice !== undefined, "the invoice was just written");
  return invoiceBalance(invoice);
}

/** A line of a product at its price in the customer's currency, with the tax of customer and product. */
export function aLine(
  { zoho, itemIds, tags }: DemoWriter,
  customer: DemoCustomer,
  date: string,
  productIndex: number,
  quantity: number,
): LineInput {
  const product = pick(DEMO_PRODUCTS, productIndex);
  const currency = customer.currency ?? "GBP";
  const price = decimal(product.price)
    .dividedBy(exchangeRateOn(zoho.books, currency, date))
    .toDecimalPlaces(currency === "JPY" ? 0 : 2);
  const home = product.zeroRated === true ? ZERO_RATED : STANDARD_RATE;
  return {
    itemId: pick(itemIds, productIndex),
    name: product.name,
    description: product.name,
    rate: decimalText(price),
    quantity: String(quantity),
    taxId: zoho.taxId(customer.currency === undefined ? home : ZERO_RATED_EXPORT),
    accountId: zoho.accountId("Sales"),
    tags: tags(customer.region),
  };
}

function pick<T>(list: readonly T[], index: number): T {
  const found = list[index % list.length];
  invariant(found !== undefined, "the list is not empty");
  return found;
}

/** Whole numbers below a bound, the same series for the same start (a linear congruence, as in glibc). */
function repeatableNumbers(start: number): (below: number) => number {
  let state = start;
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return (state >>> 8) % below;
  };
}
