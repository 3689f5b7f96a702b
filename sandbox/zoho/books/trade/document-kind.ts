/** What tells one kind of document from another, for the calls that document-calls.ts makes of it. */
import type { Decimal } from "@/lib/kernel/decimal";
import type { SandboxResponse } from "@/sandbox/kit/types";
import type { BooksCall } from "../answers";
import type { Books, Table } from "../open-books";
import type { StoredLine } from "../records";
import type { TradeBody } from "./document-body";
import type { StoredTrade, TradeHeader, TradeState } from "./records";
import type { RefusalName } from "./refusals";

export interface DocumentKind {
  readonly label: string;
  /** "bill": the document in an answer. */
  readonly key: string;
  /** "bills": the rows of a list. */
  readonly listKey: string;
  readonly reportName: string;
  readonly party: "vendor" | "customer";
  /** The section whose transaction locks hold for it; null for orders and estimates, which post nothing. */
  readonly lockModule: "sales" | "purchases" | null;
  /** How a number is made when none is given; null where Zoho makes none. */
  readonly numbering: { readonly prefix: string; readonly digits: number } | null;
  readonly numberKey:
    | "bill_number"
    | "purchaseorder_number"
    | "salesorder_number"
    | "vendor_credit_number"
    | "estimate_number";
  readonly table: (books: Books) => Table<StoredTrade, TradeHeader>;
  readonly firstState: (call: BooksCall) => TradeState;
  readonly messages: { readonly created: string; readonly updated: string; readonly deleted: string };
  readonly dueDate: (body: TradeBody, date: string, paymentTerms: number) => string | undefined;
  readonly deliveryDate: (body: TradeBody) => string | undefined;
  /** "overdue" and the like, from state, amounts and today. */
  readonly status: (call: BooksCall, header: TradeHeader) => string;
  readonly balance: (header: TradeHeader) => Decimal;
  readonly sortColumns: Readonly<Record<string, (header: TradeHeader, books: Books) => string | number>>;
  readonly row: (call: BooksCall, id: string, header: TradeHeader) => object;
  readonly full: (call: BooksCall, id: string, document: StoredTrade, lines: readonly StoredLine[]) => object;
  readonly whyNotEdited: (document: StoredTrade) => RefusalName | null;
  readonly whyNotDeleted: (document: StoredTrade) => RefusalName | null;
  /** Refuses what only this kind refuses, before anything is written. */
  readonly check: (
    call: BooksCall,
    id: string,
    document: StoredTrade,
    lines: readonly StoredLine[],
  ) => SandboxResponse | null;
  /** Called after a write, and with no lines after a deletion. */
  readonly afterWrite: (
    call: BooksCall,
    id: string,
    document: StoredTrade,
    lines: readonly StoredLine[],
    previousLines: readonly StoredLine[],
  ) => void;
}
