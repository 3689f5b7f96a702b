/**
 * Loads a folder of order files into the simulated Zoho Books: contacts, items, invoices, credit notes,
 * allocations and payments. Lines go to the store document by document; in memory stays one outline each.
 */
import { Decimal, decimal } from "@/lib/kernel/decimal";
import type { TaxRounding } from "@/sandbox/zoho/books/arithmetic";
import type { StoredDocument } from "@/sandbox/zoho/books/records";
import { composeDocument, type LineInput } from "@/sandbox/zoho/books/write-document";
import type { ZohoSeed } from "../zoho-organisation";
import {
  STANDARD_RATE,
  ZERO_RATED_EXPORT,
  ZOHO_BANK_ACCOUNT,
  ZOHO_ORGANIZATION_ID,
} from "../zoho-reference-data";
import { allocateCredits, type CreditAllocation, type DocumentOutline } from "./allocate-credits";
import { derivePayments } from "./derive-payments";
import type { OrderDocument, OrderLine } from "./order-document";
import type { RejectedLine } from "./order-lines";
import { type OrderFile, type OrderScan, readOrderDocuments, scanOrders } from "./scan-orders";
import { specialAccountOf } from "./stock-codes";
import { instantOf, writeDocuments } from "./write-documents";

export interface OrdersReport {
  /** Rows read, those of excluded numbers included, rejected ones not. */
  readonly lines: number;
  /** Different numbers among them. */
  readonly numbers: number;
  readonly invoices: number;
  readonly creditNotes: number;
  readonly payments: number;
  readonly contacts: number;
  readonly items: number;
  readonly allocations: number;
  readonly excluded: {
    readonly count: number;
    readonly reasons: Readonly<Record<string, number>>;
    /** The first numbers of each reason. */
    readonly sample: Readonly<Record<string, readonly string[]>>;
  };
  readonly rejected: readonly RejectedLine[];
}

const HOME_COUNTRY = "United Kingdom";
const ITEM_NAME_CHARACTERS_MAX = 100;
const EXCLUDED_SAMPLE = 10;

/** Reads the files twice and writes all records; the organisation must stand already. */
export async function loadOrders(seed: ZohoSeed, files: readonly OrderFile[]): Promise<OrdersReport> {
  const scan = await scanOrders(files);
  const loading = startLoading(seed, scan);
  let excludedCount = 0;
  const reasons: Record<string, number> = {};
  const sample: Record<string, string[]> = {};
  for await (const order of readOrderDocuments(files, scan)) {
    if (!order.excluded) {
      addDocument(loading, order.document);
      continue;
    }
    excludedCount += 1;
    reasons[order.reason] = (reasons[order.reason] ?? 0) + 1;
    sample[order.reason] = [...(sample[order.reason] ?? []), order.number].slice(0, EXCLUDED_SAMPLE);
  }
  const { payments, allocations } = finishLoading(loading);
  return {
    lines: scan.lines,
    numbers: scan.rowsByNumber.size,
    invoices: loading.outlines.filter(({ kind }) => kind === "invoice").length,
    creditNotes: loading.outlines.filter(({ kind }) => kind === "creditNote").length,
    payments,
    contacts: loading.contacts.size,
    items: loading.items.size,
    allocations,
    excluded: { count: excludedCount, reasons, sample },
    rejected: scan.rejected,
  };
}

interface LoadedItem {
  readonly id: string;
  readonly rate: string;
  readonly created: string;
}

/** What is known while the documents pass. */
interface Loading {
  readonly seed: ZohoSeed;
  readonly scan: OrderScan;
  readonly homeTaxId: string;
  readonly exportTaxId: string;
  readonly accountIds: ReadonlyMap<string, string>;
  readonly taxRounding: TaxRounding;
  readonly outlines: DocumentOutline[];
  readonly documents: Map<string, StoredDocument>;
  readonly items: Map<string, LoadedItem>;
  readonly contacts: Map<string, string>;
  /** Stock codes by a number each, for allocation. */
  readonly codes: Map<string, number>;
}

function startLoading(seed: ZohoSeed, scan: OrderScan): Loading {
  return {
    seed,
    scan,
    homeTaxId: seed.taxId(STANDARD_RATE),
    exportTaxId: seed.taxId(ZERO_RATED_EXPORT),
    accountIds: new Map([...seed.books.accounts.heads()].map(([id, { name }]) => [name, id] as const)),
    taxRounding: seed.books.organizations.head(ZOHO_ORGANIZATION_ID)?.taxRounding ?? "entity_level",
    outlines: [],
    documents: new Map(),
    items: new Map(),
    contacts: new Map(),
    codes: new Map(),
  };
}

