/**
 * Refunds of what is left of a credit or a payment: list, get, create, change, delete under the record that
 * is refunded, and all of a kind together.
 */

import { z } from "zod";
import { type Decimal, decimal, decimalText } from "@/lib/kernel/decimal";
import { err, ok, type Result } from "@/lib/kernel/result";
import type { SandboxResponse } from "@/sandbox/kit/types";
import {
  type BooksCall,
  listPage,
  refuseMissing,
  refuseValue,
  sortAsked,
  succeed,
  succeedWriting,
} from "../answers";
import { sum } from "../arithmetic";
import { date, exchangeRate, figure, id, parseInput, text } from "../input";
import type { Books } from "../open-books";
import type { StoredRefund } from "../records";
import { refuseLocked } from "../settings/transaction-locks";

import { type RefusalName, refuseBy } from "./refusals";
import { shapeAnswer } from "./shapes";

type Handle = (call: BooksCall) => SandboxResponse;

interface Refundable {
  readonly refunds?: readonly StoredRefund[];
  readonly exchangeRate: string;
}

interface RefundableTable<Owner> {
  get(id: string): Owner | undefined;
  heads(): IterableIterator<[string, unknown]>;
}

export interface RefundKind<Owner extends Refundable> {
  readonly label: string;
  readonly key: string;
  readonly listKey: string;
  readonly lockModule: "sales" | "purchases";
  /** The account that the money goes to or comes from. */
  readonly accountKey: "account_id" | "from_account_id" | "to_account_id";
  readonly statuses: { readonly created: number };
  readonly messages: { readonly created: string; readonly updated: string; readonly deleted: string };
  readonly table: (books: Books) => RefundableTable<Owner>;
  /** What may still be refunded. */
  readonly left: (owner: Owner) => Decimal;
  readonly whyTooMuch: RefusalName;
  readonly put: (
    books: Books,
    id: string,
    owner: Owner,
    refunds: readonly StoredRefund[],
    refunded: string,
  ) => void;
  readonly wire: (call: BooksCall, ownerId: string, owner: Owner, refund: StoredRefund) => object;
  readonly row: (call: BooksCall, ownerId: string, owner: Owner, refund: StoredRefund) => object;
}

const refundBody = z.object({
  date: date.optional(),
  refund_mode: text.optional(),
  reference_number: text.optional(),
  amount: figure.optional(),
  exchange_rate: exchangeRate.optional(),
  account_id: id.optional(),
  from_account_id: id.optional(),
  to_account_id: id.optional(),
  description: text.optional(),
});

/** The calls for the refunds of one kind of record. */
export function createRefundCalls<Owner extends Refundable>(
  kind: RefundKind<Owner>,
): Readonly<Record<"list" | "listAll" | "get" | "create" | "update" | "remove", Handle>> {
  return {
    list(call) {
      const owner = findOwner(kind, call);
      if (!owner.ok) return owner.error;
      const [ownerId = ""] = call.ids;
      const refunds = owner.value.refunds ?? [];
      return page(
        kind,
        call,
        refunds.map((refund) => [refund, kind.row(call, ownerId, owner.value, refund)]),
      );
    },
    listAll: (call) => page(kind, call, allRefunds(kind, call)),
    get(call) {
      const owner = findOwner(kind, call);
      if (!owner.ok) return owner.error;
      const [ownerId = "", refundId = ""] = call.ids;
      const refund = owner.value.refunds?.find((candidate) => candidate.id === refundId);
      if (refund === undefined) return refuseMissing(call.context, "Refund");
      return succeed(shapeAnswer(call, kind.key, kind.wire(call, ownerId, owner.value, refund)));
    },
    create: (call) => writeRefund(kind, call, null),
    update: (call) => writeRefund(kind, call, call.ids[1] ?? ""),
    remove(call) {
      const owner = findOwner(kind, call);
      if (!owner.ok) return owner.error;
      const [ownerId = "", refundId = ""] = call.ids;
      const refund = owner.value.refunds?.find((candidate) => candidate.id === refundId);
      if (refund === undefined) return refuseMissing(call.context, "Refund");
      const locked = refuseLocked(call, kind.lockModule, refund.date);
      if (locked !== null) return locked;
      const refunds = (owner.value.refunds ?? []).filter((other) => other.id !== refundId);
      kind.put(call.books, ownerId, owner.value, refunds, totalOf(refunds));
      return succeedWriting({}, kind.messages.deleted);
    },
  };
}

