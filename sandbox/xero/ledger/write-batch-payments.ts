/**
 * Several invoices, or several bills, paid as one movement of the bank account. The batch is as good as its
 * payments: each is made by the rules of a single one, and the batch is deleted with all of them.
 */
import { err, ok, type Result } from "@/lib/kernel/result";
import { add } from "../amounts";
import type { Books } from "../books";
import { dayOf } from "../dates";
import { reversePayment, writePayment } from "../write/payments";
import { findAccount } from "../write/reference";
import type { BatchPaymentInput } from "./input";
import type { BatchPayment } from "./records";

const TEXTS_CHARACTERS_MAX = { Reference: 255, Particulars: 12, Code: 12, Details: 18, Narrative: 18 };

/** Makes one batch with its payments; answers its id. */
export function writeBatchPayment(books: Books, input: BatchPaymentInput): Result<string, readonly string[]> {
  const account = findAccount(books, input.Account ?? {});
  const problems = textProblems(input);
  if (account === undefined) problems.push("The account of a batch payment must be specified.");
  const asked = input.Payments ?? [];
  if (asked.length === 0) problems.push("A batch payment must have at least one payment.");
  if (problems.length > 0 || account === undefined) return err(problems);
  const id = books.newId();
  const now = books.now();
  const date = input.Date ?? dayOf(now);
  const paymentIds: string[] = [];
  for (const payment of asked) {
    const made = writePayment(books, { ...payment, Account: { AccountID: account.id }, Date: date }, id);
    if (!made.ok) return err(made.error);
    paymentIds.push(made.value);
  }
  const types = new Set(paymentIds.map((paymentId) => sideOfPayment(books, paymentId)));
  if (types.size > 1) return err(["A batch payment can hold payments of one kind only."]);
  const batch: BatchPayment = {
    id,
    createdMs: now,
    updatedMs: now,
    accountId: account.id,
    date,
    reference: input.Reference || null,
    particulars: input.Particulars || null,
    code: input.Code || null,
    details: input.Details || null,
    narrative: input.Narrative || null,
    type: types.has("RECBATCH") ? "RECBATCH" : "PAYBATCH",
    status: "AUTHORISED",
    paymentIds,
    totalAmount: add(...paymentIds.map((paymentId) => books.payments.get(paymentId)?.bankAmount ?? "0")),
  };
  books.batchPayments.put(batch);
  return ok(batch.id);
}

/** POST with Status DELETED takes back every payment of the batch; answers the id. */
export function deleteBatchPayment(
  books: Books,
  id: string | undefined,
  status: string | null | undefined,
): Result<string, readonly string[]> {
  const before = id === undefined ? undefined : books.batchPayments.get(id);
  if (before === undefined) return err(["The batch payment specified could not be found."]);
  if (status?.toUpperCase() !== "DELETED") return err(["Batch payments cannot be changed, only deleted."]);
  if (before.status === "DELETED") return err(["This batch payment has already been deleted."]);
  for (const paymentId of before.paymentIds) {
    if (books.payments.head(paymentId)?.status === "DELETED") continue;
    const reversed = reversePayment(books, paymentId);
    if (!reversed.ok) return err(reversed.error);
  }
  books.batchPayments.put({ ...before, status: "DELETED", updatedMs: books.now() });
  return ok(before.id);
}

function sideOfPayment(books: Books, paymentId: string): BatchPayment["type"] {
  const head = books.payments.head(paymentId);
  const type =
    head?.targetKind === "creditNote"
      ? books.creditNotes.head(head.targetId)?.type
      : books.invoices.head(head?.targetId ?? "")?.type;
  return type === "ACCREC" || type === "ACCPAYCREDIT" ? "RECBATCH" : "PAYBATCH";
}

function textProblems(input: BatchPaymentInput): string[] {
  const texts = {
    Reference: input.Reference,
    Particulars: input.Particulars,
    Code: input.Code,
    Details: input.Details,
    Narrative: input.Narrative,
  };
  return Object.entries(TEXTS_CHARACTERS_MAX).flatMap(([name, max]) => {
    const text = Object.entries(texts).find(([field]) => field === name)?.[1];
    return (text ?? "").length > max ? [`${name} must be at most ${max} characters.`] : [];
  });
}