function addDocument(loading: Loading, document: OrderDocument): void {
  const { books } = loading.seed;
  const customerId = contactIdOf(loading, document);
  const created = instantOf(document.time);
  const country = { country: document.country };
  const made = composeDocument(
    books,
    {
      number: document.number,
      customerId,
      date: document.time.slice(0, 10),
      currencyCode: "GBP",
      exchangeRate: "1",
      lines: document.lines.map((line) => lineInput(loading, line, document)),
      billing: country,
      shipping: country,
    },
    loading.taxRounding,
    { created, modified: created },
  );
  const id = books.nextId();
  books.lines.put(id, made.lines);
  loading.documents.set(id, made.document);
  loading.outlines.push({
    id,
    kind: document.kind,
    number: document.number,
    customerId,
    time: document.time,
    total: decimal(made.document.total),
    codes: Int32Array.from(new Set(document.lines.map(({ code }) => indexOf(loading.codes, code)))).sort(),
  });
}

/** Writes what could only be known at the end; answers how many payments and allocations there are. */
function finishLoading(loading: Loading): { readonly payments: number; readonly allocations: number } {
  const { seed, scan, outlines, documents } = loading;
  for (const [code, item] of loading.items)
    seed.books.items.put(item.id, {
      name: itemName(code, scan),
      sku: code,
      description: scan.describe(code),
      rate: item.rate,
      unit: "",
      active: true,
      taxId: loading.homeTaxId,
      accountId: seed.accountId("Sales"),
      productType: "goods",
      created: item.created,
      modified: item.created,
    });
  const allocations = allocateCredits(outlines);
  const payments = derivePayments(outlines, amountsDue(outlines, allocations));
  const bankAccountId = seed.accountId(ZOHO_BANK_ACCOUNT);
  writeDocuments(seed.books, outlines, documents, allocations, payments, bankAccountId);
  return { payments: payments.length, allocations: allocations.length };
}

function lineInput(loading: Loading, line: OrderLine, document: OrderDocument): LineInput {
  const special = specialAccountOf(line.code);
  const taxId = document.country === HOME_COUNTRY ? loading.homeTaxId : loading.exportTaxId;
  const figures = { rate: line.price, quantity: line.quantity, taxId };
  const accountId = (name: string): string => loading.accountIds.get(name) ?? loading.seed.accountId(name);
  const unnamed = line.description.trim() === "";
  if (special !== null)
    return {
      ...figures,
      description: unnamed ? line.code : `${line.code}: ${line.description}`,
      accountId: accountId(special),
    };
  return {
    ...figures,
    itemId: itemIdOf(loading, line, document.time),
    description: unnamed ? itemName(line.code, loading.scan) : line.description,
    accountId: accountId("Sales"),
  };
}

function itemIdOf({ items, seed }: Loading, line: OrderLine, time: string): string {
  const known = items.get(line.code);
  if (known !== undefined) return known.id;
  const made = { id: seed.books.nextId(), rate: line.price, created: instantOf(time) };
  items.set(line.code, made);
  return made.id;
}

function contactIdOf({ contacts, seed }: Loading, document: OrderDocument): string {
  const name =
    document.customer === "" ? `Counter sales ${document.country}` : `Customer ${document.customer}`;
  const known = contacts.get(name);
  if (known !== undefined) return known;
  const created = instantOf(document.time);
  const id = seed.addContact({ name, created, modified: created, billing: { country: document.country } });
  contacts.set(name, id);
  return id;
}

function indexOf(codes: Map<string, number>, code: string): number {
  const index = codes.get(code) ?? codes.size;
  codes.set(code, index);
  return index;
}

/** The code keeps names unique, which Zoho demands. */
function itemName(code: string, scan: OrderScan): string {
  const description = scan.describe(code);
  return description === "" ? code : `${code} ${description}`.slice(0, ITEM_NAME_CHARACTERS_MAX).trimEnd();
}

function amountsDue(
  outlines: readonly DocumentOutline[],
  allocations: readonly CreditAllocation[],
): Map<string, Decimal> {
  const due = new Map<string, Decimal>();
  for (const { id, kind, total } of outlines) if (kind === "invoice") due.set(id, total);
  for (const { invoiceId, amount } of allocations)
    due.set(invoiceId, (due.get(invoiceId) ?? new Decimal(0)).minus(amount));
  return due;
}
