import { CreditNote as SdkCreditNote } from "xero-node/dist/gen/model/accounting/creditNote.js";
import { Invoice as SdkInvoice } from "xero-node/dist/gen/model/accounting/invoice.js";
import { ManualJournal as SdkManualJournal } from "xero-node/dist/gen/model/accounting/manualJournal.js";
import type { WriteElement, WriteOutcome } from "@/lib/connectors/contract/connector";
import { isDocument } from "@/lib/domain/canonical-record";
import type { DocumentLine } from "@/lib/domain/document";
import { problem } from "@/lib/domain/problem";
import * as calls from "../calls";
import type { SdkCall } from "../client";
import { contactOnWire } from "../translate/contact";
import {
  bankTransactionOnWire,
  type Existing,
  invoiceOnWire,
  purchaseOrderOnWire,
} from "../translate/document-on-wire";
import { itemOnWire } from "../translate/item";
import { manualJournalOnWire } from "../translate/manual-journal";
import { as, nameOf, readFirst, says } from "./create";
import type { ConnectedXero } from "./organisation-facts";
import { type Changeable, type ChangeableType, type Present, readPresent } from "./present";
import { READABLE } from "./readable";
import { type Batch, inOrderOf, sendBatch } from "./send-batch";

/**
 * Updates and voids, by POST with the record's id. A record is read before it is changed: the lines of a document keep
 * their LineItemIDs where they correspond (a line without one is made anew and loses what a person tagged it with), and
 * the status decides between deleting a draft and voiding what was approved.
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

/** By its id: what is left out of a sale's details stays as it is in Xero. */
export const updateItem: Batch = {
  plural: "Items",
  call: (elements, key) =>
    calls.updateItems(
      elements.map(({ record, externalId }) => ({
        ...itemOnWire(as("item", record)),
        itemID: externalId ?? "",
      })),
      key,
    ),
  answers: (answer, { externalId }) => says(answer, { ItemID: externalId ?? "" }),
  read: (answer) => readFirst("item", answer),
  subject: ({ record }) => as("item", record).code,
};

type Updated = "invoice" | "bill" | "purchaseOrder" | "bankTransaction" | "manualJournal";
type Voided = "invoice" | "bill" | "creditNote" | "supplierCredit" | "manualJournal";

/** Changes what nothing has been paid of; a paid or billed one is refused here, before Xero would. */
export async function updateRecords(
  client: ConnectedXero,
  type: Updated,
  elements: readonly WriteElement[],
  key: string,
): Promise<WriteOutcome[]> {
  const present = await readPresent(client, type, elements);
  const call: Batch["call"] = (changeable, callKey) => updateCall(type, changeable, present, callKey);
  return changeOpen(elements, present, {
    isDone: () => false,
    mayChange: (record) => isUnpaid(record) && OPEN.has(record.status),
    send: async (changeable) => sendBatch(client, await changing(client, type, call), changeable, key),
  });
}

const OPEN: ReadonlySet<Changeable["status"]> = new Set(["draft", "submitted", "open"]);

function updateCall(
  type: Updated,
  elements: readonly WriteElement[],
  present: Present,
  key: string,
): SdkCall {
  const existing = ({ record, externalId }: WriteElement): Existing => ({
    externalId: externalId ?? "",
    lineItemIds: lineItemIds(record, present.get(externalId ?? "")),
  });
  switch (type) {
    case "invoice":
    case "bill":
      return calls.updateInvoices(
        elements.map((element) => invoiceOnWire(as(type, element.record), existing(element))),
        key,
      );
    case "purchaseOrder":
      return calls.updatePurchaseOrders(
        elements.map((element) => purchaseOrderOnWire(as(type, element.record), existing(element))),
        key,
      );
    case "bankTransaction":
      return calls.updateBankTransactions(
        elements.map((element) => bankTransactionOnWire(as(type, element.record), existing(element))),
        key,
      );
    case "manualJournal":
      return calls.updateManualJournals(
        elements.map(({ record, externalId }) => manualJournalOnWire(as(type, record), externalId ?? "")),
        key,
      );
  }
}

