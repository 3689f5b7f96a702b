/** The fields and filters of credits, bank transactions and payments; see sources.ts. */
import type { SandboxRequest } from "@/sandbox/kit/types";
import type { Books } from "../books";
import { presentBankTransaction, presentCredit } from "../present/documents";
import { presentPayment } from "../present/payments";
import type { FieldValue } from "./field-order";
import {
  BANK_TRANSACTION_FIELDS,
  OPTIMISED_DOCUMENTS,
  OPTIMISED_PAYMENTS,
  OVERPAYMENT_FIELDS,
  PAYMENT_FIELDS,
  PREPAYMENT_FIELDS,
} from "./field-types";
import { DETAIL, dayValue, documentField, shown, shownField } from "./field-values";
import { type ListSource, queryList } from "./list";

type Heads<K extends "payments" | "bankTransactions" | "overpayments"> = Books[K] extends {
  heads(): IterableIterator<[string, infer Header]>;
}
  ? Header
  : never;

export function creditSource(
  books: Books,
  request: SandboxRequest,
  kind: "overpayment" | "prepayment",
): ListSource<Heads<"overpayments">> {
  const references = queryList(request, "References");
  const numbers = kind === "prepayment" ? queryList(request, "InvoiceNumbers") : null;
  const types = kind === "overpayment" ? OVERPAYMENT_FIELDS : PREPAYMENT_FIELDS;
  const credits = kind === "overpayment" ? books.overpayments : books.prepayments;
  return {
    paged: true,
    types,
    optimised: OPTIMISED_DOCUMENTS,
    heads: () => credits.heads(),
    filters: [
      (_, head) => references === null || references.has((head.reference ?? "").toLowerCase()),
      // A prepayment made by a bank transaction has no invoice number of its own.
      () => numbers === null,
    ],
    field: (id, head, path) =>
      shownField(
        documentField(books, head, path, {
          [`${kind}id`]: id,
          remainingcredit: { amount: head.remainingCredit },
        }),
        types,
        path,
        () => shown(credits.get(id), (credit) => presentCredit(books, kind, credit, DETAIL)),
      ),
  };
}

export function bankTransactionSource(
  books: Books,
  request: SandboxRequest,
): ListSource<Heads<"bankTransactions">> {
  const references = queryList(request, "References");
  return {
    paged: true,
    types: BANK_TRANSACTION_FIELDS,
    optimised: OPTIMISED_DOCUMENTS,
    heads: () => books.bankTransactions.heads(),
    filters: [(_, head) => references === null || references.has((head.reference ?? "").toLowerCase())],
    field: (id, head, path) =>
      shownField(
        documentField(books, head, path, {
          banktransactionid: id,
          isreconciled: head.isReconciled,
          "bankaccount.accountid": head.bankAccountId,
          "bankaccount.code": books.accounts.head(head.bankAccountId)?.code ?? null,
        }),
        BANK_TRANSACTION_FIELDS,
        path,
        () =>
          shown(books.bankTransactions.get(id), (transaction) =>
            presentBankTransaction(books, transaction, DETAIL),
          ),
      ),
  };
}

export function paymentSource(books: Books): ListSource<Heads<"payments">> {
  return {
    paged: true,
    types: PAYMENT_FIELDS,
    optimised: OPTIMISED_PAYMENTS,
    heads: () => books.payments.heads(),
    filters: [],
    field: (id, head, path) => {
      const invoice = head.targetKind === "invoice" ? books.invoices.head(head.targetId) : undefined;
      const note = head.targetKind === "creditNote" ? books.creditNotes.head(head.targetId) : undefined;
      const credits = head.targetKind === "overpayment" ? books.overpayments : books.prepayments;
      const type = invoice?.type ?? note?.type ?? credits.head(head.targetId)?.type;
      const fields: Record<string, FieldValue> = {
        paymentid: id,
        status: head.status,
        reference: head.reference,
        date: dayValue(head.date),
        amount: { amount: head.amount },
        isreconciled: head.isReconciled,
        updateddateutc: new Date(head.updatedMs),
        paymenttype: paymentType(head.targetKind, type),
        "account.accountid": head.accountId,
        "account.code": books.accounts.head(head.accountId)?.code ?? null,
        "invoice.invoiceid": invoice === undefined ? null : head.targetId,
        "invoice.invoicenumber": invoice?.number ?? null,
        "invoice.contact.contactid": invoice?.contactId ?? null,
        "creditnote.creditnoteid": note === undefined ? null : head.targetId,
      };
      if (Object.hasOwn(fields, path)) return fields[path];
      return shownField(undefined, PAYMENT_FIELDS, path, () =>
        shown(books.payments.get(id), (payment) => presentPayment(books, payment)),
      );
    },
  };
}

function paymentType(kind: string, type: string | undefined): string {
  if (kind === "invoice") return type === "ACCPAY" ? "ACCPAYPAYMENT" : "ACCRECPAYMENT";
  if (kind === "creditNote") return type === "ACCPAYCREDIT" ? "APCREDITPAYMENT" : "ARCREDITPAYMENT";
  const side = type?.startsWith("SPEND") === true ? "AP" : "AR";
  return kind === "overpayment" ? `${side}OVERPAYMENTPAYMENT` : `${side}PREPAYMENTPAYMENT`;
}
