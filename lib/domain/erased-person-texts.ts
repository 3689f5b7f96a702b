import type { Json } from "@/lib/kernel/json";
import { concealedContact, tokenAddress } from "./erased-person";
import { normaliseName } from "./name-similarity";
import type { RecordType } from "./record-type";

/**
 * Copies of the details of an erased person in sentences, labels, keys and stored bodies, with the token in their place. What
 * a detail looks like says nothing of what a text is: a postcode is also an amount, a name is also a word of a vendor's. So
 * only values are changed that can hold a detail, a member's name never, and nothing that holds an amount, a date, an id or a
 * kind. A name under five characters stays inside a sentence, where nobody can tell it from a word.
 */
export interface PersonDetails {
  /** Every name that the person went by, on either side and on documents. */
  readonly names: readonly string[];
  readonly emails: readonly string[];
  /** Telephone and parts of the address. */
  readonly others: readonly string[];
}

/** Puts the token in the place of the details of one person, in rows that are about this person. */
export interface Concealer {
  /** A sentence: details that stand in it as words of their own, or are all of it. */
  sentence(text: string): string;
  /** What lists say of a record: the name, or the name and what follows. */
  label(text: string): string;
  /** The key by which a record of this type is found: the name where the key begins with it. */
  naturalKey(recordType: RecordType, key: string): string;
  /** A stored body of a record of this type. */
  body(recordType: RecordType, body: Json): Json;
}

const WORD_CHARACTERS_MIN = 5;
const PHONE_DIGITS_MIN = 8;

export function makeConcealer(details: PersonDetails, token: string): Concealer {
  const names = new Set(details.names.flatMap(spellingsOf));
  const replacements = new Map<string, string>();
  for (const text of [...details.others.flatMap(spellingsOf), ...names]) replacements.set(text, token);
  for (const text of details.emails.flatMap(spellingsOf)) replacements.set(text, tokenAddress(token));
  const inSentences = wordPattern([...replacements.keys()].filter(tellsOfPerson));
  const replaceWords = (text: string): string =>
    inSentences === null ? text : text.replace(inSentences, (found) => replacements.get(found) ?? found);
  const sentence = (text: string): string => {
    const whole = HAS_LETTER.test(text) || tellsOfPerson(text) ? replacements.get(text) : undefined;
    return whole ?? replaceWords(text);
  };
  const label = (text: string): string => {
    if (names.has(text)) return token;
    // A settlement's label is the name and the document: lib/domain/canonical-record.ts.
    const name = [...names].find((one) => text.startsWith(`${one}, `));
    return name === undefined ? sentence(text) : `${token}${text.slice(name.length)}`;
  };
  const person: Parts = { token, names, replacements, sentence, label };
  return {
    sentence,
    label,
    naturalKey: (recordType, key) => concealNaturalKey(recordType, key, person),
    body: (recordType, body) => concealValue(body, { ...person, recordType }, ""),
  };
}

interface Parts {
  readonly token: string;
  readonly names: ReadonlySet<string>;
  readonly replacements: ReadonlyMap<string, string>;
  sentence(text: string): string;
  label(text: string): string;
}

interface BodyParts extends Parts {
  readonly recordType: RecordType;
}

/** As it was typed, and as keys and other systems write it. */
const spellingsOf = (text: string): string[] =>
  [text, text.replace(/\s+/g, " ").trim(), text.toLowerCase(), normaliseName(text)].filter(
    (spelling) => spelling.trim() !== "",
  );

const HAS_LETTER = /\p{L}/u;
const PHONE = /^\+?[\d ()/.-]*[ ()+][\d ()/.-]*$/;

/** Whether a text is a detail wherever it stands: digits alone are an amount, a number or a day. */
function tellsOfPerson(text: string): boolean {
  if (text.trim().length < WORD_CHARACTERS_MIN) return false;
  return HAS_LETTER.test(text) || (PHONE.test(text) && text.replace(/\D/g, "").length >= PHONE_DIGITS_MIN);
}

