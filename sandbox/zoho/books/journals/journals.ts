/**
 * Journals: debits and credits by hand, equal in sum with the taxes of their lines. Lines on receivables and
 * payables name their contact; a published journal stays one.
 */

import { z } from "zod";
import { decimal, decimalText } from "@/lib/kernel/decimal";
import { err, ok, type Result } from "@/lib/kernel/result";
import type { SandboxResponse } from "@/sandbox/kit/types";
import { type BooksCall, refuseMissing, refuseValue, succeed, succeedWriting } from "../answers";
import { sum } from "../arithmetic";
import { idsBy } from "../indexes";
import { date, exchangeRate, figure, id, parseInput, text } from "../input";
import { refuseLocked } from "../settings/transaction-locks";
import { appliedFields, appliedTags } from "../trade/document-body";
import { mergeFields } from "../trade/document-input";
import { readTags } from "../trade/read-lines";
import type { StoredJournal, StoredJournalLine } from "../trade/records";
import { refuseBy } from "../trade/refusals";
import { currencyByCode, exchangeRateOn } from "../write-document";
import { journalWire } from "./journal-wire";

const lineBody = z.object({
  line_id: id.optional(),
  account_id: id,
  customer_id: id.optional(),
  description: text.optional(),
  tax_id: id.optional(),
  amount: figure,
  debit_or_credit: z.enum(["debit", "credit"]),
  tags: appliedTags.optional(),
});
type LineBody = z.infer<typeof lineBody>;

const journalBody = z.object({
  journal_date: date.optional(),
  reference_number: text.optional(),
  notes: text.optional(),
  journal_type: text.optional(),
  currency_id: id.optional(),
  exchange_rate: exchangeRate.optional(),
  status: z.enum(["draft", "published"]).optional(),
  line_items: z.array(lineBody).optional(),
  custom_fields: appliedFields.optional(),
  tags: appliedTags.optional(),
});
type JournalBody = z.infer<typeof journalBody>;

export function getJournal(call: BooksCall): SandboxResponse {
  const [journalId = ""] = call.ids;
  const journal = call.books.journals.get(journalId);
  return journal === undefined
    ? refuseMissing(call.context, "Journal")
    : succeed({ journal: journalWire(call, journalId, journal) });
}

export function createJournal(call: BooksCall): SandboxResponse {
  const body = parseInput(journalBody, call.input);
  return body.ok ? writeJournal(call, call.books.nextId(), body.value, null) : refuseValue(body.error);
}

export function updateJournal(call: BooksCall): SandboxResponse {
  const [journalId = ""] = call.ids;
  const previous = call.books.journals.get(journalId);
  if (previous === undefined) return refuseMissing(call.context, "Journal");
  const body = parseInput(journalBody, call.input);
  return body.ok ? writeJournal(call, journalId, body.value, previous) : refuseValue(body.error);
}

function writeJournal(
  call: BooksCall,
  journalId: string,
  body: JournalBody,
  previous: StoredJournal | null,
): SandboxResponse {
  const journal = readJournal(call, body, previous);
  if (!journal.ok) return journal.error;
  const locked = refuseLocked(call, "accountant", journal.value.date, previous?.date);
  if (locked !== null) return locked;
  call.books.journals.put(journalId, journal.value);
  return succeedWriting(
    { journal: journalWire(call, journalId, journal.value) },
    previous === null ? "The journal entry has been created." : "The journal entry has been updated.",
    previous === null ? 201 : 200,
  );
}

