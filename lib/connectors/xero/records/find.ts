import type { CanonicalRecord, RecordOf } from "@/lib/domain/canonical-record";
import type { Money } from "@/lib/domain/money";
import type { RecordType } from "@/lib/domain/record-type";
import * as calls from "../calls";
import type { SdkCall, XeroClient } from "../client";
import { wireMismatch } from "../errors";
import { anyOf, day, guid, inBatches, text } from "../where";
import { readList } from "../wire/envelope";
import { READABLE, type Readable } from "./readable";

/**
 * Looking records up by marker or natural key, for what is about to be created and for writes whose answer was lost.
 * Each look-up asks for many records in one call. Elements that cannot be read are passed over here: the pull puts
 * them into quarantine.
 */

const PAGE_SIZE = 250;

/** Records in Xero that could be one of the given ones. */
export async function findRecords(
  client: XeroClient,
  recordType: RecordType,
  sought: readonly CanonicalRecord[],
): Promise<CanonicalRecord[]> {
  if (sought.length === 0) return [];
  const found = new Map<string, CanonicalRecord>();
  for (const list of lookUps(recordType, sought)) {
    const readable = READABLE[recordType === "allocation" ? "creditNote" : recordType];
    for await (const element of listAll(client, readable, list)) {
      const read = readable.read(element);
      if (!read.ok) continue;
      for (const record of read.value)
        if (record.recordType === recordType) found.set(record.externalId, record);
    }
  }
  return narrow([...found.values()], sought);
}

type List = (page: { page?: number; pageSize?: number }) => SdkCall;

function lookUps(recordType: RecordType, sought: readonly CanonicalRecord[]): List[] {
  const of = <T extends RecordType>(type: T): RecordOf<T>[] =>
    sought.filter((record): record is RecordOf<T> => record.recordType === type);
  switch (recordType) {
    case "contact":
      return filtered(
        "contact",
        anyOf(
          of("contact").flatMap(({ marker, name }) => [
            ...(marker === "" ? [] : [`ContactNumber==${text(marker)}`]),
            `Name==${text(name)}`,
          ]),
        ),
      );
    case "item":
      return [() => calls.listItems({})];
    case "invoice":
      return invoiceLookUps(of("invoice").map(({ number }) => number));
    case "creditNote":
      return filtered(
        "creditNote",
        anyOf(
          of("creditNote").map(({ number }) => `CreditNoteNumber==${text(number)}`),
          READABLE.creditNote.where,
        ),
      );
    case "allocation":
      return filtered(
        "creditNote",
        anyOf(of("allocation").map(({ creditNoteId }) => `CreditNoteID==${guid(creditNoteId)}`)),
      );
    case "payment":
      return filtered(
        "payment",
        anyOf(
          of("payment").map(({ invoiceId }) => `Invoice.InvoiceID==${guid(invoiceId)}`),
          READABLE.payment.where,
        ),
      );
    case "overpayment":
      return filtered(
        "overpayment",
        anyOf(
          of("overpayment").map(({ date }) => `Date==${day(date)}`),
          READABLE.overpayment.where,
        ),
      );
  }
}

function filtered(type: "contact" | "creditNote" | "payment" | "overpayment", filters: string[]): List[] {
  return filters.map((where) => (page) => READABLE[type].list({ where, ...page }));
}

/** By Xero's own parameter for numbers; it separates by commas, so a number with one goes by a filter. */
function invoiceLookUps(numbers: readonly string[]): List[] {
  const distinct = [...new Set(numbers)];
  const where = READABLE.invoice.where;
  const plain = distinct.filter((number) => !number.includes(","));
  const others = distinct.filter((number) => number.includes(","));
  return [
    ...inBatches(plain, ",").map(
      (batch): List =>
        (page) =>
          calls.listInvoices({ numbers: batch, ...(where === undefined ? {} : { where }), ...page }),
    ),
    ...anyOf(
      others.map((number) => `InvoiceNumber==${text(number)}`),
      where,
    ).map(
      (filter): List =>
        (page) =>
          calls.listInvoices({ where: filter, ...page }),
    ),
  ];
}

async function* listAll(client: XeroClient, readable: Readable, list: List): AsyncGenerator<unknown> {
  for (let page = 1; ; page += 1) {
    // Without a page Xero leaves the lines of documents out.
    const body = await client.read(list(readable.pageSize === null ? {} : { page, pageSize: PAGE_SIZE }));
    const answer = readList(body, readable.plural);
    if (answer === null) throw wireMismatch(`it has no ${readable.plural}`);
    yield* answer.elements;
    const pages = answer.pagination?.pageCount ?? (answer.elements.length < PAGE_SIZE ? page : page + 1);
    if (readable.pageSize === null || answer.elements.length === 0 || page >= pages) return;
  }
}

/**
 * Xero can only be asked for settlements by document or by day, and for items as a whole list. Of what that brings
 * along, only records stay that bear the marker or agree in everything that a settlement is known by.
 */
function narrow(found: CanonicalRecord[], sought: readonly CanonicalRecord[]): CanonicalRecord[] {
  return found.filter((record) =>
    sought.some(
      (wanted) => (wanted.marker !== "" && wanted.marker === record.marker) || isAlike(wanted, record),
    ),
  );
}

function isAlike(wanted: CanonicalRecord, record: CanonicalRecord): boolean {
  if (wanted.recordType === "item" && record.recordType === "item") {
    return wanted.code.toUpperCase() === record.code.toUpperCase();
  }
  if (wanted.recordType === "allocation" && record.recordType === "allocation") {
    return (
      wanted.creditNoteId === record.creditNoteId &&
      wanted.invoiceId === record.invoiceId &&
      isSameAmount(wanted, record)
    );
  }
  if (wanted.recordType === "payment" && record.recordType === "payment") {
    return wanted.invoiceId === record.invoiceId && isSameDay(wanted, record) && isSameAmount(wanted, record);
  }
  if (wanted.recordType === "overpayment" && record.recordType === "overpayment") {
    return wanted.contactId === record.contactId && isSameDay(wanted, record) && isSameAmount(wanted, record);
  }
  return wanted.recordType === record.recordType;
}

const isSameDay = (one: { date: string }, other: { date: string }): boolean => one.date === other.date;
const isSameAmount = (one: { amount: Money }, other: { amount: Money }): boolean =>
  one.amount.minor === other.amount.minor && one.amount.currency === other.amount.currency;
