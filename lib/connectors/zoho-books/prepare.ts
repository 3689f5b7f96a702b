import type { MarkerContext } from "@/lib/connectors/contract/connector";
import { markerKey } from "@/lib/connectors/contract/marker-key";
import type { CanonicalRecord } from "@/lib/domain/canonical-record";
import type { Contact } from "@/lib/domain/contact";
import type { Item } from "@/lib/domain/item";
import { moneyText, moneyToDecimal } from "@/lib/domain/money";
import { type Problem, problem } from "@/lib/domain/problem";
import type { ReferenceData } from "@/lib/domain/reference-data";
import { decimalText } from "@/lib/kernel/decimal";
import { isExactOnWire } from "./translate/on-wire";

/**
 * A record as Zoho Books will take it, with our marker inside, and what it would refuse. Lengths are those of Zoho's own
 * files of contacts, items and customer payments (checked 2026-11-21); each text that is cut is said in a sentence.
 */

const PERSON_NAME_CHARACTERS_MAX = 100;
const EMAIL_CHARACTERS_MAX = 100;
const PHONE_CHARACTERS_MAX = 50;
const ITEM_NAME_CHARACTERS_MAX = 100;
const DESCRIPTION_CHARACTERS_MAX = 2_000;
/** What the list's filter takes, less the marker and the space before it. */
const REFERENCE_CHARACTERS_MAX = 70;

export function prepare(
  record: CanonicalRecord,
  context: MarkerContext,
): { record: CanonicalRecord; warnings: readonly string[] } {
  const warnings: string[] = [];
  const clip = (text: string, limit: number, label: string): string => {
    const plain = text.replace(/\s+/g, " ").trim();
    if (plain.length <= limit) return plain;
    warnings.push(`${label} is cut to ${limit} characters: Zoho Books takes no more.`);
    return plain.slice(0, limit).trim();
  };
  return { record: prepared(record, context, clip), warnings };
}

type Clip = (text: string, limit: number, label: string) => string;

function prepared(record: CanonicalRecord, context: MarkerContext, clip: Clip): CanonicalRecord {
  switch (record.recordType) {
    case "contact":
      return { ...prepareContact(record, clip), marker: markerKey(context) };
    case "item":
      return prepareItem(record, clip);
    case "payment":
      return {
        ...record,
        reference: clip(record.reference, REFERENCE_CHARACTERS_MAX, "The reference"),
        marker: markerKey(context),
      };
    default:
      return record;
  }
}

function prepareContact(contact: Contact, clip: Clip): Contact {
  return {
    ...contact,
    name: contact.name.replace(/\s+/g, " ").trim(),
    firstName: clip(contact.firstName, PERSON_NAME_CHARACTERS_MAX, "The first name"),
    lastName: clip(contact.lastName, PERSON_NAME_CHARACTERS_MAX, "The last name"),
    email: clip(contact.email, EMAIL_CHARACTERS_MAX, "The e-mail address"),
    phone: clip(contact.phone, PHONE_CHARACTERS_MAX, "The phone number"),
  };
}

/** An item without a name is known by its code, as in the lists of the ledger. */
function prepareItem(item: Item, clip: Clip): Item {
  return {
    ...item,
    name: clip(item.name === "" ? item.code : item.name, ITEM_NAME_CHARACTERS_MAX, "The name"),
    description: item.description.slice(0, DESCRIPTION_CHARACTERS_MAX),
    marker: item.code,
  };
}

export function preflight(record: CanonicalRecord, { lockDate, currencies }: ReferenceData): Problem[] {
  switch (record.recordType) {
    case "contact":
      return [
        ...(record.currency !== null && !currencies.includes(record.currency)
          ? [problem("currencyNotEnabled", record.currency)]
          : []),
      ];
    case "item":
      return record.salesPrice !== null && !isExactOnWire(record.salesPrice)
        ? [problem("amountTooLarge", decimalText(record.salesPrice))]
        : [];
    case "payment":
      return [
        ...(isExactOnWire(moneyToDecimal(record.amount))
          ? []
          : [problem("amountTooLarge", moneyText(record.amount))]),
        ...(lockDate !== null && record.date <= lockDate ? [problem("periodLocked", lockDate)] : []),
      ];
    default:
      return [];
  }
}