function readJournal(
  call: BooksCall,
  body: JournalBody,
  previous: StoredJournal | null,
): Result<StoredJournal, SandboxResponse> {
  const { books, organization, context } = call;
  const day = body.journal_date ?? previous?.date;
  if (day === undefined) return err(refuseValue("journal_date"));
  const currency = body.currency_id === undefined ? undefined : books.currencies.head(body.currency_id);
  if (body.currency_id !== undefined && currency === undefined)
    return err(refuseMissing(context, "Currency"));
  const currencyCode = currency?.code ?? previous?.currencyCode ?? organization.currencyCode;
  const { precision } = currencyByCode(books, currencyCode);
  const lines =
    body.line_items === undefined
      ? ok(previous?.lines ?? [])
      : readLines(call, body.line_items, previous?.lines ?? [], precision);
  if (!lines.ok) return lines;
  if (lines.value.length < 2) return err(refuseBy("journalTooShort"));
  const debits = sideTotal(lines.value, "debit");
  if (!debits.equals(sideTotal(lines.value, "credit"))) return err(refuseBy("journalUnbalanced"));
  const tags = body.tags === undefined ? ok(previous?.tags ?? []) : readTags(books, body.tags);
  if (!tags.ok) return tags;
  const untaxed = lines.value.filter(({ side }) => side === "debit").map((line) => decimal(line.amount));
  const now = books.stamp();
  return ok({
    number: previous?.number ?? nextEntryNumber(call),
    date: day,
    reference: body.reference_number ?? previous?.reference ?? "",
    notes: body.notes ?? previous?.notes ?? "",
    type: body.journal_type ?? previous?.type ?? "both",
    currencyCode,
    exchangeRate: body.exchange_rate ?? previous?.exchangeRate ?? exchangeRateOn(books, currencyCode, day),
    status: previous?.status ?? body.status ?? firstStatus(call),
    lines: lines.value,
    lineTotal: decimalText(sum(untaxed)),
    total: decimalText(debits),
    customFields: mergeFields(previous?.customFields ?? [], body.custom_fields ?? []),
    tags: tags.value,
    created: previous?.created ?? now,
    modified: now,
  });
}

const firstStatus = ({ context }: BooksCall): "draft" | "published" =>
  context.switches.get("zoho.new-journal-status") === "draft" ? "draft" : "published";

const sideTotal = (lines: readonly StoredJournalLine[], asked: "debit" | "credit") =>
  sum(lines.filter(({ side }) => side === asked).map((line) => decimal(line.amount).plus(line.taxAmount)));

function nextEntryNumber({ books }: BooksCall): string {
  for (let count = books.journals.size + 1; ; count += 1)
    if (idsBy(books.journals, "number", ({ number }) => number, String(count)).size === 0)
      return String(count);
}

const CONTACT_ACCOUNTS: ReadonlySet<string> = new Set(["accounts_receivable", "accounts_payable"]);

function readLines(
  call: BooksCall,
  bodies: readonly LineBody[],
  previous: readonly StoredJournalLine[],
  precision: number,
): Result<StoredJournalLine[], SandboxResponse> {
  const { books, context } = call;
  const lines: StoredJournalLine[] = [];
  for (const body of bodies) {
    const account = books.accounts.head(body.account_id);
    if (account === undefined) return err(refuseMissing(context, "Account"));
    if (!decimal(body.amount).greaterThan(0)) return err(refuseValue("amount"));
    const contactId = body.customer_id ?? "";
    if (contactId !== "" && books.contacts.head(contactId) === undefined)
      return err(refuseMissing(context, "Contact"));
    if (contactId === "" && CONTACT_ACCOUNTS.has(account.type))
      return err(refuseBy("contactHasNoJournalRole"));
    const taxId = body.tax_id ?? "";
    const tax = books.taxes.head(taxId);
    if (taxId !== "" && tax === undefined) return err(refuseMissing(context, "Tax"));
    const tags = readTags(books, body.tags ?? []);
    if (!tags.ok) return tags;
    const taxed = decimal(body.amount)
      .times(tax?.percentage ?? "0")
      .dividedBy(100);
    lines.push({
      id: previous.find((line) => line.id === body.line_id)?.id ?? books.nextId(),
      accountId: body.account_id,
      contactId,
      description: body.description ?? "",
      side: body.debit_or_credit,
      amount: body.amount,
      taxId,
      taxAmount: decimalText(taxed.toDecimalPlaces(precision)),
      tags: tags.value,
    });
  }
  return ok(lines);
}

