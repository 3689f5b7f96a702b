import { CreditNote as SdkCreditNote } from "xero-node/dist/gen/model/accounting/creditNote.js";
import { Invoice as SdkInvoice } from "xero-node/dist/gen/model/accounting/invoice.js";
import type { WriteElement, WriteOutcome } from "@/lib/connectors/contract/connector";
import type { AccountingDocument, DocumentLine } from "@/lib/domain/document";
import { problem } from "@/lib/domain/problem";
import * as calls from "../calls";
import type { SdkCall, XeroClient } from "../client";
import { wireMismatch } from "../errors";
import { contactOnWire } from "../translate/contact";
import { invoiceOnWire } from "../translate/document";
import { anyOf, guid, inBatches } from "../where";
import { readList } from "../wire/envelope";
import { as, readFirst, says } from "./create";
import { READABLE } from "./readable";
import { type Batch, inOrderOf, sendBatch } from "./send-batch";

/**
 * Updates and voids, by POST with the record's id. A document is read before it is changed: its lines keep their
 * LineItemIDs where they correspond (a line without one is made anew and loses what a person tagged it with), and its
 * status decides between deleting a draft and voiding what was approved.
 */

export const updateContact: Batch = {
  plural: "Contacts",
  call: (elements, key) =>
    calls.updateContacts(
      elements.map(({ record, externalId }) => contactOnWire(as("contact", record), externalId)),
      key,
    ),
  answers: (answer, { externalId }) => says(answer, { ContactID: externalId ?? "" }),
  read: (answer) => readFirst("contact", answer),
  subject: ({ record }) => as("contact", record).name,
};

/** Changes invoices that nothing has been paid of; a paid one is refused here, before Xero would. */
export async function updateInvoices(
  client: XeroClient,
  elements: readonly WriteElement[],
  key: string,
): Promise<WriteOutcome[]> {
  const present = await readDocuments(client, "invoice", elements);
  return changeOpen(elements, present, {
    isDone: () => false,
    mayChange: (invoice) => isUnpaid(invoice) && (invoice.status === "draft" || invoice.status === "open"),
    send: (changeable) => sendBatch(client, { ...invoiceChange, call: updateCall(present) }, changeable, key),
  });
}

function updateCall(present: ReadonlyMap<string, AccountingDocument>): Batch["call"] {
  return (elements, key) =>
    calls.updateInvoices(
      elements.map(({ record, externalId }) => {
        const invoice = as("invoice", record);
        const before = present.get(externalId ?? "")?.lines ?? [];
        return invoiceOnWire(invoice, {
          invoiceId: externalId ?? "",
          lineItemIds: correspond(invoice.lines, before),
        });
      }),
      key,
    );
}

/** For each line the id of the line in Xero that it continues: the same item and words first, else its place. */
export function correspond(
  lines: readonly DocumentLine[],
  before: readonly DocumentLine[],
): (string | undefined)[] {
  const free = new Set(before);
  const claim = (found: DocumentLine | undefined): string | undefined => {
    if (found) free.delete(found);
    return found?.externalId;
  };
  const isSame = (one: DocumentLine, other: DocumentLine): boolean =>
    one.itemCode === other.itemCode && one.description === other.description;
  const byWords = lines.map((line) => claim([...free].find((candidate) => isSame(candidate, line))));
  return byWords.map((id, index) => {
    const inPlace = before[index];
    return id ?? (inPlace !== undefined && free.has(inPlace) ? claim(inPlace) : undefined);
  });
}

export async function voidInvoices(
  client: XeroClient,
  elements: readonly WriteElement[],
  key: string,
): Promise<WriteOutcome[]> {
  const present = await readDocuments(client, "invoice", elements);
  const call: Batch["call"] = (open, callKey) =>
    calls.updateInvoices(
      open.map(({ externalId }) => ({
        invoiceID: externalId ?? "",
        status: isDraft(present, externalId) ? SdkInvoice.StatusEnum.DELETED : SdkInvoice.StatusEnum.VOIDED,
      })),
      callKey,
    );
  return changeOpen(elements, present, {
    isDone: isClosed,
    mayChange: isUnpaid,
    send: (open) => sendBatch(client, { ...invoiceChange, call }, open, key),
  });
}