function lineItemIds(
  record: WriteElement["record"],
  before: Changeable | undefined,
): Existing["lineItemIds"] {
  const isPair = isDocument(record) && before !== undefined && isDocument(before);
  return isPair ? correspond(record.lines, before.lines) : [];
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

/** Voids what was approved and deletes what is a draft; what is gone already is done. */
export async function voidRecords(
  client: ConnectedXero,
  type: Voided,
  elements: readonly WriteElement[],
  key: string,
): Promise<WriteOutcome[]> {
  const present = await readPresent(client, type, elements);
  const call: Batch["call"] = (open, callKey) => voidCall(type, open, present, callKey);
  return changeOpen(elements, present, {
    isDone: ({ status }) => status === "void" || status === "deleted",
    mayChange: isUnpaid,
    send: async (open) => sendBatch(client, await changing(client, type, call), open, key),
  });
}

function voidCall(type: Voided, elements: readonly WriteElement[], present: Present, key: string): SdkCall {
  const ids = elements.map(({ externalId }) => externalId ?? "");
  const isDraft = (id: string): boolean => {
    const status = present.get(id)?.status;
    return status === "draft" || status === "submitted";
  };
  switch (type) {
    case "invoice":
    case "bill": {
      const { DELETED, VOIDED } = SdkInvoice.StatusEnum;
      return calls.updateInvoices(
        ids.map((id) => ({ invoiceID: id, status: isDraft(id) ? DELETED : VOIDED })),
        key,
      );
    }
    case "creditNote":
    case "supplierCredit": {
      const { DELETED, VOIDED } = SdkCreditNote.StatusEnum;
      return calls.updateCreditNotes(
        ids.map((id) => ({ creditNoteID: id, status: isDraft(id) ? DELETED : VOIDED })),
        key,
      );
    }
    case "manualJournal": {
      const { DELETED, VOIDED } = SdkManualJournal.StatusEnum;
      return calls.updateManualJournals(
        ids.map((id) => ({
          manualJournalID: id,
          // The SDK calls it required, also where nothing but the status changes.
          narration: narrationOf(present.get(id)),
          status: isDraft(id) ? DELETED : VOIDED,
        })),
        key,
      );
    }
  }
}

const narrationOf = (journal: Changeable | undefined): string =>
  journal?.recordType === "manualJournal" ? journal.narration : "";

async function changing(client: ConnectedXero, type: ChangeableType, call: Batch["call"]): Promise<Batch> {
  const { plural, idField } = READABLE[type];
  const baseCurrency = type === "manualJournal" ? await client.facts.baseCurrency() : "";
  return {
    plural,
    call,
    answers: (answer, { externalId }) => says(answer, { [idField]: externalId ?? "" }),
    read: (answer) => readFirst(type, answer, baseCurrency),
    subject: ({ record }) => nameOf(record),
  };
}

/** What moved on a bank account and journals are settled by nothing. */
const isUnpaid = (record: Changeable): boolean =>
  record.recordType === "manualJournal" ||
  record.recordType === "bankTransaction" ||
  record.gross.minor === record.remaining.minor;

interface Change {
  isDone(record: Changeable): boolean;
  mayChange(record: Changeable): boolean;
  send(elements: readonly WriteElement[]): Promise<WriteOutcome[]>;
}

async function changeOpen(
  elements: readonly WriteElement[],
  present: Present,
  change: Change,
): Promise<WriteOutcome[]> {
  const outcomes: WriteOutcome[] = [];
  const open: WriteElement[] = [];
  for (const element of elements) {
    const { intentId, externalId, record } = element;
    const before = present.get(externalId ?? "");
    if (before === undefined) {
      outcomes.push({ intentId, kind: "rejected", problem: problem("documentNotPosted", nameOf(record)) });
    } else if (change.isDone(before)) {
      outcomes.push({ intentId, kind: "alreadyApplied", externalId: before.externalId, record: before });
    } else if (!change.mayChange(before)) {
      outcomes.push({ intentId, kind: "rejected", problem: problem("documentNotOpen", nameOf(record)) });
    } else {
      open.push(element);
    }
  }
  if (open.length > 0) outcomes.push(...(await change.send(open)));
  return inOrderOf(elements, outcomes);
}
