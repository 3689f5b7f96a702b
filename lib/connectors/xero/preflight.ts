import { type CanonicalRecord, isDocument } from "@/lib/domain/canonical-record";
import type { AccountingDocument, BankTransaction, DocumentLine } from "@/lib/domain/document";
import type { LocalDate } from "@/lib/domain/local-date";
import type { JournalLine, ManualJournal } from "@/lib/domain/manual-journal";
import { isZero } from "@/lib/domain/money";
import { type Problem, problem } from "@/lib/domain/problem";
import type { LedgerAccount, ReferenceData } from "@/lib/domain/reference-data";
import type { DocumentPayment, ExcessPayment } from "@/lib/domain/settlement";
import { CONTACT_NAME_CHARACTERS_MAX, hasAmountTooLarge, ITEM_CODE_CHARACTERS_MAX } from "./limits";
import { journalImbalance, predict } from "./predict";
import { isKnownCurrency } from "./translate/currency";

/**
 * What Xero would refuse, as far as the record and the tenant's settings show it. Names that are taken, archived
 * contacts and documents that are paid already are only known to Xero itself.
 */
export function preflight(record: CanonicalRecord, referenceData: ReferenceData): readonly Problem[] {
  const problems = problemsOf(record, referenceData);
  if (hasAmountTooLarge(record)) problems.push(problem("amountTooLarge", subjectOf(record)));
  return [...new Map(problems.map((one) => [`${one.cause} ${one.subject}`, one])).values()];
}

function subjectOf(record: CanonicalRecord): string {
  if (record.recordType === "manualJournal") return record.number || record.narration;
  if ("number" in record) return record.number;
  if ("paymentNumber" in record) return record.paymentNumber;
  return record.recordType === "item" ? record.code : "";
}

function problemsOf(record: CanonicalRecord, ledger: ReferenceData): Problem[] {
  if (isDocument(record)) return documentProblems(record, ledger);
  switch (record.recordType) {
    case "contact":
      return [
        ...(record.name.length > CONTACT_NAME_CHARACTERS_MAX ? [problem("nameTooLong", record.name)] : []),
        ...(record.name === "" ? [problem("refused", "a contact without a name")] : []),
        ...(record.currency === null ? [] : currencyProblems(record.currency, ledger)),
      ];
    case "item": {
      const isCodeUsable = record.code !== "" && record.code.length <= ITEM_CODE_CHARACTERS_MAX;
      return isCodeUsable ? [] : [problem("itemCodeUnusable", record.code)];
    }
    case "allocation":
    case "supplierAllocation":
      return [...lockProblems(record.date, ledger), ...positiveProblems(record.amount.minor, record)];
    case "payment":
    case "billPayment":
    case "overpayment":
    case "supplierOverpayment":
      return moneyProblems(record, ledger);
    case "manualJournal":
      return journalProblems(record, ledger);
  }
}

function currencyProblems(currency: string, ledger: ReferenceData): Problem[] {
  const isEnabled = ledger.currencies.includes(currency) && isKnownCurrency(currency);
  return isEnabled ? [] : [problem("currencyNotEnabled", currency)];
}

/** Both lock dates close their own day as well. */
function lockProblems(date: LocalDate, { lockDate }: ReferenceData): Problem[] {
  return lockDate !== null && date <= lockDate ? [problem("periodLocked", lockDate)] : [];
}

function positiveProblems(minor: bigint, record: CanonicalRecord): Problem[] {
  return minor > 0n ? [] : [problem("negativeTotal", subjectOf(record))];
}

function documentProblems(document: AccountingDocument, ledger: ReferenceData): Problem[] {
  const problems = [
    ...currencyProblems(document.currency, ledger),
    ...(isBooked(document) ? lockProblems(document.date, ledger) : []),
    ...document.lines.flatMap((line) => documentLineProblems(line, document, ledger)),
    ...(document.recordType === "bankTransaction" ? bankProblems(document, ledger) : []),
  ];
  if (document.lines.length === 0) problems.push(problem("refused", document.number));
  const { gross } = predict(document, ledger);
  const isTooSmall = document.recordType === "bankTransaction" ? gross.minor <= 0n : gross.minor < 0n;
  if (isTooSmall) problems.push(problem("negativeTotal", document.number));
  return problems;
}

/** Drafts and orders book nothing, so no lock date holds them up. */
const isBooked = ({ status, recordType }: AccountingDocument): boolean =>
  status !== "draft" && recordType !== "purchaseOrder";

/** The bank account decides the currency; Xero takes no bank transaction without a contact. */
function bankProblems(transaction: BankTransaction, ledger: ReferenceData): Problem[] {
  const { bankAccountKey, currency, contactId, contactName } = transaction;
  const problems = contactId === "" && contactName === "" ? [problem("contactMissing", "")] : [];
  if (bankAccountKey === null) return [...problems, problem("paymentAccountNotMapped", "no account")];
  const account = ledger.accounts.find(({ key }) => key === bankAccountKey);
  if (account?.active !== true) return [...problems, problem("accountNotUsable", bankAccountKey)];
  return isBankOf(account, currency, ledger)
    ? problems
    : [...problems, unsuitable(account, currency, ledger)];
}

