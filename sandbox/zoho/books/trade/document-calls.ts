/**
 * List, get, create, update and delete for a kind of document, and its changes of status. Numbers are unique
 * (a bill's for its vendor), dates respect transaction locks, amounts are Zoho's.
 */
import { decimal } from "@/lib/kernel/decimal";
import { err, ok, type Result } from "@/lib/kernel/result";
import type { SandboxResponse } from "@/sandbox/kit/types";
import {
  type BooksCall,
  listPage,
  refuseMissing,
  refuseValue,
  sortAsked,
  sorted,
  succeed,
  succeedWriting,
} from "../answers";
import { matching } from "../filters";
import { idsBy, isTaken } from "../indexes";
import { parseInput } from "../input";
import type { StoredLine } from "../records";
import { refuseLocked } from "../settings/transaction-locks";
import { composeDocument } from "../write-document";
import { type TradeBody, tradeBody } from "./document-body";
import { tradeTests } from "./document-filters";
import { readTradeFields, readTradeInput } from "./document-input";
import type { DocumentKind } from "./document-kind";
import type { StoredTrade, TradeHeader, TradeState } from "./records";
import { refuseBy, refuseDuplicate } from "./refusals";
import { shapeAnswer } from "./shapes";

type Handle = (call: BooksCall) => SandboxResponse;

export interface DocumentCalls {
  readonly list: Handle;
  readonly get: Handle;
  readonly create: Handle;
  readonly update: Handle;
  readonly remove: Handle;
}

/** The five calls that every kind has. */
export function createDocumentCalls(kind: DocumentKind): DocumentCalls {
  return {
    list: (call) => listDocuments(kind, call),
    get(call) {
      const found = findDocument(kind, call);
      return found.ok ? succeed(shown(kind, call, found.value.id, found.value.document)) : found.error;
    },
    create(call) {
      const body = parseInput(tradeBody, call.input);
      return body.ok ? createDocument(kind, call, body.value) : refuseValue(body.error);
    },
    update(call) {
      const found = findDocument(kind, call);
      if (!found.ok) return found.error;
      const body = parseInput(tradeBody, call.input);
      if (!body.ok) return refuseValue(body.error);
      const { id, document } = found.value;
      const why = kind.whyNotEdited(document);
      return why === null ? writeDocument(kind, call, id, body.value, document) : refuseBy(why);
    },
    remove: (call) => removeDocument(kind, call),
  };
}

function listDocuments(kind: DocumentKind, call: BooksCall): SandboxResponse {
  const { books } = call;
  const tests = tradeTests(kind, call);
  if (!tests.ok) return tests.error;
  const columns = Object.keys(kind.sortColumns);
  const sort = sortAsked(call, columns, { column: "created_time", order: "D" });
  const read = kind.sortColumns[sort.column] ?? (({ created }: TradeHeader) => created);
  return listPage(
    call,
    { key: kind.listKey, reportName: kind.reportName, sortColumn: sort.column, sortOrder: sort.order },
    matching(
      sorted(kind.table(books), sort.column, sort.order, (header) => read(header, books)),
      tests.value,
    ),
    (id, header) => kind.row(call, id, header),
  );
}

/** The document that the first id of the path names. */
export function findDocument(
  kind: DocumentKind,
  call: BooksCall,
): Result<{ readonly id: string; readonly document: StoredTrade }, SandboxResponse> {
  const [id = ""] = call.ids;
  const document = kind.table(call.books).get(id);
  return document === undefined ? err(refuseMissing(call.context, kind.label)) : ok({ id, document });
}

/** The document under its name in an answer. */
export function shown(kind: DocumentKind, call: BooksCall, id: string, document: StoredTrade): object {
  const wire = kind.full(call, id, document, call.books.lines.get(id) ?? []);
  return shapeAnswer(call, kind.key, wire);
}

/** Writes a new document as a client asks for it; also used when one is made from another. */
export function createDocument(kind: DocumentKind, call: BooksCall, body: TradeBody): SandboxResponse {
  return writeDocument(kind, call, call.books.nextId(), body, null);
}

function writeDocument(
  kind: DocumentKind,
  call: BooksCall,
  id: string,
  body: TradeBody,
  previous: StoredTrade | null,
): SandboxResponse {
  const { books } = call;
  const number = numberOf(kind, call, body, previous);
  if (!number.ok) return number.error;
  const previousLines = previous === null ? [] : (books.lines.get(id) ?? []);
  const input = readTradeInput(kind, call, body, number.value, previous, previousLines);
  if (!input.ok) return input.error;
  const taken = refuseTaken(kind, call, previous === null ? null : id, number.value, input.value.customerId);
  if (taken !== null) return taken;
  const locked = refuseLockedFor(kind, call, input.value.date, previous?.date);
  if (locked !== null) return locked;
  const rounding =
    body.is_item_level_tax_calc === undefined
      ? (previous?.taxRounding ?? call.organization.taxRounding)
      : body.is_item_level_tax_calc
        ? "item_level"
        : "entity_level";
  const now = books.stamp();
  const stamps = { created: previous?.created ?? now, modified: now };
  const { document: composed, lines } = composeDocument(books, input.value, rounding, stamps);
  const fields = readTradeFields(kind, call, body, composed.date, previous);
  if (!fields.ok) return fields.error;
  const document: StoredTrade = {
    ...(previous ?? EMPTY),
    state: previous?.state ?? kind.firstState(call),
    ...composed,
    ...fields.value,
  };
  const settled = decimal(document.paid).plus(document.credited).plus(document.refunded);
  if (settled.greaterThan(document.total)) return refuseBy("totalBelowSettled");
  const refused = kind.check(call, id, document, lines);
  if (refused !== null) return refused;
  books.lines.put(id, lines);
  kind.table(books).put(id, document);
  kind.afterWrite(call, id, document, lines, previousLines);
  const written = kind.table(books).get(id) ?? document;
  const message = previous === null ? kind.messages.created : kind.messages.updated;
  return succeedWriting(shown(kind, call, id, written), message, previous === null ? 201 : 200);
}