export function removeJournal(call: BooksCall): SandboxResponse {
  const [journalId = ""] = call.ids;
  return removeAll(call, [journalId]);
}

/** DELETE /journals/bulkdelete?journal_ids=1,2: all of them or none. */
export function removeJournals(call: BooksCall): SandboxResponse {
  const ids = idsAsked(call);
  return ids.length === 0 ? refuseValue("journal_ids") : removeAll(call, ids);
}

const idsAsked = ({ query }: BooksCall): readonly string[] =>
  (query.get("journal_ids") ?? "").split(",").filter((each) => each !== "");

function removeAll(call: BooksCall, ids: readonly string[]): SandboxResponse {
  for (const journalId of ids) {
    const journal = call.books.journals.head(journalId);
    if (journal === undefined) return refuseMissing(call.context, "Journal");
    const locked = refuseLocked(call, "accountant", journal.date);
    if (locked !== null) return locked;
  }
  for (const journalId of ids) {
    call.books.journals.delete(journalId);
    call.books.comments.delete(journalId);
    call.books.attachments.delete(journalId);
  }
  return succeedWriting({}, "The selected journal entry has been deleted.");
}

interface StatusMove {
  readonly to: StoredJournal["status"];
  readonly from: readonly StoredJournal["status"][];
  readonly message: string;
  readonly status: number;
}

/** A call that moves one journal, or those of journal_ids, to another status. */
export function createJournalStatusCall(
  move: StatusMove,
  many = false,
): (call: BooksCall) => SandboxResponse {
  return (call) => {
    const ids = many ? idsAsked(call) : [call.ids[0] ?? ""];
    if (ids.length === 0) return refuseValue("journal_ids");
    const { books } = call;
    for (const journalId of ids) {
      const journal = books.journals.head(journalId);
      if (journal === undefined) return refuseMissing(call.context, "Journal");
      if (journal.status !== move.to && !move.from.includes(journal.status))
        return refuseBy("statusNotAllowed");
      const locked = refuseLocked(call, "accountant", journal.date);
      if (locked !== null) return locked;
    }
    for (const journalId of ids) {
      const journal = books.journals.get(journalId);
      if (journal !== undefined)
        books.journals.put(journalId, { ...journal, status: move.to, modified: books.stamp() });
    }
    return succeedWriting({}, move.message, move.status);
  };
}

/** POST /journals/{id}/reverse?reversal_date=: a journal with the sides exchanged. */
export function reverseJournal(call: BooksCall): SandboxResponse {
  const { books, query } = call;
  const [journalId = ""] = call.ids;
  const journal = books.journals.get(journalId);
  if (journal === undefined) return refuseMissing(call.context, "Journal");
  const day = date.safeParse(query.get("reversal_date"));
  if (!day.success) return refuseValue("reversal_date");
  if (query.get("is_reversal_scheduled") === null) return refuseValue("is_reversal_scheduled");
  const locked = refuseLocked(call, "accountant", day.data);
  if (locked !== null) return locked;
  const now = books.stamp();
  const id = books.nextId();
  const reversal: StoredJournal = {
    ...journal,
    number: nextEntryNumber(call),
    date: day.data,
    reference: journal.reference,
    status: query.get("is_reversal_scheduled") === "true" ? "draft" : journal.status,
    lines: journal.lines.map((line) => ({
      ...line,
      id: books.nextId(),
      side: line.side === "debit" ? ("credit" as const) : ("debit" as const),
    })),
    created: now,
    modified: now,
  };
  books.journals.put(id, reversal);
  return succeedWriting({ journal: journalWire(call, id, reversal) }, "The journal entry has been reversed.");
}
