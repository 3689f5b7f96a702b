import type { MarkerContext } from "@/lib/connectors/contract/connector";
import type { CanonicalRecord } from "@/lib/domain/canonical-record";
import type { Contact } from "@/lib/domain/contact";
import type { AccountingDocument, BankTransaction, DocumentLine } from "@/lib/domain/document";
import type { Item } from "@/lib/domain/item";
import type { ManualJournal } from "@/lib/domain/manual-journal";
import type { DocumentPayment, ExcessPayment } from "@/lib/domain/settlement";
import { decimalText } from "@/lib/kernel/decimal";
import {
  ADDRESS_LINE_CHARACTERS_MAX,
  DESCRIPTION_CHARACTERS_MAX,
  ITEM_NAME_CHARACTERS_MAX,
  NARRATION_CHARACTERS_MAX,
  SHORT_TEXT_CHARACTERS_MAX,
  TEXT_CHARACTERS_MAX,
} from "./limits";
import { contactKey, referenceKey, urlMarker } from "./marker";
import { numberedText } from "./translate/numbered-text";
import { NO_TAX } from "./translate/reference";

/**
 * A record as Xero will take it, with our marker inside. Every change that a person could notice is said in a
 * sentence; what Xero itself would do to the text (a due date that is missing, a line without words) is done here
 * first, so that its answer equals what was asked.
 */

const UNIT_DECIMALS = 4;
/** Xero wants at least one character on each line of an approved document. */
const NO_WORDS = "-";

export function prepare(
  record: CanonicalRecord,
  context: MarkerContext,
): { record: CanonicalRecord; warnings: readonly string[] } {
  const warnings: string[] = [];
  return { record: prepared(record, context, warnings), warnings };
}

function prepared(record: CanonicalRecord, context: MarkerContext, warnings: string[]): CanonicalRecord {
  switch (record.recordType) {
    case "contact":
      return { ...prepareContact(record, warnings), marker: contactKey(context) };
    case "item":
      return prepareItem(record, warnings);
    case "invoice":
      return {
        ...prepareDocument(record, TEXT_CHARACTERS_MAX, warnings),
        dueDate: record.dueDate ?? record.date,
        marker: urlMarker(context, "invoice"),
      };
    case "creditNote":
    case "purchaseOrder": {
      const marker = referenceKey(context);
      return { ...prepareDocument(record, roomBeside(marker, TEXT_CHARACTERS_MAX), warnings), marker };
    }
    case "bill":
      return {
        ...prepareDocument(withoutReference(record, warnings), TEXT_CHARACTERS_MAX, warnings),
        dueDate: record.dueDate ?? record.date,
        marker: urlMarker(context, "bill"),
      };
    case "supplierCredit": {
      const marker = referenceKey(context);
      const plain = withoutReference(record, warnings);
      return {
        ...leaveRoomFor(marker, prepareDocument(plain, TEXT_CHARACTERS_MAX, warnings), warnings),
        marker,
      };
    }
    case "bankTransaction":
      return {
        ...prepareDocument(withNumber(record), TEXT_CHARACTERS_MAX, warnings),
        marker: urlMarker(context, "bankTransaction"),
      };
    case "allocation":
    case "supplierAllocation":
      return { ...record, marker: "" };
    case "payment":
    case "billPayment": {
      const marker = referenceKey(context);
      return { ...prepareMoney(record, roomBeside(marker, TEXT_CHARACTERS_MAX), warnings), marker };
    }
    case "overpayment":
    case "supplierOverpayment":
      return {
        ...prepareMoney(record, TEXT_CHARACTERS_MAX, warnings),
        marker: urlMarker(context, record.recordType),
      };
    case "manualJournal":
      return { ...prepareJournal(record, warnings), marker: urlMarker(context, "manualJournal") };
  }
}

/** Characters that are left for people where our key ends the same text. */
const roomBeside = (marker: string, limit: number): number => limit - marker.length - 1;

function prepareMoney<T extends DocumentPayment | ExcessPayment>(
  record: T,
  limit: number,
  warnings: string[],
): T {
  const reference = numberedText(record.paymentNumber, record.reference);
  return { ...record, reference: clip(reference, limit, "The reference", warnings) };
}

/** Xero keeps no number of a bank transaction, so it goes before the reference. */
const withNumber = (transaction: BankTransaction): BankTransaction => ({
  ...transaction,
  reference: numberedText(transaction.number, transaction.reference),
});

/** Xero shows a supplier's own number where a sale has its reference, and has no further field. */
function withoutReference<T extends AccountingDocument>(document: T, warnings: string[]): T {
  const { reference, number } = document;
  if (reference !== "" && reference !== number) {
    warnings.push(`The reference "${reference}" is not posted: Xero keeps none of suppliers' documents.`);
  }
  return { ...document, reference: "" };
}

/** The key of a supplier's credit ends its last line. */
function leaveRoomFor<T extends AccountingDocument>(marker: string, document: T, warnings: string[]): T {
  const room = roomBeside(marker, DESCRIPTION_CHARACTERS_MAX);
  const last = document.lines.length - 1;
  return {
    ...document,
    lines: document.lines.map((line, index) =>
      index === last
        ? { ...line, description: clip(line.description, room, "A line's description", warnings) }
        : line,
    ),
  };
}