function findOwner<Owner extends Refundable>(
  kind: RefundKind<Owner>,
  call: BooksCall,
): Result<Owner, SandboxResponse> {
  const owner = kind.table(call.books).get(call.ids[0] ?? "");
  return owner === undefined ? err(refuseMissing(call.context, kind.label)) : ok(owner);
}

type Row = readonly [StoredRefund, object];

function* allRefunds<Owner extends Refundable>(kind: RefundKind<Owner>, call: BooksCall): Generator<Row> {
  const table = kind.table(call.books);
  for (const [ownerId] of table.heads()) {
    const owner = table.get(ownerId);
    if (owner === undefined) continue;
    for (const refund of owner.refunds ?? []) yield [refund, kind.row(call, ownerId, owner, refund)];
  }
}

function page<Owner extends Refundable>(
  kind: RefundKind<Owner>,
  call: BooksCall,
  rows: Iterable<Row>,
): SandboxResponse {
  const sort = sortAsked(call, ["date", "refund_mode", "reference_number", "amount_fcy"], {
    column: "date",
    order: "D",
  });
  const columns: Record<typeof sort.column, (refund: StoredRefund) => string | number> = {
    date: (refund) => refund.date,
    refund_mode: ({ mode }) => mode,
    reference_number: ({ reference }) => reference,
    amount_fcy: ({ amount }) => Number(amount),
  };
  const read = columns[sort.column];
  const direction = sort.order === "A" ? 1 : -1;
  const ordered = [...rows].sort(([a], [b]) =>
    read(a) < read(b) ? -direction : read(a) > read(b) ? direction : 0,
  );
  return listPage(
    call,
    { key: kind.listKey, reportName: "Refunds", sortColumn: sort.column, sortOrder: sort.order },
    ordered.map(([refund, row]) => [refund.id, row] as const),
    (_id, row) => row,
  );
}

function writeRefund<Owner extends Refundable>(
  kind: RefundKind<Owner>,
  call: BooksCall,
  refundId: string | null,
): SandboxResponse {
  const owner = findOwner(kind, call);
  if (!owner.ok) return owner.error;
  const [ownerId = ""] = call.ids;
  const body = parseInput(refundBody, call.input);
  if (!body.ok) return refuseValue(body.error);
  const { books } = call;
  const refunds = owner.value.refunds ?? [];
  const previous = refunds.find((candidate) => candidate.id === refundId);
  if (refundId !== null && previous === undefined) return refuseMissing(call.context, "Refund");
  const { value } = body;
  const amount = value.amount ?? previous?.amount;
  if (amount === undefined || !decimal(amount).greaterThan(0)) return refuseValue("amount");
  const day = value.date ?? previous?.date;
  if (day === undefined) return refuseValue("date");
  const accountId = value[kind.accountKey] ?? previous?.accountId;
  if (accountId === undefined) return refuseValue(kind.accountKey);
  if (books.accounts.head(accountId) === undefined) return refuseMissing(call.context, "Account");
  const locked = refuseLocked(call, kind.lockModule, day, previous?.date);
  if (locked !== null) return locked;
  if (
    kind
      .left(owner.value)
      .plus(previous?.amount ?? 0)
      .lessThan(amount)
  )
    return refuseBy(kind.whyTooMuch);
  const refund: StoredRefund = {
    id: previous?.id ?? books.nextId(),
    date: day,
    mode: value.refund_mode ?? previous?.mode ?? "cash",
    reference: value.reference_number ?? previous?.reference ?? "",
    amount,
    exchangeRate: value.exchange_rate ?? previous?.exchangeRate ?? owner.value.exchangeRate,
    accountId,
    description: value.description ?? previous?.description ?? "",
    modified: books.stamp(),
  };
  const written =
    previous === undefined
      ? [...refunds, refund]
      : refunds.map((other) => (other.id === refund.id ? refund : other));
  kind.put(books, ownerId, owner.value, written, totalOf(written));
  const after = kind.table(books).get(ownerId) ?? owner.value;
  return succeedWriting(
    shapeAnswer(call, kind.key, kind.wire(call, ownerId, after, refund)),
    previous === undefined ? kind.messages.created : kind.messages.updated,
    previous === undefined ? kind.statuses.created : 200,
  );
}

const totalOf = (refunds: readonly StoredRefund[]): string =>
  decimalText(sum(refunds.map(({ amount }) => decimal(amount))));