const EMPTY: Pick<
  StoredTrade,
  | "paid"
  | "credited"
  | "refunded"
  | "settlementIds"
  | "credits"
  | "refunds"
  | "linkedIds"
  | "taken"
  | "fulfilment"
  | "emailed"
> = {
  ...{ paid: "0", credited: "0", refunded: "0", settlementIds: [], credits: [], refunds: [], linkedIds: [] },
  taken: {},
  fulfilment: "none",
  emailed: false,
};

function refuseLockedFor(
  kind: DocumentKind,
  call: BooksCall,
  ...dates: readonly (string | undefined)[]
): SandboxResponse | null {
  return kind.lockModule === null ? null : refuseLocked(call, kind.lockModule, ...dates);
}

/** The number to bear: given, kept, or the next one. */
function numberOf(
  kind: DocumentKind,
  call: BooksCall,
  body: TradeBody,
  previous: StoredTrade | null,
): Result<string, SandboxResponse> {
  const given = body[kind.numberKey]?.trim() ?? "";
  if (previous !== null) return ok(given === "" ? previous.number : given);
  if (kind.numbering === null) return given === "" ? err(refuseValue(kind.numberKey)) : ok(given);
  const own = call.query.get("ignore_auto_number_generation") === "true";
  if (own) return given === "" ? err(refuseBy("numberNeeded")) : ok(given);
  const position = call.context.switches.get("zoho.number-without-flag");
  if (given !== "" && position === "taken") return ok(given);
  if (given !== "" && position === "refused") return err(refuseBy("numberNotTaken"));
  return ok(nextNumber(kind, call, kind.numbering));
}

function nextNumber(
  kind: DocumentKind,
  call: BooksCall,
  { prefix, digits }: { readonly prefix: string; readonly digits: number },
): string {
  const table = kind.table(call.books);
  for (let count = table.size + 1; ; count += 1) {
    const number = `${prefix}${String(count).padStart(digits, "0")}`;
    if (idsBy(table, "number", byNumber, number).size === 0) return number;
  }
}

const byNumber = ({ number }: TradeHeader): string => number;
const byVendorAndNumber = ({ customerId, number }: TradeHeader): string => `${customerId} ${number}`;

function refuseTaken(
  kind: DocumentKind,
  call: BooksCall,
  id: string | null,
  number: string,
  partyId: string,
): SandboxResponse | null {
  const table = kind.table(call.books);
  if (kind.numbering !== null)
    return isTaken(idsBy(table, "number", byNumber, number), id) ? refuseDuplicate(kind.label, number) : null;
  if (!isTaken(idsBy(table, "vendor and number", byVendorAndNumber, `${partyId} ${number}`), id)) return null;
  const position = call.context.switches.get("zoho.duplicate-bill-number");
  if (position === "allowed") return null;
  return position === "13011" ? refuseBy("duplicateBill") : refuseDuplicate(kind.label, number);
}

function removeDocument(kind: DocumentKind, call: BooksCall): SandboxResponse {
  const found = findDocument(kind, call);
  if (!found.ok) return found.error;
  const { id, document } = found.value;
  const why = kind.whyNotDeleted(document);
  if (why !== null) return refuseBy(why);
  const locked = refuseLockedFor(kind, call, document.date);
  if (locked !== null) return locked;
  const lines = countedLines(document.state, call.books.lines.get(id) ?? []);
  dropDocument(kind, call, id);
  kind.afterWrite(call, id, document, [], lines);
  return succeedWriting({}, kind.messages.deleted);
}

/** A void document takes nothing over from its order. */
const countedLines = (state: TradeState, lines: readonly StoredLine[]): readonly StoredLine[] =>
  state === "void" || state === "cancelled" ? [] : lines;

function dropDocument(kind: DocumentKind, { books }: BooksCall, id: string): void {
  kind.table(books).delete(id);
  books.lines.delete(id);
  books.comments.delete(id);
  books.attachments.delete(id);
}

export interface StatusChange {
  readonly to: TradeState;
  readonly from: readonly TradeState[];
  readonly message: string;
  readonly status?: number;
  readonly whyNot?: (document: StoredTrade) => Parameters<typeof refuseBy>[0] | null;
}

/** A call that moves a document to another state; asking for the state it has is no error. */
export function createStatusCall(kind: DocumentKind, change: StatusChange): Handle {
  return (call) => {
    const found = findDocument(kind, call);
    if (!found.ok) return found.error;
    const { id, document } = found.value;
    const why = change.whyNot?.(document) ?? null;
    if (why !== null) return refuseBy(why);
    if (document.state !== change.to && !change.from.includes(document.state))
      return refuseBy("statusNotAllowed");
    const locked = refuseLockedFor(kind, call, document.date);
    if (locked !== null) return locked;
    const { books } = call;
    const lines: readonly StoredLine[] = books.lines.get(id) ?? [];
    const changed: StoredTrade = { ...document, state: change.to, modified: books.stamp() };
    kind.table(books).put(id, changed);
    kind.afterWrite(call, id, changed, countedLines(change.to, lines), countedLines(document.state, lines));
    return succeedWriting({}, change.message, change.status ?? 200);
  };
}
