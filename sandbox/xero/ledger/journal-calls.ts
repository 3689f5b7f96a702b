/** Manual journals, bank transfers and batches of payments: their lists, single reads and writes. */
import { notFound, type Wire, type XeroAnswer } from "../answer";
import { answerRecords, bodyOf, firstId, summarizesErrors, writeOptions, type XeroCall } from "../api/call";
import { type ListSource, listPage, queryFlag } from "../read/list";
import { writeBatch } from "../write/batch";
import { readElement, readElements } from "../write/input";
import { bankTransferInput, batchPaymentInput, manualJournalInput } from "./input";
import { presentBankTransfer, presentBatchPayment, presentManualJournal } from "./present";
import { bankTransferSource, batchPaymentSource, manualJournalSource } from "./sources";
import { deleteBankTransfer, writeBankTransfer } from "./write-bank-transfers";
import { deleteBatchPayment, writeBatchPayment } from "./write-batch-payments";
import { writeManualJournal } from "./write-manual-journals";

export function listManualJournals(call: XeroCall): XeroAnswer {
  const { books } = call;
  return answerList(call, "ManualJournals", manualJournalSource(books), (id, isPaged) => {
    const journal = books.manualJournals.get(id);
    return journal === undefined ? {} : presentManualJournal(books, journal, isPaged);
  });
}

export function getManualJournal(call: XeroCall): XeroAnswer {
  const journal = call.books.manualJournals.get(firstId(call));
  if (journal === undefined) throw notFound();
  return answerRecords(call, "ManualJournals", [presentManualJournal(call.books, journal, true)]);
}

export function writeManualJournals(call: XeroCall, mayUpdate: boolean): XeroAnswer {
  const { books } = call;
  const options = writeOptions(call, mayUpdate);
  return writeBatch(books, readElements(bodyOf(call), "ManualJournals"), {
    plural: "ManualJournals",
    idField: "ManualJournalID",
    summarizeErrors: summarizesErrors(call),
    apply: (element) => writeManualJournal(books, readElement(element, manualJournalInput), options),
    present: (id) => {
      const journal = books.manualJournals.get(id);
      return journal === undefined ? {} : presentManualJournal(books, journal, true);
    },
  });
}

export function listBankTransfers(call: XeroCall): XeroAnswer {
  const { books, request } = call;
  const source = bankTransferSource(books, queryFlag(request, "includeDeleted"));
  return answerList(call, "BankTransfers", source, (id) => shownTransfer(call, id));
}

export function getBankTransfer(call: XeroCall): XeroAnswer {
  const id = firstId(call);
  if (call.books.bankTransfers.head(id) === undefined) throw notFound();
  return answerRecords(call, "BankTransfers", [shownTransfer(call, id)]);
}

/** PUT creates. */
export function createBankTransfers(call: XeroCall): XeroAnswer {
  const { books } = call;
  return writeBatch(books, readElements(bodyOf(call), "BankTransfers"), {
    plural: "BankTransfers",
    idField: "BankTransferID",
    summarizeErrors: summarizesErrors(call),
    apply: (element) => writeBankTransfer(books, readElement(element, bankTransferInput)),
    present: (id) => shownTransfer(call, id),
  });
}

/** POST deletes, by the id of the path or of each element. */
export function deleteBankTransfers(call: XeroCall): XeroAnswer {
  const { books } = call;
  const inPath = call.ids[0]?.toLowerCase();
  if (inPath !== undefined && books.bankTransfers.head(inPath) === undefined) throw notFound();
  return writeBatch(books, readElements(bodyOf(call), "BankTransfers"), {
    plural: "BankTransfers",
    idField: "BankTransferID",
    summarizeErrors: summarizesErrors(call),
    apply: (element) => {
      const input = readElement(element, bankTransferInput);
      return deleteBankTransfer(books, inPath ?? input.BankTransferID?.toLowerCase(), input.Status);
    },
    present: (id) => shownTransfer(call, id),
  });
}

export function listBatchPayments(call: XeroCall): XeroAnswer {
  return answerList(call, "BatchPayments", batchPaymentSource(call.books), (id) => shownBatch(call, id));
}

export function getBatchPayment(call: XeroCall): XeroAnswer {
  const id = firstId(call);
  if (call.books.batchPayments.head(id) === undefined) throw notFound();
  return answerRecords(call, "BatchPayments", [shownBatch(call, id)]);
}

/** PUT creates. */
export function createBatchPayments(call: XeroCall): XeroAnswer {
  const { books } = call;
  return writeBatch(books, readElements(bodyOf(call), "BatchPayments"), {
    plural: "BatchPayments",
    idField: "BatchPaymentID",
    summarizeErrors: summarizesErrors(call),
    apply: (element) => writeBatchPayment(books, readElement(element, batchPaymentInput)),
    present: (id) => shownBatch(call, id),
  });
}

/** POST deletes, by the id of the path or of the body. */
export function deleteBatchPayments(call: XeroCall): XeroAnswer {
  const { books } = call;
  const inPath = call.ids[0]?.toLowerCase();
  if (inPath !== undefined && books.batchPayments.head(inPath) === undefined) throw notFound();
  return writeBatch(books, readElements(bodyOf(call), "BatchPayments"), {
    plural: "BatchPayments",
    idField: "BatchPaymentID",
    summarizeErrors: summarizesErrors(call),
    apply: (element) => {
      const input = readElement(element, batchPaymentInput);
      return deleteBatchPayment(books, inPath ?? input.BatchPaymentID?.toLowerCase(), input.Status);
    },
    present: (id) => shownBatch(call, id),
  });
}

function answerList<Header extends { createdMs: number; updatedMs: number }>(
  call: XeroCall,
  plural: string,
  source: ListSource<Header>,
  show: (id: string, isPaged: boolean) => Wire,
): XeroAnswer {
  const page = listPage(call.books, call.request, source);
  const more = page.pagination === null ? {} : { pagination: page.pagination };
  const shown = page.ids.map((id) => show(id, page.pagination !== null));
  return answerRecords(call, plural, shown, more);
}

function shownTransfer({ books }: XeroCall, id: string): Wire {
  const transfer = books.bankTransfers.get(id);
  return transfer === undefined ? {} : presentBankTransfer(books, transfer);
}

function shownBatch({ books }: XeroCall, id: string): Wire {
  const batch = books.batchPayments.get(id);
  return batch === undefined ? {} : presentBatchPayment(books, batch);
}
