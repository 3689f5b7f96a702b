import type { CanonicalRecord } from "@/lib/domain/canonical-record";
import type { Money } from "@/lib/domain/money";
import type { RecordType } from "@/lib/domain/record-type";
import { settledDocument, usedCredit } from "@/lib/domain/settlement";
import * as calls from "../calls";
import type { SdkCall, XeroClient } from "../client";
import { wireMismatch } from "../errors";
import { anyOf, guid, inBatches, runsOfDays, text, within } from "../where";
import { readList } from "../wire/envelope";
import type { ConnectedXero } from "./organisation-facts";
import { carrierType, filtersOf, isOwnType, READABLE, type Readable, readerOf, whereOnly } from "./readable";

/**
 * Looking records up by marker or natural key, for what is about to be created and for writes whose answer was lost.
 * Each look-up asks for many records in one call. Elements that cannot be read are passed over here: the pull puts
 * them into quarantine.
 */

/** Records in Xero that could be one of the given ones. */
export async function findRecords(
  client: ConnectedXero,
  recordType: RecordType,
  sought: readonly CanonicalRecord[],
): Promise<CanonicalRecord[]> {
  if (sought.length === 0) return [];
  const found = new Map<string, CanonicalRecord>();
  const readable = READABLE[carrierType(recordType)];
  const readElement = await readerOf(client, readable);
  for (const list of lookUps(recordType, sought)) {
    for await (const element of listAll(client, readable, list)) {
      if (!isOwnType(readable, element)) continue;
      const read = readElement(element);
      if (!read.ok) continue;
      for (const record of read.value)
        if (record.recordType === recordType) found.set(record.externalId, record);
    }
  }
  return narrow([...found.values()], sought);
}

type List = (page: { page?: number; pageSize?: number }) => SdkCall;

function lookUps(recordType: RecordType, sought: readonly CanonicalRecord[]): List[] {
  const readable = READABLE[carrierType(recordType)];
  switch (recordType) {
    case "item":
      return [() => calls.listItems({})];
    case "contact":
    case "creditNote":
    case "allocation":
    case "supplierAllocation":
      return anyOf(sought.flatMap(clausesOf), whereOnly(readable)).map(
        (where) => (page) => readable.list({ where, ...page }),
      );
    case "invoice":
      return numberLookUps(readable, sought);
    case "bill":
      // By day as well: a bill need not have a number.
      return [...numberLookUps(readable, sought), ...dayLookUps(readable, sought)];
    case "purchaseOrder":
      return runsOfDays(sought.flatMap(dateOf)).map(
        (days) => (page) => calls.listPurchaseOrders({ ...days, ...page }),
      );
    default:
      return dayLookUps(readable, sought);
  }
}

/** What Xero's filter can ask of a record by; several clauses find what fits any of them. */
function clausesOf(record: CanonicalRecord): string[] {
  switch (record.recordType) {
    case "contact":
      return [
        ...(record.marker === "" ? [] : [`ContactNumber==${text(record.marker)}`]),
        `Name==${text(record.name)}`,
      ];
    case "creditNote":
      return [`CreditNoteNumber==${text(record.number)}`];
    case "allocation":
    case "supplierAllocation":
      return [`CreditNoteID==${guid(usedCredit(record).id)}`];
    default:
      return [];
  }
}

const dateOf = (record: CanonicalRecord): string[] => ("date" in record ? [record.date] : []);

/**
 * By the days that were sent. Type and days alone make a filter that Xero serves from its indexes however many records
 * there are; an OR over documents would be refused on long lists.
 */
function dayLookUps(readable: Readable, sought: readonly CanonicalRecord[]): List[] {
  const filters = filtersOf(readable);
  return runsOfDays(sought.flatMap(dateOf)).flatMap((days) =>
    (filters.length === 0 ? [[]] : filters.map((filter) => [filter])).map(
      (filter): List =>
        (page) =>
          readable.list({ where: [...filter, within(days)].join(" AND "), ...page }),
    ),
  );
}

/** By Xero's own parameter for numbers; it separates by commas, so a number with one goes by a filter. */
function numberLookUps(readable: Readable, sought: readonly CanonicalRecord[]): List[] {
  const numbers = sought.flatMap((record) => ("number" in record && record.number ? [record.number] : []));
  const distinct = [...new Set(numbers)];
  const where = whereOnly(readable);
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
    const { pageSize } = readable;
    const body = await client.read(list(pageSize === null ? {} : { page, pageSize }));
    const answer = readList(body, readable.plural);
    if (answer === null) throw wireMismatch(`it has no ${readable.plural}`);
    yield* answer.elements;
    const pages =
      answer.pagination?.pageCount ?? (answer.elements.length < (pageSize ?? 0) ? page : page + 1);
    if (pageSize === null || answer.elements.length === 0 || page >= pages) return;
  }
}

/**
 * Xero can only be asked for most records by number, document or day, and for items as a whole list. Of what that brings
 * along, only records stay that bear the marker or agree in everything that their kind is known by.
 */
function narrow(found: CanonicalRecord[], sought: readonly CanonicalRecord[]): CanonicalRecord[] {
  const markers = new Set(sought.map(({ marker }) => marker).filter((marker) => marker !== ""));
  const known = new Set(sought.map(knownBy));
  return found.filter((record) => markers.has(record.marker) || known.has(knownBy(record)));
}

/** What a record that bears no marker is known by; the same text for all where having been asked for is enough. */
function knownBy(record: CanonicalRecord): string {
  switch (record.recordType) {
    case "contact":
    case "invoice":
    case "creditNote":
      return "";
    case "item":
      return record.code.toUpperCase();
    case "purchaseOrder":
      return record.number.toUpperCase();
    case "bill":
    case "supplierCredit":
      // Suppliers number alike, so a number counts beside the contact only.
      return record.number === ""
        ? joined(record.contactId, record.date, textOf(record.gross))
        : joined(record.contactId, record.number.toUpperCase());
    case "bankTransaction": {
      const moved = [record.kind, record.bankAccountKey ?? ""];
      return joined(...moved, record.contactId, record.date, textOf(record.gross));
    }
    case "allocation":
    case "supplierAllocation":
      return joined(usedCredit(record).id, settledDocument(record).id, textOf(record.amount));
    case "payment":
    case "billPayment":
      return joined(settledDocument(record).id, record.date, textOf(record.amount));
    case "overpayment":
    case "supplierOverpayment":
      return joined(record.contactId, record.date, textOf(record.amount));
    case "manualJournal":
      return joined(record.narration, record.date, textOf(record.total));
  }
}

const joined = (...parts: string[]): string => JSON.stringify(parts);
const textOf = ({ minor, currency }: Money): string => `${minor} ${currency}`;
