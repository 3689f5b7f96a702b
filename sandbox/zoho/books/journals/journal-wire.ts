/** Journals as Zoho Books answers them: full, and as a row of the list (no lines). */
import { decimal } from "@/lib/kernel/decimal";
import { amount, zonedTime } from "../../wire/formats";
import type { BooksCall } from "../answers";
import { sum } from "../arithmetic";
import { fieldsWire, tagWire } from "../trade/document-wire";
import type { StoredJournal, StoredJournalLine } from "../trade/records";
import { currencyByCode } from "../write-document";

const inBase = ({ exchangeRate }: StoredJournal, text: string): number =>
  Number(decimal(text).times(exchangeRate).toDecimalPlaces(2).toFixed());

export function journalRow(call: BooksCall, journalId: string, journal: StoredJournal) {
  return {
    journal_id: journalId,
    journal_date: journal.date,
    entry_number: journal.number,
    reference_number: journal.reference,
    currency_id: currencyByCode(call.books, journal.currencyCode).id,
    notes: journal.notes,
    journal_type: journal.type,
    entity_type: "journal",
    total: amount(journal.total),
    bcy_total: inBase(journal, journal.total),
    tags: journal.tags.map((tag) => tagWire(call, tag)),
    ...rowExtras(call, journal),
  };
}

/** Seen in answers, absent from Zoho's description of the row. */
function rowExtras(call: BooksCall, journal: StoredJournal) {
  if (call.context.switches.get("zoho.document-answers") === "described") return {};
  return {
    status: journal.status,
    created_time: zonedTime(journal.created, call.organization.timeZone),
    last_modified_time: zonedTime(journal.modified, call.organization.timeZone),
  };
}

export function journalWire(call: BooksCall, journalId: string, journal: StoredJournal) {
  const { books, organization } = call;
  const currency = currencyByCode(books, journal.currencyCode);
  return {
    journal_id: journalId,
    entry_number: journal.number,
    reference_number: journal.reference,
    notes: journal.notes,
    currency_id: currency.id,
    currency_code: journal.currencyCode,
    currency_symbol: currency.symbol,
    exchange_rate: amount(journal.exchangeRate),
    journal_date: journal.date,
    journal_type: journal.type,
    include_in_vat_return: false,
    is_bas_adjustment: false,
    line_items: journal.lines.map((line) => lineWire(call, journal, line)),
    location_id: "",
    location_name: "",
    line_item_total: amount(journal.lineTotal),
    total: amount(journal.total),
    bcy_total: inBase(journal, journal.total),
    price_precision: currency.precision,
    taxes: taxesWire(call, journal),
    created_time: zonedTime(journal.created, organization.timeZone),
    last_modified_time: zonedTime(journal.modified, organization.timeZone),
    status: journal.status,
    custom_fields: fieldsWire(journal.customFields, "customfield_id").map((field) => ({
      customfield_id: field.customfield_id,
      value: field.value,
    })),
    tags: journal.tags.map((tag) => tagWire(call, tag)),
  };
}

function lineWire({ books }: BooksCall, journal: StoredJournal, line: StoredJournalLine) {
  const tax = books.taxes.head(line.taxId);
  return {
    line_id: line.id,
    account_id: line.accountId,
    account_name: books.accounts.head(line.accountId)?.name ?? "",
    customer_id: line.contactId,
    customer_name: books.contacts.head(line.contactId)?.name ?? "",
    description: line.description,
    debit_or_credit: line.side,
    tax_id: line.taxId,
    tax_name: tax?.name ?? "",
    tax_type: tax === undefined ? "" : "tax",
    tax_percentage: tax?.percentage ?? "",
    amount: amount(line.amount),
    bcy_amount: inBase(journal, line.amount),
    tags: line.tags.map(({ tagId, optionId }) => ({ tag_id: tagId, tag_option_id: optionId })),
    location_id: "",
    location_name: "",
    project_id: "",
    project_name: "",
  };
}

function taxesWire({ books }: BooksCall, journal: StoredJournal) {
  const keys = new Map<string, StoredJournalLine[]>();
  for (const line of journal.lines) {
    if (line.taxId === "") continue;
    const key = `${line.taxId} ${line.side}`;
    keys.set(key, [...(keys.get(key) ?? []), line]);
  }
  return [...keys.values()].flatMap((lines) => {
    const [first] = lines;
    const tax = books.taxes.head(first?.taxId ?? "");
    if (first === undefined || tax === undefined) return [];
    return [
      {
        tax_name: `${tax.name} (${tax.percentage}%)`,
        tax_amount: Number(sum(lines.map(({ taxAmount }) => decimal(taxAmount))).toFixed()),
        debit_or_credit: first.side,
        tax_account: true,
      },
    ];
  });
}
