import { readMoney, unreadable } from "@/lib/connectors/contract/unreadable";
import type { BankTransaction } from "@/lib/domain/document";
import type { JournalLine, ManualJournal } from "@/lib/domain/manual-journal";
import { absolute, type Money, moneyToDecimal, negate, sum, zero } from "@/lib/domain/money";
import type { AccountClass, LedgerAccount, TaxRate, TrackingCategory } from "@/lib/domain/reference-data";
import { Decimal } from "@/lib/kernel/decimal";
import { digest } from "../digest";
import { idWith } from "../ids";
import type { WireAccount, WireAdjustment, WireDimension, WireEntry, WireTaxCode } from "../wire/ledger";

/**
 * Entries of the general ledger: a bank transaction where one line is on a bank account, else a manual journal. Only what
 * a person or a payroll wrote is one; what sales, purchases and stock post by themselves comes as their documents. An
 * inventory adjustment is the journal of its value. All throw UnreadableRecord.
 */
const ENTRY = "ledger entry";

const JOURNALS: Readonly<Record<string, "own" | "subLedger">> = {
  General: "own",
  Payroll: "own",
  Fees: "own",
  Bank: "own",
  Recurring: "own",
  Adjusting: "own",
  Receivables: "subLedger",
  Payables: "subLedger",
  Sales: "subLedger",
  Purchasing: "subLedger",
  Inventory: "subLedger",
  Cash: "subLedger",
};

const STATUS: Readonly<Record<string, ManualJournal["status"]>> = {
  Draft: "draft",
  Unposted: "draft",
  Posted: "open",
  Void: "void",
};

/** The record of an entry, null for what another document stands for. `isBank` of an account code. */
export function toEntryRecord(
  wire: WireEntry,
  isBank: (accountCode: string) => boolean,
): BankTransaction | ManualJournal | null {
  const journal = Object.hasOwn(JOURNALS, wire.journal) ? JOURNALS[wire.journal] : undefined;
  if (journal === undefined)
    throw unreadable("journal", ENTRY, `"${wire.journal.slice(0, 40)}" is no journal that Tieout knows`);
  if (journal === "subLedger") return null;
  const amounts = wire.lines.map((line, index) => amountOf(wire, line, index));
  if (sum(amounts, wire.currency).minor !== 0n)
    throw unreadable("lines", ENTRY, "debits and credits are not equal");
  const banks = wire.lines.flatMap((line, index) => (isBank(line.accountCode) ? [index] : []));
  const [bank] = banks;
  if (bank === undefined) return toJournal(wire, amounts);
  if (banks.length > 1)
    throw unreadable(
      "lines",
      ENTRY,
      "it moves money between bank accounts, which Tieout does not post; enter the transfer in the ledger by hand",
    );
  return toBankTransaction(wire, amounts, bank);
}

const amountOf = (wire: WireEntry, line: WireEntry["lines"][number], index: number): Money =>
  readMoney(
    (line.debit ?? new Decimal(0)).minus(line.credit ?? 0),
    wire.currency,
    `lines.${index}.debit`,
    ENTRY,
  );

function statusOf(status: string): ManualJournal["status"] {
  const known = Object.hasOwn(STATUS, status) ? STATUS[status] : undefined;
  if (known === undefined)
    throw unreadable("status", ENTRY, `"${status.slice(0, 40)}" is no status that Tieout knows`);
  return known;
}

function toJournal(wire: WireEntry, amounts: readonly Money[]): ManualJournal {
  const lines = wire.lines.map(
    (line, index): JournalLine => ({
      externalId: line.lineId ?? "",
      description: line.description,
      accountKey: line.accountCode,
      taxKey: null,
      taxRatePercent: new Decimal(0),
      amount: amounts[index] ?? zero(wire.currency),
      tracking: line.dimensions,
    }),
  );
  return journalOf(wire.modifiedOn, {
    recordType: "manualJournal",
    externalId: idWith("GL", wire.entryId),
    number: wire.entryNumber,
    reference: wire.reference,
    narration: wire.description || wire.reference || wire.entryNumber,
    date: wire.date,
    currency: wire.currency,
    status: statusOf(wire.status),
    lineAmounts: "noTax",
    lines,
    total: debitsOf(amounts, wire.currency),
    marker: "",
  });
}

const journalOf = (modifiedOn: string, journal: Omit<ManualJournal, "version">): ManualJournal => ({
  ...journal,
  version: `${modifiedOn} ${digest(journal)}`,
});

const debitsOf = (amounts: readonly Money[], currency: string): Money =>
  sum(
    amounts.filter(({ minor }) => minor > 0n),
    currency,
  );

