/**
 * Types records into the simulated TIMS with its arithmetic (tax a line, rounded, then summed) and none of its refusals, for
 * seeds and tests.
 */
import { Decimal } from "@/lib/kernel/decimal";
import type { SandboxContext } from "@/sandbox/kit/types";
import { openTimsBooks, type TimsBooks } from "./open-books";
import type { ResourceName } from "./records";

export const TIMS_COMPANY_ID = "SGW";
const CURRENCY = "GBP";

export interface LineInput {
  readonly sku?: string;
  readonly description: string;
  readonly quantity: string;
  readonly unitPrice: string;
  readonly taxCode: string;
  readonly accountCode: string;
  readonly dimensions?: Readonly<Record<string, string>>;
  /** The whole quantity where absent. */
  readonly shippedQuantity?: string;
}

export interface DocumentInput {
  readonly lines: readonly LineInput[];
  readonly [field: string]: unknown;
}

const number = (value: Decimal): number => value.toNumber();

export function timsDesk(context: SandboxContext) {
  const books = openTimsBooks(context);
  const rateOf = (taxCode: string): Decimal =>
    new Decimal(String(books.table("taxCodes").get(taxCode)?.rate ?? 0));

  function compose({ lines: given, ...fields }: DocumentInput) {
    const lines = given.map((line, index) => {
      const amount = new Decimal(line.quantity).times(line.unitPrice).toDecimalPlaces(2);
      const taxRate = rateOf(line.taxCode);
      return {
        lineId: String(index + 1),
        sku: line.sku ?? null,
        description: line.description,
        quantity: number(new Decimal(line.quantity)),
        shippedQuantity: number(new Decimal(line.shippedQuantity ?? line.quantity)),
        unitPrice: number(new Decimal(line.unitPrice)),
        amount: number(amount),
        taxCode: line.taxCode,
        taxRate: number(taxRate),
        taxAmount: number(amount.times(taxRate).dividedBy(100).toDecimalPlaces(2)),
        accountCode: line.accountCode,
        dimensions: Object.entries(line.dimensions ?? {}).map(([dimensionCode, valueCode]) => ({
          dimensionCode,
          valueCode,
        })),
      };
    });
    const total = (key: "amount" | "taxAmount"): Decimal =>
      lines.reduce((sum, line) => sum.plus(line[key]), new Decimal(0));
    const subtotal = total("amount");
    const taxTotal = total("taxAmount");
    return {
      ...{ currency: CURRENCY, exchangeRate: 1, lines },
      ...{ subtotal: number(subtotal), taxTotal: number(taxTotal), total: number(subtotal.plus(taxTotal)) },
      ...fields,
    };
  }

  const nameOf = (name: "customers" | "vendors", id: string): unknown => books.table(name).get(id)?.name;

  /** An invoice of a whole order, or of its own. Answers its id. */
  function addInvoice(
    input: DocumentInput & { readonly customerId: string; readonly invoiceNumber: string },
  ) {
    const composed = compose(input);
    const id = books.put("invoices", {
      ...{ status: "Open", balance: composed.total, customerName: nameOf("customers", input.customerId) },
      ...composed,
    });
    return id;
  }

  /** Links an invoice to its order, as TIMS does when it invoices a shipment. */
  function invoiceOrder(
    salesOrderId: string,
    invoiceNumber: string,
    change: { readonly total?: number } = {},
  ): string {
    const order = books.table("salesOrders").get(salesOrderId);
    if (order === undefined) throw new Error(`there is no order ${salesOrderId}`);
    const { modifiedOn: _before, invoices: _none, status: _status, ...fields } = order;
    const total = change.total ?? Number(order.total);
    const id = books.put("invoices", {
      ...fields,
      ...{ invoiceNumber, date: order.shippedDate, dueDate: order.shippedDate, status: "Open" },
      ...{ total, balance: total },
    });
    books.put("salesOrders", {
      ...{ ...order, modifiedOn: books.stamp() },
      invoices: [{ invoiceId: id, invoiceNumber, total }],
    });
    return id;
  }

  return {
    books,
    put: (name: ResourceName, row: Readonly<Record<string, unknown>>): string => books.put(name, row),
    /** The row with some fields changed, as a person's edit. */
    change(name: ResourceName, id: string, fields: Readonly<Record<string, unknown>>): void {
      books.put(name, { ...books.table(name).get(id), modifiedOn: books.stamp(), ...fields });
    },
    compose,
    addInvoice,
    invoiceOrder,
    addOrder: (
      input: DocumentInput & { readonly customerId: string; readonly orderNumber: string },
    ): string =>
      books.put("salesOrders", {
        ...{ status: "Shipped", invoices: [], customerName: nameOf("customers", input.customerId) },
        ...compose(input),
      }),
    addBill: (input: DocumentInput & { readonly vendorId: string; readonly billNumber: string }): string => {
      const composed = compose(input);
      return books.put("bills", {
        ...{ status: "Open", balance: composed.total, vendorName: nameOf("vendors", input.vendorId) },
        ...composed,
      });
    },
    /** A vendor's bill of an order that was received, whole unless another total is typed. */
    billOrder(purchaseOrderId: string, billNumber: string, change: { readonly total?: number } = {}): string {
      const order = books.table("purchaseOrders").get(purchaseOrderId);
      if (order === undefined) throw new Error(`there is no order ${purchaseOrderId}`);
      const { modifiedOn: _before, bills: _none, status: _status, ...fields } = order;
      const total = change.total ?? Number(order.total);
      const date = order.receivedDate ?? order.orderDate;
      const dated = { date, dueDate: date, status: "Open", total, balance: total };
      const billId = books.put("bills", { ...fields, purchaseOrderId, billNumber, ...dated });
      const bills = [{ billId, billNumber, total }];
      books.put("purchaseOrders", { ...order, status: "Billed", modifiedOn: books.stamp(), bills });
      return billId;
    },
    addPurchaseOrder: (
      input: DocumentInput & { readonly vendorId: string; readonly orderNumber: string },
    ): string =>
      books.put("purchaseOrders", {
        ...{ status: "Open", vendorName: nameOf("vendors", input.vendorId) },
        ...compose(input),
      }),
    /** A credit for a customer, set against invoices by id with the amount of each. */
    addCreditMemo: (input: CreditInput & { readonly creditMemoNumber: string }): string =>
      credit(books, "receipts", input, compose),
    /** A vendor's credit, set against bills. */
    addVendorCredit: (input: CreditInput & { readonly creditNumber: string }): string =>
      credit(books, "disbursements", input, compose),
    /** Money received, on invoices by id with the amount of each. */
    receive: (payment: MoneyInput): string => settle(books, "receipts", payment),
    /** Money paid, on bills. */
    disburse: (payment: MoneyInput): string => settle(books, "disbursements", payment),
  };
}

