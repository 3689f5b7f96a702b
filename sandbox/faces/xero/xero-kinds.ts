/** The kinds of record in Xero's pages, in the order of their navigation. */
import type { Books } from "@/sandbox/xero/books";
import type { Kind } from "../kinds";
import { creditNoteKind, invoiceKind, purchaseOrderKind } from "./document-kinds";
import { bankTransactionKind, manualJournalKind, paymentKind } from "./money-kinds";
import { contactKind, itemKind } from "./party-kinds";

/** All kinds of one organisation. */
export function xeroKinds(books: Books, person: string): readonly Kind[] {
  return [
    invoiceKind(books, "ACCREC"),
    creditNoteKind(books),
    invoiceKind(books, "ACCPAY"),
    purchaseOrderKind(books),
    paymentKind(books),
    bankTransactionKind(books),
    contactKind(books, person),
    itemKind(),
    manualJournalKind(books),
  ];
}