/** The longest first, so that a name in a longer one is not taken for all of it. */
function wordPattern(texts: readonly string[]): RegExp | null {
  if (texts.length === 0) return null;
  const choices = [...texts]
    .sort((first, second) => second.length - first.length)
    .map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${choices.join("|")})(?![\\p{L}\\p{N}])`, "gu");
}

/** lib/domain/natural-key.ts and the rules of the ledgers: a contact's key is its name, an overpayment's begins with it. */
function concealNaturalKey(recordType: RecordType, key: string, { token, names }: Parts): string {
  if (key === "") return key;
  if (recordType === "contact") return token;
  if (recordType !== "overpayment" && recordType !== "supplierOverpayment") return key;
  const name = [...names].find((one) => key.startsWith(`${one} | `));
  return name === undefined ? key : `${token}${key.slice(name.length)}`;
}

function concealValue(value: Json, parts: BodyParts, member: string): Json {
  if (typeof value === "string") return concealText(value, parts, member);
  if (typeof value !== "object" || value === null) return value;
  if (isList(value)) return value.map((part) => concealValue(part, parts, member));
  return concealMembers(value, parts);
}

const isList = (value: Json): value is readonly Json[] => Array.isArray(value);

type Members = { readonly [name: string]: Json };

function concealMembers(members: Members, parts: BodyParts): Json {
  const { field } = members;
  if (typeof field === "string") return concealDifference(members, field, parts);
  const { token } = parts;
  const shown = Object.fromEntries(
    Object.entries(members).map(([name, part]) => [name, concealValue(part, parts, name)]),
  );
  const { contactName } = members;
  // The name that a document bears is the person's, also where it is an earlier one.
  if (typeof contactName === "string" && contactName !== "") {
    shown.contactName = token;
    if (members.label === contactName) shown.label = token;
    else if (typeof members.label === "string" && members.label.startsWith(`${contactName}, `))
      shown.label = `${token}${members.label.slice(contactName.length)}`;
  }
  if (members.recordType === "contact" && typeof members.externalId === "string")
    return { ...shown, ...concealedContact(token) };
  if (!("strictKey" in members)) return shown;
  const keys = concealEntryKeys(members, token);
  return { ...shown, ...keys, ...(members.recordType === "contact" ? { label: token } : {}) };
}

/** Fields of a person as pages name them; any other is an amount, a day, a number or an account. */
const PERSON_FIELDS: ReadonlySet<string> = new Set([
  "contact",
  "name",
  "firstName",
  "lastName",
  "email",
  "phone",
]);

/** A field with its values on both sides or at two times. */
function concealDifference(members: Members, field: string, parts: BodyParts): Json {
  if (!PERSON_FIELDS.has(field)) return members;
  const isOwn = parts.recordType === "contact" && field !== "contact";
  const erased: Members = { ...concealedContact(parts.token) };
  return Object.fromEntries(
    Object.entries(members).map(([name, value]) => {
      if (name === "field" || typeof value !== "string" || value === "") return [name, value];
      return [name, isOwn ? (erased[field] ?? parts.token) : parts.label(value)];
    }),
  );
}

/** What the last word of a member's name says it holds: never a detail. */
const KEPT = new Set(
  [
    "id ids key keys code codes hash marker version date month day number currency minor amount amounts net tax taxes gross",
    "total rounding remaining rate percent quantity price status type kind state verb how as cause field dimension standing",
    "host at attempts count method path url",
  ]
    .join(" ")
    .split(" "),
);
const NAME_MEMBERS: ReadonlySet<string> = new Set(["name", "contactName", "label"]);
const PERSON_MEMBERS: ReadonlySet<string> = new Set([
  ...["firstName", "lastName", "email", "phone", "line1", "line2", "postalCode"],
]);

function concealText(text: string, parts: BodyParts, member: string): string {
  if (NAME_MEMBERS.has(member)) return parts.label(text);
  if (PERSON_MEMBERS.has(member)) return parts.replacements.get(text) ?? parts.sentence(text);
  return KEPT.has(lastWord(member)) ? text : parts.sentence(text);
}

const lastWord = (member: string): string =>
  member
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .split(/[\s_-]/)
    .at(-1)
    ?.toLowerCase() ?? "";

/** Where the keys of a compared entry hold the name: lib/reconciliation/build-entry.ts. */
function concealEntryKeys(entry: Members, token: string): { strictKey: string; looseKey: string } {
  const [strictKey, looseKey] = [textOf(entry.strictKey), textOf(entry.looseKey)];
  const name = normaliseName(textOf(entry.contactName));
  const number = `${textOf(entry.number)}|`;
  const replaced = (key: string, before: string): string =>
    name !== "" && `${key}|`.startsWith(`${before}${name}|`)
      ? `${before}${token}${key.slice(before.length + name.length)}`
      : key;
  switch (entry.recordType) {
    case "contact":
      return { strictKey: token, looseKey: looseKey === "" ? "" : tokenAddress(token) };
    case "invoice":
    case "creditNote":
    case "purchaseOrder":
      return { strictKey: replaced(strictKey, number), looseKey };
    case "bill":
    case "supplierCredit":
      return { strictKey: replaced(strictKey, number), looseKey: replaced(looseKey, number) };
    case "bankTransaction":
      return { strictKey: replaced(strictKey, strictKey.slice(0, strictKey.indexOf("|") + 1)), looseKey };
    case "overpayment":
    case "supplierOverpayment":
      return { strictKey: replaced(strictKey, ""), looseKey };
    default:
      return { strictKey, looseKey };
  }
}

const textOf = (value: Json | undefined): string => (typeof value === "string" ? value : "");
