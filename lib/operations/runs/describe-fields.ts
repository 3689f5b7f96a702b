import { type CanonicalRecord, isDocument } from "@/lib/domain/canonical-record";
import type { Contact } from "@/lib/domain/contact";
import type { AccountingDocument, DocumentLine } from "@/lib/domain/document";
import type { ManualJournal } from "@/lib/domain/manual-journal";
import { type Money, moneyText } from "@/lib/domain/money";
import type { ReferenceData } from "@/lib/domain/reference-data";
import { settledDocument, usedCredit } from "@/lib/domain/settlement";
import type { FieldChange } from "@/lib/domain/views/run-view";
import { decimalText } from "@/lib/kernel/decimal";

/**
 * A record as a person reads it, field by field, and two of them side by side. Fields that say nothing are left out. Keys
 * of accounts and taxes are shown by their names in the ledger; a long text or a long list of lines is cut, since it is
 * there to be looked at.
 */
export type Names = Pick<ReferenceData, "accounts" | "taxRates">;

const TEXT_MAX = 160;
const LINES_MAX = 12;

/** What stands in the ledger and what will; null for the side that has nothing. */
export function compareFields(
  before: CanonicalRecord | null,
  after: CanonicalRecord | null,
  names: Names,
): FieldChange[] {
  const sides = [before, after].map((record) => fieldsOf(record, names));
  const [old = new Map<string, string>(), fresh = new Map<string, string>()] = sides;
  // The ledger's lines are not kept, so where one side has none there is nothing to compare.
  const comparesLines = before === null || after === null || (hasLines(before) && hasLines(after));
  const fields = [...new Set([...fresh.keys(), ...old.keys()])].filter(
    (field) => comparesLines || !isLineField(field),
  );
  return fields.map((field) => ({
    field,
    before: old.get(field) ?? null,
    after: fresh.get(field) ?? null,
    isChanged: before !== null && after !== null && old.get(field) !== fresh.get(field),
  }));
}

const hasLines = (record: CanonicalRecord): boolean => "lines" in record && record.lines.length > 0;
const LINE = "Line ";
const isLineField = (field: string): boolean => field.startsWith(LINE);

function fieldsOf(record: CanonicalRecord | null, names: Names): Map<string, string> {
  const fields = record === null ? [] : listFields(record, names);
  return new Map(fields.flatMap(([field, text]) => (text === "" ? [] : [[field, clip(text)] as const])));
}

const clip = (text: string): string => (text.length > TEXT_MAX ? `${text.slice(0, TEXT_MAX - 1)}…` : text);

type Field = readonly [field: string, text: string];

function listFields(record: CanonicalRecord, names: Names): Field[] {
  if (isDocument(record)) return documentFields(record, names);
  switch (record.recordType) {
    case "contact":
      return contactFields(record);
    case "item":
      return [
        ["Code", record.code],
        ["Name", record.name],
        ["Description", record.description],
        ["Sales price", record.salesPrice === null ? "" : decimalText(record.salesPrice)],
        ["Account", accountName(record.salesAccountKey, names)],
        ["Tax", taxName(record.salesTaxKey, names)],
      ];
    case "manualJournal":
      return journalFields(record, names);
    case "allocation":
    case "supplierAllocation":
      return [
        ["Credit", usedCredit(record).number],
        ["Set against", settledDocument(record).number],
        ["Date", record.date],
        ["Amount", amountText(record.amount)],
      ];
    case "payment":
    case "billPayment":
      return [["Pays", settledDocument(record).number], ...moneyFields(record, names)];
    case "overpayment":
    case "supplierOverpayment":
      return moneyFields(record, names);
  }
}

function contactFields(contact: Contact): Field[] {
  const { address } = contact;
  return [
    ["Name", contact.name],
    ["First name", contact.firstName],
    ["Last name", contact.lastName],
    ["E-mail", contact.email],
    ["Phone", contact.phone],
    ["Currency", contact.currency ?? ""],
    [
      "Address",
      address === null
        ? ""
        : [address.line1, address.line2, address.city, address.region, address.postalCode, address.country]
            .filter((part) => part !== "")
            .join(", "),
    ],
    ["Status", contact.active ? "" : "Archived"],
  ];
}

function documentFields(document: AccountingDocument, names: Names): Field[] {
  const dueDate = "dueDate" in document ? document.dueDate : null;
  return [
    ["Number", document.number],
    ["Contact", document.contactName],
    ["Date", document.date],
    ["Due", dueDate ?? ""],
    ["Reference", document.reference],
    ["Status", STATUS_WORDS[document.status]],
    ["Rate", document.fxRate === null ? "" : decimalText(document.fxRate)],
    ...document.lines.slice(0, LINES_MAX).map((line, index) => lineField(line, index, document, names)),
    ...moreLines(document.lines.length),
    ["Net", amountText(document.net)],
    ["Tax", amountText(document.tax)],
    ["Total", amountText(document.gross)],
  ];
}

/** Paid or not follows from payments, which stand beside. */
const STATUS_WORDS: Readonly<Record<AccountingDocument["status"], string>> = {
  draft: "Draft",
  submitted: "Awaiting approval",
  open: "Approved",
  paid: "Approved",
  void: "Void",
  deleted: "Deleted",
};

const moreLines = (count: number): Field[] =>
  count > LINES_MAX ? [[`${LINE}${LINES_MAX + 1} and on`, `${count - LINES_MAX} more`]] : [];

function lineField(line: DocumentLine, index: number, { currency }: AccountingDocument, names: Names): Field {
  const parts = [
    line.description,
    `${decimalText(line.quantity)} × ${decimalText(line.unitPrice)} ${currency}`,
    accountName(line.accountKey, names),
    taxName(line.taxKey, names),
  ];
  return [`${LINE}${index + 1}`, parts.filter((part) => part !== "").join(" · ")];
}

function journalFields(journal: ManualJournal, names: Names): Field[] {
  return [
    ["Number", journal.number],
    ["Narration", journal.narration],
    ["Date", journal.date],
    ...journal.lines.slice(0, LINES_MAX).map((line, index): Field => {
      const side = line.amount.minor < 0n ? "Credit" : "Debit";
      const amount = line.amount.minor < 0n ? { ...line.amount, minor: -line.amount.minor } : line.amount;
      const parts = [
        line.description,
        `${side} ${amountText(amount)}`,
        accountName(line.accountKey, names),
        taxName(line.taxKey, names),
      ];
      return [`${LINE}${index + 1}`, parts.filter((part) => part !== "").join(" · ")];
    }),
    ...moreLines(journal.lines.length),
    ["Total", amountText(journal.total)],
  ];
}

function moneyFields(
  record: Extract<CanonicalRecord, { readonly paymentNumber: string }>,
  names: Names,
): Field[] {
  return [
    ["Contact", record.contactName],
    ["Date", record.date],
    ["Amount", amountText(record.amount)],
    ["Account", accountName(record.accountKey, names)],
    ["Rate", record.fxRate === null ? "" : decimalText(record.fxRate)],
    ["Reference", record.reference],
  ];
}

const amountText = (money: Money): string => `${moneyText(money)} ${money.currency}`;

function accountName(key: string | null, { accounts }: Names): string {
  if (key === null) return "";
  const account = accounts.find((one) => one.key === key);
  return account === undefined ? "" : `${account.code} ${account.name}`.trim();
}

function taxName(key: string | null, { taxRates }: Names): string {
  if (key === null) return "";
  return taxRates.find((one) => one.key === key)?.name ?? "";
}