export interface MoneyInput {
  readonly partyId: string;
  readonly paymentNumber: string;
  readonly date: string;
  readonly amount: string;
  readonly bankAccountCode: string;
  readonly reference?: string;
  readonly applied: readonly (readonly [documentId: string, amount: string])[];
}

const SIDES = {
  receipts: {
    documents: "invoices",
    credits: "creditMemos",
    id: "invoiceId",
    number: "invoiceNumber",
    party: "customers",
    orderId: "salesOrderId",
    partyId: "customerId",
    partyName: "customerName",
  },
  disbursements: {
    documents: "bills",
    credits: "vendorCredits",
    id: "billId",
    number: "billNumber",
    party: "vendors",
    orderId: "purchaseOrderId",
    partyId: "vendorId",
    partyName: "vendorName",
  },
} as const;

export interface CreditInput extends DocumentInput {
  readonly partyId: string;
  readonly date: string;
  readonly applied: readonly (readonly [documentId: string, amount: string])[];
}

/** A credit with what it was set against, which lowers what is open there; the rest stays open of the credit. */
function credit(
  books: TimsBooks,
  name: keyof typeof SIDES,
  { partyId, applied, lines, ...fields }: CreditInput,
  compose: (input: DocumentInput) => Readonly<Record<string, unknown>>,
): string {
  const side = SIDES[name];
  const composed = compose({ lines });
  const applications = apply(books, name, applied);
  const used = applied.reduce((sum, [, amount]) => sum.plus(amount), new Decimal(0));
  const balance = number(new Decimal(String(composed.total)).minus(used));
  return books.put(side.credits, {
    ...{ ...composed, applications, balance, status: balance === 0 ? "Applied" : "Open" },
    ...{ [side.partyId]: partyId, [side.partyName]: books.table(side.party).get(partyId)?.name, ...fields },
  });
}

/** Lowers what is open of documents; answers what was set against each. */
function apply(
  books: TimsBooks,
  name: keyof typeof SIDES,
  applied: readonly (readonly [documentId: string, amount: string])[],
): readonly Readonly<Record<string, unknown>>[] {
  const side = SIDES[name];
  return applied.map(([documentId, amount]) => {
    const document = books.table(side.documents).get(documentId);
    const balance = new Decimal(String(document?.balance ?? 0)).minus(amount);
    books.put(side.documents, {
      ...{ ...document, modifiedOn: books.stamp() },
      ...{ balance: number(balance), status: balance.isZero() ? "Paid" : "Open" },
    });
    const orderNumber = document?.orderNumber ?? null;
    return {
      [side.id]: documentId,
      [side.number]: document?.[side.number],
      ...{ [side.orderId]: document?.[side.orderId] ?? null, orderNumber },
      amount: Number(amount),
    };
  });
}

function settle(books: TimsBooks, name: keyof typeof SIDES, payment: MoneyInput): string {
  const side = SIDES[name];
  const applications = apply(books, name, payment.applied);
  const { partyId, paymentNumber, date, bankAccountCode, reference = "" } = payment;
  return books.put(name, {
    ...{ paymentNumber, date, bankAccountCode, reference, applications, status: "Posted" },
    ...{ amount: Number(payment.amount), currency: CURRENCY, exchangeRate: 1 },
    [side.partyId]: partyId,
    [side.partyName]: books.table(side.party).get(partyId)?.name,
  });
}

export type TimsDesk = ReturnType<typeof timsDesk>;