function documentLineProblems(
  line: DocumentLine,
  document: AccountingDocument,
  ledger: ReferenceData,
): Problem[] {
  // An order may leave the account to the bill that follows it.
  if (document.recordType === "purchaseOrder" && line.accountKey === null && line.taxKey === null) return [];
  const account = ledger.accounts.find(({ key }) => key === line.accountKey);
  const isUsable = account?.active === true && !account.isSystem && !account.isBank;
  return lineProblems(line, document.lineAmounts, isUsable ? account : undefined, ledger);
}

/** `account` is the line's own where lines of that kind may use it. */
function lineProblems(
  { accountKey, taxKey }: DocumentLine | JournalLine,
  lineAmounts: AccountingDocument["lineAmounts"],
  account: LedgerAccount | undefined,
  ledger: ReferenceData,
): Problem[] {
  if (accountKey === null) return [problem("accountNotMapped", "no account")];
  if (account === undefined) return [problem("accountNotUsable", accountKey)];
  if (taxKey === null) return lineAmounts === "noTax" ? [] : [problem("taxNotMapped", "no tax")];
  const rate = ledger.taxRates.find(({ key }) => key === taxKey);
  if (rate === undefined || !rate.active) return [problem("taxNotMapped", taxKey)];
  return rate.appliesTo.includes(account.accountClass)
    ? []
    : [problem("taxNotAllowedForAccount", `${taxKey} / ${accountKey}`)];
}

const JOURNAL_LINES_MIN = 2;

/** In the base currency, on accounts that journals may name, and balanced with the tax that Xero adds. */
function journalProblems(journal: ManualJournal, ledger: ReferenceData): Problem[] {
  const { currency, lines } = journal;
  if (currency !== ledger.baseCurrency) return [problem("journalInForeignCurrency", currency)];
  const problems = [
    ...(journal.status === "draft" ? [] : lockProblems(journal.date, ledger)),
    ...lines.flatMap((line) => journalLineProblems(line, journal.lineAmounts, ledger)),
  ];
  if (lines.length < JOURNAL_LINES_MIN) problems.push(problem("refused", subjectOf(journal)));
  if (!isZero(journalImbalance(journal, ledger))) problems.push(problem("totalsDiffer", subjectOf(journal)));
  return problems;
}

/** Accounts of the system itself are open to journals, but for those that documents alone may move. */
function journalLineProblems(
  line: JournalLine,
  lineAmounts: ManualJournal["lineAmounts"],
  ledger: ReferenceData,
): Problem[] {
  const account = ledger.accounts.find(({ key }) => key === line.accountKey);
  const isUsable =
    account?.active === true && !account.isBank && (account.takesJournals ?? !account.isSystem);
  return lineProblems(line, lineAmounts, isUsable ? account : undefined, ledger);
}

/** A payment needs an account that takes payments; an overpayment a bank account of its own currency. */
function moneyProblems(record: DocumentPayment | ExcessPayment, ledger: ReferenceData): Problem[] {
  const { amount } = record;
  return [
    ...currencyProblems(amount.currency, ledger),
    ...lockProblems(record.date, ledger),
    ...positiveProblems(amount.minor, record),
    ...moneyAccountProblems(record, ledger),
  ];
}

function moneyAccountProblems(record: DocumentPayment | ExcessPayment, ledger: ReferenceData): Problem[] {
  const { accountKey } = record;
  if (accountKey === null) return [problem("paymentAccountNotMapped", "no account")];
  const account = ledger.accounts.find(({ key }) => key === accountKey);
  if (account === undefined || !account.active) return [problem("accountNotUsable", accountKey)];
  const { currency } = record.amount;
  const isExcess = record.recordType === "overpayment" || record.recordType === "supplierOverpayment";
  const suits = isExcess
    ? isBankOf(account, currency, ledger)
    : account.acceptsPayments && takesCurrency(account, currency, ledger);
  return suits ? [] : [unsuitable(account, currency, ledger)];
}

/** Why an account that is there, and in use, does not do for money of this currency. */
function unsuitable(account: LedgerAccount, currency: string, ledger: ReferenceData): Problem {
  const name = account.code === "" ? account.name : `${account.code} ${account.name}`;
  const own = account.currency ?? ledger.baseCurrency;
  const isBank = account.isBank || account.acceptsPayments;
  return isBank && own !== currency
    ? problem("accountCurrencyDiffers", `${name} is in ${own}, the money in ${currency}`)
    : problem("accountTakesNoPayments", name);
}

/** Money that settles nothing is in the bank account's own currency. */
const isBankOf = (account: LedgerAccount, currency: string, ledger: ReferenceData): boolean =>
  account.isBank && (account.currency ?? ledger.baseCurrency) === currency;

/** A document is paid from or into an account of its own currency or of the base currency. */
function takesCurrency(account: LedgerAccount, currency: string, ledger: ReferenceData): boolean {
  return (
    account.currency === null || account.currency === currency || account.currency === ledger.baseCurrency
  );
}
