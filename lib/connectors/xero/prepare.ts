import type { MarkerContext } from "@/lib/connectors/contract/connector";
import type { CanonicalRecord } from "@/lib/domain/canonical-record";
import type { Contact } from "@/lib/domain/contact";
import type { AccountingDocument, DocumentLine } from "@/lib/domain/document";
import type { Item } from "@/lib/domain/item";
import { decimalText } from "@/lib/kernel/decimal";
import {
  ADDRESS_LINE_CHARACTERS_MAX,
  DESCRIPTION_CHARACTERS_MAX,
  ITEM_NAME_CHARACTERS_MAX,
  SHORT_TEXT_CHARACTERS_MAX,
  TEXT_CHARACTERS_MAX,
} from "./limits";
import { contactKey, referenceKey, urlMarker } from "./marker";
import { paymentReference } from "./translate/settlement";

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
    case "creditNote": {
      const marker = referenceKey(context);
      return { ...prepareDocument(record, TEXT_CHARACTERS_MAX - marker.length - 1, warnings), marker };
    }
    case "allocation":
      return { ...record, marker: "" };
    case "payment": {
      const marker = referenceKey(context);
      const room = TEXT_CHARACTERS_MAX - marker.length - 1;
      return {
        ...record,
        reference: clip(paymentReference(record), room, "The reference", warnings),
        marker,
      };
    }
    case "overpayment":
      return {
        ...record,
        reference: clip(paymentReference(record), TEXT_CHARACTERS_MAX, "The reference", warnings),
        marker: urlMarker(context, "overpayment"),
      };
  }
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