export async function voidCreditNotes(
  client: XeroClient,
  elements: readonly WriteElement[],
  key: string,
): Promise<WriteOutcome[]> {
  const present = await readDocuments(client, "creditNote", elements);
  const call: Batch["call"] = (open, callKey) =>
    calls.updateCreditNotes(
      open.map(({ externalId }) => ({
        creditNoteID: externalId ?? "",
        status: isDraft(present, externalId)
          ? SdkCreditNote.StatusEnum.DELETED
          : SdkCreditNote.StatusEnum.VOIDED,
      })),
      callKey,
    );
  return changeOpen(elements, present, {
    isDone: isClosed,
    mayChange: isUnpaid,
    send: (open) => sendBatch(client, { ...creditNoteChange, call }, open, key),
  });
}

const invoiceChange = {
  plural: "Invoices",
  answers: (answer: unknown, { externalId }: WriteElement) => says(answer, { InvoiceID: externalId ?? "" }),
  read: (answer: unknown) => readFirst("invoice", answer),
  subject: ({ record }: WriteElement) => numberOf(record),
};

const creditNoteChange = {
  plural: "CreditNotes",
  answers: (answer: unknown, { externalId }: WriteElement) =>
    says(answer, { CreditNoteID: externalId ?? "" }),
  read: (answer: unknown) => readFirst("creditNote", answer),
  subject: ({ record }: WriteElement) => numberOf(record),
};

const numberOf = (record: WriteElement["record"]): string => ("number" in record ? record.number : "");

const isClosed = ({ status }: AccountingDocument): boolean => status === "void" || status === "deleted";
const isUnpaid = ({ gross, remaining }: AccountingDocument): boolean => gross.minor === remaining.minor;
const isDraft = (present: ReadonlyMap<string, AccountingDocument>, id: string | null): boolean => {
  const status = present.get(id ?? "")?.status;
  return status === "draft" || status === "submitted";
};

interface Change {
  isDone(document: AccountingDocument): boolean;
  mayChange(document: AccountingDocument): boolean;
  send(elements: readonly WriteElement[]): Promise<WriteOutcome[]>;
}

async function changeOpen(
  elements: readonly WriteElement[],
  present: ReadonlyMap<string, AccountingDocument>,
  change: Change,
): Promise<WriteOutcome[]> {
  const outcomes: WriteOutcome[] = [];
  const open: WriteElement[] = [];
  for (const element of elements) {
    const { intentId, externalId, record } = element;
    const before = present.get(externalId ?? "");
    if (before === undefined) {
      outcomes.push({ intentId, kind: "rejected", problem: problem("documentNotPosted", numberOf(record)) });
    } else if (change.isDone(before)) {
      outcomes.push({ intentId, kind: "alreadyApplied", externalId: before.externalId, record: before });
    } else if (!change.mayChange(before)) {
      outcomes.push({ intentId, kind: "rejected", problem: problem("documentNotOpen", numberOf(record)) });
    } else {
      open.push(element);
    }
  }
  if (open.length > 0) outcomes.push(...(await change.send(open)));
  return inOrderOf(elements, outcomes);
}

/** The documents as they stand in Xero now, by id; what Xero has not is missing. */
async function readDocuments(
  client: XeroClient,
  type: "invoice" | "creditNote",
  elements: readonly WriteElement[],
): Promise<Map<string, AccountingDocument>> {
  const ids = [...new Set(elements.flatMap(({ externalId }) => externalId ?? []))];
  const readable = READABLE[type];
  const page = { page: 1, pageSize: readable.pageSize ?? 1 };
  const lists: SdkCall[] =
    type === "invoice"
      ? inBatches(ids, ",").map((batch) => calls.listInvoices({ ids: batch, ...page }))
      : anyOf(ids.map((id) => `CreditNoteID==${guid(id)}`)).map((where) => readable.list({ where, ...page }));
  const present = new Map<string, AccountingDocument>();
  for (const call of lists) {
    const list = readList(await client.read(call), readable.plural);
    if (list === null) throw wireMismatch(`it has no ${readable.plural}`);
    for (const element of list.elements) {
      const read = readable.read(element);
      if (!read.ok) throw wireMismatch(read.error);
      const [document] = read.value;
      if (document.recordType === "invoice" || document.recordType === "creditNote")
        present.set(document.externalId, document);
    }
  }
  return present;
}
