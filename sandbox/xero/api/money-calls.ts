/** What settles documents: allocations, payments, overpayments and prepayments, bank transactions. */
import { notFound, validationException, type XeroAnswer, XeroRefusal } from "../answer";
import { presentAllocation, presentBankTransaction, presentCredit } from "../present/documents";
import { presentPayment } from "../present/payments";
import { listPage } from "../read/list";
import { bankTransactionSource, creditSource, paymentSource } from "../read/money-sources";
import { type CreditSource, removeAllocation, writeAllocation } from "../write/allocations";
import { writeBankTransaction } from "../write/bank-transactions";
import { writeBatch } from "../write/batch";
import {
  allocationInput,
  bankTransactionInput,
  paymentInput,
  readElement,
  readElements,
} from "../write/input";
import { closePayment, writePayment } from "../write/payments";
import { currencyRateWarnings } from "../write/reference";
import { answerRecords, bodyOf, firstId, summarizesErrors, writeOptions, type XeroCall } from "./call";
import { answerPage, listDetail, singleDetail } from "./page-answers";

function sourceOf(call: XeroCall, kind: CreditSource["kind"]): CreditSource {
  const id = firstId(call);
  const { books } = call;
  const table =
    kind === "creditNote"
      ? books.creditNotes
      : kind === "overpayment"
        ? books.overpayments
        : books.prepayments;
  if (table.head(id) === undefined) throw notFound();
  return { kind, id };
}

export function writeAllocations(call: XeroCall, kind: CreditSource["kind"]): XeroAnswer {
  const { books } = call;
  const source = sourceOf(call, kind);
  return writeBatch(books, readElements(bodyOf(call), "Allocations"), {
    plural: "Allocations",
    idField: "AllocationID",
    summarizeErrors: summarizesErrors(call),
    apply: (element) => writeAllocation(books, source, readElement(element, allocationInput)),
    present: (id) => presentAllocation(books, id) ?? {},
  });
}

function allocationRefused(id: string, Message: string): XeroRefusal {
  return new XeroRefusal(validationException([{ AllocationID: id, ValidationErrors: [{ Message }] }]));
}

export function deleteAllocation(call: XeroCall, kind: CreditSource["kind"]): XeroAnswer {
  const id = (call.ids[1] ?? "").toLowerCase();
  const shown = presentAllocation(call.books, id);
  if (shown === null) throw notFound();
  const removed = removeAllocation(call.books, sourceOf(call, kind), id);
  if (!removed.ok) throw allocationRefused(id, removed.error);
  if (!removed.value) throw notFound();
  // Alone among the answers it is the record itself, without an envelope.
  return { status: 200, body: { ...shown, IsDeleted: true }, elements: 1 };
}

export function listPayments(call: XeroCall): XeroAnswer {
  const { books, request } = call;
  return answerPage(call, "Payments", listPage(books, request, paymentSource(books)), {
    get: (id) => books.payments.get(id),
    show: (payment) => presentPayment(books, payment),
  });
}

export function getPayment(call: XeroCall): XeroAnswer {
  const payment = call.books.payments.get(firstId(call));
  if (payment === undefined) throw notFound();
  return answerRecords(call, "Payments", [presentPayment(call.books, payment)]);
}

/** PUT and POST /Payments create; POST /Payments/{id} only deletes. */
export function writePayments(call: XeroCall): XeroAnswer {
  const { books } = call;
  const id = call.ids[0]?.toLowerCase();
  if (id !== undefined && books.payments.head(id) === undefined) throw notFound();
  return writeBatch(books, readElements(bodyOf(call), "Payments"), {
    plural: "Payments",
    idField: "PaymentID",
    summarizeErrors: summarizesErrors(call),
    apply: (element) => {
      const input = readElement(element, paymentInput);
      return id === undefined ? writePayment(books, input) : closePayment(books, id, input.Status);
    },
    present: (paymentId) => {
      const payment = books.payments.get(paymentId);
      return payment === undefined ? {} : presentPayment(books, payment);
    },
  });
}

export function listCredits(call: XeroCall, kind: "overpayment" | "prepayment"): XeroAnswer {
  const { books, request } = call;
  const page = listPage(books, request, creditSource(books, request, kind));
  const detail = listDetail(call, page);
  return answerPage(call, kind === "overpayment" ? "Overpayments" : "Prepayments", page, {
    get: (id) => (kind === "overpayment" ? books.overpayments : books.prepayments).get(id),
    show: (credit) => presentCredit(books, kind, credit, detail),
  });
}

export function getCredit(call: XeroCall, kind: "overpayment" | "prepayment"): XeroAnswer {
  const { books } = call;
  const { id } = sourceOf(call, kind);
  const credit = (kind === "overpayment" ? books.overpayments : books.prepayments).get(id);
  const plural = kind === "overpayment" ? "Overpayments" : "Prepayments";
  const shown = credit === undefined ? [] : [presentCredit(books, kind, credit, singleDetail(call))];
  return answerRecords(call, plural, shown);
}

export function listBankTransactions(call: XeroCall): XeroAnswer {
  const { books, request } = call;
  const page = listPage(books, request, bankTransactionSource(books, request));
  const detail = listDetail(call, page);
  return answerPage(call, "BankTransactions", page, {
    get: (id) => books.bankTransactions.get(id),
    show: (transaction) => presentBankTransaction(books, transaction, detail),
  });
}

export function getBankTransaction(call: XeroCall): XeroAnswer {
  const transaction = call.books.bankTransactions.get(firstId(call));
  if (transaction === undefined) throw notFound();
  const shown = presentBankTransaction(call.books, transaction, singleDetail(call));
  return answerRecords(call, "BankTransactions", [shown]);
}

export function writeBankTransactions(call: XeroCall, mayUpdate: boolean): XeroAnswer {
  const { books } = call;
  const options = writeOptions(call, mayUpdate);
  return writeBatch(books, readElements(bodyOf(call), "BankTransactions"), {
    plural: "BankTransactions",
    idField: "BankTransactionID",
    summarizeErrors: summarizesErrors(call),
    apply: (element) => writeBankTransaction(books, readElement(element, bankTransactionInput), options),
    warn: (element, id) =>
      currencyRateWarnings(books, element.CurrencyRate, books.bankTransactions.head(id)?.currency),
    present: (id) => {
      const transaction = books.bankTransactions.get(id);
      return transaction === undefined ? {} : presentBankTransaction(books, transaction, singleDetail(call));
    },
  });
}
