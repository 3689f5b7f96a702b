/**
 * The collections of purchases, orders, journals and of what hangs on any document, as part of the books of
 * a context. Comments and attachments are kept under the id of their document.
 */
import type { Collection } from "@/sandbox/kit/types";
import type {
  StoredAttachment,
  StoredComment,
  StoredExpense,
  StoredJournal,
  StoredTrade,
  StoredVendorPayment,
  TradeHeader,
} from "./records";

/** As in open-books.ts, which opens them. */
type Table<Body, Header> = Collection<Body, Header> & { readonly version: number };

export interface TradeTables {
  readonly bills: Table<StoredTrade, TradeHeader>;
  readonly purchaseOrders: Table<StoredTrade, TradeHeader>;
  readonly salesOrders: Table<StoredTrade, TradeHeader>;
  readonly vendorCredits: Table<StoredTrade, TradeHeader>;
  readonly estimates: Table<StoredTrade, TradeHeader>;
  readonly vendorPayments: Table<StoredVendorPayment, StoredVendorPayment>;
  readonly expenses: Table<StoredExpense, StoredExpense>;
  readonly journals: Table<StoredJournal, StoredJournal>;
  readonly comments: Table<readonly StoredComment[], null>;
  /** Order by the id of one of its lines. */
  readonly orderOfLine: Table<string, null>;
  /** The header is the name of the newest. */
  readonly attachments: Table<readonly StoredAttachment[], string>;
}

type OpenTable = <Body, Header>(name: string, header: (body: Body) => Header) => Table<Body, Header>;

/** Opens the tables of this file; `open` gives a table of the context. */
export function openTradeTables(open: OpenTable): TradeTables {
  const whole = <Body>(name: string): Table<Body, Body> => open(name, (body: Body) => body);
  const documents = (name: string): Table<StoredTrade, TradeHeader> => open(name, tradeHeader);
  return {
    bills: documents("bills"),
    purchaseOrders: documents("purchaseorders"),
    salesOrders: documents("salesorders"),
    vendorCredits: documents("vendorcredits"),
    estimates: documents("estimates"),
    vendorPayments: whole<StoredVendorPayment>("vendorpayments"),
    expenses: whole<StoredExpense>("expenses"),
    journals: whole<StoredJournal>("journals"),
    orderOfLine: open("order-of-line", () => null),
    comments: open("comments", () => null),
    attachments: open("attachments", (files: readonly StoredAttachment[]) => files.at(-1)?.name ?? ""),
  };
}

function tradeHeader(document: StoredTrade): TradeHeader {
  const { number, reference, customerId, date, dueDate, deliveryDate, state, subTotal, total } = document;
  const { paid, credited, refunded, linkedIds, fulfilment, currencyCode, exchangeRate } = document;
  const { customFields, emailed, created, modified } = document;
  return {
    ...{ number, reference, customerId, date, dueDate, deliveryDate, state, subTotal, total },
    ...{ paid, credited, refunded, linkedIds, fulfilment, currencyCode, exchangeRate },
    ...{ customFields, emailed, created, modified },
  };
}
