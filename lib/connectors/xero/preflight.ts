import type { CanonicalRecord } from "@/lib/domain/canonical-record";
import type { AccountingDocument, DocumentLine } from "@/lib/domain/document";
import type { LocalDate } from "@/lib/domain/local-date";
import { type Problem, problem } from "@/lib/domain/problem";
import type { LedgerAccount, ReferenceData } from "@/lib/domain/reference-data";
import type { Overpayment, Payment } from "@/lib/domain/settlement";
import { CONTACT_NAME_CHARACTERS_MAX, hasAmountTooLarge, ITEM_CODE_CHARACTERS_MAX } from "./limits";
import { predict } from "./predict";
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
  if ("number" in record) return record.number;
  if ("paymentNumber" in record) return record.paymentNumber;
  return record.recordType === "item" ? record.code : "";
}

function problemsOf(record: CanonicalRecord, ledger: ReferenceData): Problem[] {
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
    case "invoice":
    case "creditNote":
      return documentProblems(record, ledger);
    case "allocation":
      return [...lockProblems(record.date, ledger), ...positiveProblems(record.amount.minor, record)];
    case "payment":
    case "overpayment":
      return receiptProblems(record, ledger);
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
    ...(document.status === "draft" ? [] : lockProblems(document.date, ledger)),
    ...document.lines.flatMap((line) => lineProblems(line, document.lineAmounts, ledger)),
  ];
  if (document.lines.length === 0) problems.push(problem("refused", document.number));
  if (predict(document, ledger).gross.minor < 0n) problems.push(problem("negativeTotal", document.number));
  return problems;
}

function lineProblems(
  line: DocumentLine,
  lineAmounts: AccountingDocument["lineAmounts"],
  ledger: ReferenceData,
): Problem[] {
  const { accountKey, taxKey } = line;
  if (accountKey === null) return [problem("accountNotMapped", "no account")];
  const account = ledger.accounts.find(({ key }) => key === accountKey);
  if (account === undefined || !account.active || account.isSystem || account.isBank) {
    return [problem("accountNotUsable", accountKey)];
  }
  if (taxKey === null) return lineAmounts === "noTax" ? [] : [problem("taxNotMapped", "no tax")];
  const rate = ledger.taxRates.find(({ key }) => key === taxKey);
  if (rate === undefined || !rate.active) return [problem("taxNotMapped", taxKey)];
  return rate.appliesTo.includes(account.accountClass)
    ? []
    : [problem("taxNotAllowedForAccount", `${taxKey} / ${accountKey}`)];
}

/** A payment needs an account that takes payments; an overpayment a bank account of its own currency. */
function receiptProblems(record: Payment | Overpayment, ledger: ReferenceData): Problem[] {
  const { amount, accountKey } = record;
  return [
    ...currencyProblems(amount.currency, ledger),
    ...lockProblems(record.date, ledger),
    ...positiveProblems(amount.minor, record),
    ...receivingAccountProblems(record, accountKey, ledger),
  ];
}

function receivingAccountProblems(
  record: Payment | Overpayment,
  accountKey: string | null,
  ledger: ReferenceData,
): Problem[] {
  if (accountKey === null) return [problem("paymentAccountNotMapped", "no account")];
  const account = ledger.accounts.find(({ key }) => key === accountKey);
  if (account === undefined || !account.active) return [problem("accountNotUsable", accountKey)];
  const { currency } = record.amount;
  const own = account.currency ?? ledger.baseCurrency;
  const suits =
    record.recordType === "overpayment"
      ? account.isBank && own === currency
      : account.acceptsPayments && takesCurrency(account, currency, ledger);
  return suits ? [] : [problem("accountNotUsable", accountKey)];
}

/** An invoice is paid into an account of its own currency or of the base currency. */
function takesCurrency(account: LedgerAccount, currency: string, ledger: ReferenceData): boolean {
  return (
    account.currency === null || account.currency === currency || account.currency === ledger.baseCurrency
  );
}
