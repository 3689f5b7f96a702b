/**
 * The query parameters that the lists of documents take. One that Zoho's description does not name for any
 * of them is ignored; filters on items read the lines of each document that passed the others.
 */
import { type Decimal, decimal } from "@/lib/kernel/decimal";
import { err, ok, type Result } from "@/lib/kernel/result";
import type { SandboxResponse } from "@/sandbox/kit/types";
import { type BooksCall, refuseValue } from "../answers";
import { dateTests, modifiedTests, textTests } from "../filters";
import type { DocumentKind } from "./document-kind";
import type { TradeHeader } from "./records";

type Test<Header> = (id: string, header: Header) => boolean;

/** The tests that a list call asks for. */
export function tradeTests(
  kind: DocumentKind,
  call: BooksCall,
): Result<Test<TradeHeader>[], SandboxResponse> {
  const { books } = call;
  const modified = modifiedTests<TradeHeader>(call);
  if (!modified.ok) return err(refuseValue(modified.error));
  const partyName = ({ customerId }: TradeHeader): string => books.contacts.head(customerId)?.name ?? "";
  const tests = [
    ...modified.value,
    ...textTests<TradeHeader>(call, {
      [kind.numberKey]: ({ number }: TradeHeader) => number,
      reference_number: ({ reference }) => reference,
      [`${kind.party}_name`]: partyName,
      [`${kind.party}_id`]: ({ customerId }) => customerId,
    }),
    ...dateTests<TradeHeader>(call, "date", ({ date }) => date),
    ...dateTests<TradeHeader>(call, "due_date", ({ dueDate }) => dueDate),
    ...dateTests<TradeHeader>(call, "expiry_date", ({ dueDate }) => dueDate),
    ...dateTests<TradeHeader>(call, "shipment_date", ({ deliveryDate }) => deliveryDate),
    ...dateTests<TradeHeader>(call, "created_date", ({ created }) => created.slice(0, 10)),
    ...amountTests<TradeHeader>(call, "total", ({ total }) => decimal(total)),
    ...statusTests(kind, call),
    ...searchTests(call, partyName),
    ...lineTests(call),
  ];
  const orderId = call.query.get("purchaseorder_id");
  return ok(orderId === null ? tests : [...tests, (_id, { linkedIds }) => linkedIds.includes(orderId)]);
}

function statusTests(kind: DocumentKind, call: BooksCall): Test<TradeHeader>[] {
  const status = call.query.get("status") ?? statusOfFilter(call.query.get("filter_by"));
  if (status === null) return [];
  return [(_id, header) => hasStatus(status, kind.status(call, header))];
}

/** "Status.PartiallyPaid" to "partially_paid"; null for all, and for what is no status. */
export function statusOfFilter(filter: string | null): string | null {
  const name = /^Status\.(\w+)$/.exec(filter ?? "")?.[1];
  if (name === undefined || name === "All") return null;
  return name.replace(/(?<=[a-z])(?=[A-Z])/g, "_").toLowerCase();
}

function hasStatus(asked: string, status: string): boolean {
  if (asked === "unpaid") return ["open", "overdue", "partially_paid"].includes(status);
  // "issued" is the newer word for an open purchase order.
  if (asked === "issued") return status === "open";
  if (asked === "to_be_invoiced" || asked === "not_invoiced") return status === "open";
  return asked === "pending" ? status === "pending_approval" : asked === status;
}

function searchTests(call: BooksCall, partyName: (header: TradeHeader) => string): Test<TradeHeader>[] {
  const asked = call.query.get("search_text")?.toLowerCase();
  if (asked === undefined || asked === "") return [];
  return [
    (_id, header) =>
      [header.number, header.reference, partyName(header)].some((text) => text.toLowerCase().includes(asked)),
  ];
}

function lineTests(call: BooksCall): Test<TradeHeader>[] {
  const { books } = call;
  const wanted = textTests<{ itemId: string; name: string; description: string }>(call, {
    item_id: ({ itemId }) => itemId,
    item_name: ({ name }) => name,
    item_description: ({ description }) => description,
  });
  if (wanted.length === 0) return [];
  return [
    (id) =>
      (books.lines.get(id) ?? []).some(({ itemId = "", name, description }) => {
        const line = { itemId, name: name ?? books.items.head(itemId)?.name ?? "", description };
        return wanted.every((test) => test(id, line));
      }),
  ];
}

/** A filter on an amount and its variants _less_than, _less_equals, _greater_than and _greater_equals. */
export function amountTests<Header>(
  call: BooksCall,
  name: string,
  read: (header: Header) => Decimal,
): Test<Header>[] {
  const tests: Test<Header>[] = [];
  const add = (suffix: string, matches: (value: Decimal, asked: string) => boolean): void => {
    const asked = call.query.get(`${name}${suffix}`);
    if (asked !== null && /^-?\d+(\.\d+)?$/.test(asked))
      tests.push((_id, header) => matches(read(header), asked));
  };
  add("", (value, asked) => value.equals(asked));
  add("_less_than", (value, asked) => value.lessThan(asked));
  add("_less_equals", (value, asked) => value.lessThanOrEqualTo(asked));
  add("_greater_than", (value, asked) => value.greaterThan(asked));
  add("_greater_equals", (value, asked) => value.greaterThanOrEqualTo(asked));
  return tests;
}