/** Money that reached the bank is received, money that left it is spent; the other lines say what for. */
function toBankTransaction(wire: WireEntry, amounts: readonly Money[], bank: number): BankTransaction {
  const moved = amounts[bank] ?? zero(wire.currency);
  const isReceived = moved.minor > 0n;
  const gross = absolute(moved);
  const transaction: Omit<BankTransaction, "version"> = {
    recordType: "bankTransaction",
    kind: isReceived ? "receive" : "spend",
    externalId: idWith("GL", wire.entryId),
    number: wire.entryNumber,
    reference: wire.reference || wire.entryNumber,
    contactId: contactOf(wire),
    contactName: wire.partyName,
    date: wire.date,
    currency: wire.currency,
    fxRate: null,
    status: statusOf(wire.status),
    lineAmounts: "noTax",
    lines: wire.lines.flatMap((line, index) => {
      if (index === bank) return [];
      const signed = amounts[index] ?? zero(wire.currency);
      const amount = isReceived ? negate(signed) : signed;
      return [
        {
          externalId: line.lineId ?? "",
          description: line.description || wire.description,
          quantity: new Decimal(1),
          unitPrice: moneyToDecimal(amount),
          amount,
          ...{ itemId: null, itemCode: null, accountKey: line.accountCode },
          ...{ taxKey: null, taxRatePercent: new Decimal(0), tax: zero(wire.currency) },
          tracking: line.dimensions,
        },
      ];
    }),
    net: gross,
    tax: zero(wire.currency),
    gross,
    remaining: zero(wire.currency),
    bankAccountKey: wire.lines[bank]?.accountCode ?? null,
    marker: "",
  };
  return { ...transaction, version: `${wire.modifiedOn} ${digest(transaction)}` };
}

function contactOf({ partyType, partyId }: WireEntry): string {
  if (partyId === null) return "";
  return idWith(/^customer$/i.test(partyType) ? "C" : "V", partyId);
}

/** Quantities of a ledger's tracked stock cannot be set, so it is the value that is booked. */
export function toAdjustmentJournal(wire: WireAdjustment): ManualJournal {
  const amount = readMoney(wire.amount, wire.currency, "amount", "inventory adjustment");
  const reason = wire.reason || `Inventory adjustment of ${wire.sku}`;
  const line = (accountKey: string, value: Money): JournalLine => ({
    ...{ externalId: "", description: `${wire.sku}: ${reason}`, accountKey, amount: value },
    ...{ taxKey: null, taxRatePercent: new Decimal(0), tracking: [] },
  });
  return journalOf(wire.modifiedOn, {
    recordType: "manualJournal",
    externalId: idWith("ADJ", wire.adjustmentId),
    number: wire.adjustmentNumber,
    reference: "",
    narration: reason,
    date: wire.date,
    currency: wire.currency,
    status: statusOf(wire.status),
    lineAmounts: "noTax",
    lines: [line(wire.stockAccountCode, amount), line(wire.adjustmentAccountCode, negate(amount))],
    total: absolute(amount),
    marker: "",
  });
}

// ---- What a person maps from ----

const CLASS_BY_TYPE: Readonly<Record<string, AccountClass>> = {
  Bank: "asset",
  AccountsReceivable: "asset",
  CurrentAsset: "asset",
  FixedAsset: "asset",
  OtherAsset: "asset",
  AccountsPayable: "liability",
  CurrentLiability: "liability",
  LongTermLiability: "liability",
  Equity: "equity",
  Income: "income",
  OtherIncome: "income",
  CostOfSales: "expense",
  Expense: "expense",
  OtherExpense: "expense",
};

/** An account type without a known class is kept by TIMS itself, as far as anyone here knows: it cannot be chosen. */
export function toLedgerAccount(wire: WireAccount): LedgerAccount {
  const known = Object.hasOwn(CLASS_BY_TYPE, wire.accountType) ? CLASS_BY_TYPE[wire.accountType] : undefined;
  return {
    key: wire.accountCode,
    code: wire.accountCode,
    name: wire.name,
    accountClass: known ?? "asset",
    isBank: isBankType(wire.accountType),
    acceptsPayments: isBankType(wire.accountType),
    currency: wire.currency ?? null,
    active: wire.active,
    isSystem: known === undefined || /^Accounts(Receivable|Payable)$/.test(wire.accountType),
  };
}

export const isBankType = (accountType: string): boolean => accountType === "Bank";

export const toTaxRate = (wire: WireTaxCode): TaxRate => ({
  key: wire.taxCode,
  name: wire.name,
  ratePercent: wire.rate,
  active: wire.active,
  appliesTo: ["income", "expense", "asset", "liability", "equity"],
  isNoTax: wire.isNoTax,
});

/** A value's key names its dimension too: two dimensions may have a value of one code. */
export const toTrackingCategory = (wire: WireDimension): TrackingCategory => ({
  key: wire.dimensionCode,
  name: wire.name,
  active: wire.active,
  options: wire.values.map(({ valueCode, name, active }) => ({
    key: `${wire.dimensionCode}/${valueCode}`,
    name,
    active,
  })),
});