/**
 * Xero wants a narration, and it keeps neither number nor reference. A line without a tax would get that of its account,
 * so it is said to have none; a journal without any tax is one outside tax.
 */
function prepareJournal(journal: ManualJournal, warnings: string[]): ManualJournal {
  const { number, narration, reference } = journal;
  const said = narration.includes(reference) ? narration : numberedText(narration, reference);
  const isTaxed = journal.lines.some(({ taxKey }) => taxKey !== null && taxKey !== NO_TAX);
  return {
    ...journal,
    narration: clip(
      numberedText(number, said.trim()) || NO_WORDS,
      NARRATION_CHARACTERS_MAX,
      "The narration",
      warnings,
    ),
    lineAmounts: isTaxed ? journal.lineAmounts : "noTax",
    lines: journal.lines.map((line) => ({
      ...line,
      taxKey: isTaxed ? (line.taxKey ?? NO_TAX) : null,
      description: clip(line.description, DESCRIPTION_CHARACTERS_MAX, "A line's description", warnings),
    })),
  };
}

function prepareContact(contact: Contact, warnings: string[]): Contact {
  const name = contactName(contact.name, warnings);
  const clipped = (text: string, limit: number, label: string): string =>
    clip(text.trim(), limit, label, warnings);
  const { address } = contact;
  return {
    ...contact,
    name,
    firstName: clipped(contact.firstName, TEXT_CHARACTERS_MAX, "The first name"),
    lastName: clipped(contact.lastName, TEXT_CHARACTERS_MAX, "The last name"),
    email: clipped(contact.email, TEXT_CHARACTERS_MAX, "The e-mail address"),
    phone: clipped(contact.phone, SHORT_TEXT_CHARACTERS_MAX, "The phone number"),
    address: address && {
      line1: clipped(address.line1, ADDRESS_LINE_CHARACTERS_MAX, "The address"),
      line2: clipped(address.line2, ADDRESS_LINE_CHARACTERS_MAX, "The address"),
      city: clipped(address.city, TEXT_CHARACTERS_MAX, "The city"),
      region: clipped(address.region, TEXT_CHARACTERS_MAX, "The region"),
      postalCode: clipped(address.postalCode, SHORT_TEXT_CHARACTERS_MAX, "The postal code"),
      country: clipped(address.country, SHORT_TEXT_CHARACTERS_MAX, "The country"),
    },
  };
}

function contactName(name: string, warnings: string[]): string {
  const spaced = name.replace(/\s+/g, " ").trim();
  if (spaced !== name) {
    warnings.push(`The name is posted as "${spaced}": Xero takes no leading, trailing or double spaces.`);
  }
  const plain = spaced.replaceAll("<", "(").replaceAll(">", ")");
  if (plain !== spaced) {
    warnings.push(`The name is posted as "${plain}": Xero takes no angle brackets.`);
  }
  return plain;
}

/** Xero keeps 50 characters of a name; the whole of it goes before the description. */
function prepareItem(item: Item, warnings: string[]): Item {
  const code = item.code.trim();
  const isNameLong = item.name.length > ITEM_NAME_CHARACTERS_MAX;
  const name = isNameLong ? item.name.slice(0, ITEM_NAME_CHARACTERS_MAX).trimEnd() : item.name;
  const whole =
    isNameLong && !item.description.includes(item.name)
      ? [item.name, item.description].filter((part) => part !== "").join("\n")
      : item.description;
  return {
    ...item,
    code,
    name,
    description: clip(whole, DESCRIPTION_CHARACTERS_MAX, "The item's description", warnings),
    salesPrice: item.salesPrice && roundPrice(item.salesPrice, warnings),
    marker: code,
  };
}

function roundPrice(price: NonNullable<Item["salesPrice"]>, warnings: string[]): Item["salesPrice"] {
  const rounded = price.toDecimalPlaces(UNIT_DECIMALS);
  if (!rounded.equals(price)) {
    warnings.push(`The price is posted as ${decimalText(rounded)}: Xero keeps four decimals.`);
  }
  return rounded;
}

function prepareDocument<T extends AccountingDocument>(
  document: T,
  referenceLimit: number,
  warnings: string[],
): T {
  return {
    ...document,
    reference: clip(document.reference, referenceLimit, "The reference", warnings),
    lines: document.lines.map((line) => ({ ...line, description: lineWords(line, warnings) })),
  };
}

function lineWords(line: DocumentLine, warnings: string[]): string {
  if (line.description.trim() === "") return line.itemCode ?? NO_WORDS;
  return clip(line.description, DESCRIPTION_CHARACTERS_MAX, "A line's description", warnings);
}

function clip(text: string, limit: number, label: string, warnings: string[]): string {
  if (text.length <= limit) return text;
  warnings.push(`${label} is cut to ${limit} characters, the most that Xero keeps.`);
  return text.slice(0, limit).trimEnd();
}
