import { HIDDEN, maskEmail, maskNumber, maskText } from "@/lib/kernel/mask-details";
import { hasRole, type WorkspaceAccess } from "./workspace-access";

/**
 * Who sees the details of people (e-mail, telephone, address, bank) and what everybody else sees in their place. Names,
 * numbers and amounts are the books and stay. A detail is known by the field or member that holds it, and in a sentence by
 * its look: an e-mail address, an IBAN, a telephone number with its country. One that looks like none of these (a local
 * number in a free text) cannot be known.
 */
export interface Sight {
  readonly isMasked: boolean;
  /** A sentence, or any text that may hold a detail somewhere. */
  text(text: string): string;
  /** Fields of a record, by the words that a person reads. */
  fields<Field extends FieldShown>(fields: readonly Field[]): Field[];
  /** A body of a call as text, JSON where it can be read as such. */
  body(text: string): string;
}

/** A field in the words of a page, with its value in one system or in both. */
interface FieldShown {
  readonly field?: string;
  readonly label?: string;
  readonly before?: string | null;
  readonly after?: string | null;
  readonly source?: string;
  readonly ledger?: string;
}

export type Looker = Pick<WorkspaceAccess, "role" | "masksBookkeepers">;

/** Bookkeepers and above see the details of people, unless the workspace keeps them from bookkeepers too. */
export const seesPersonalDetails = (looker: Looker): boolean =>
  hasRole(looker, looker.masksBookkeepers === true ? "admin" : "bookkeeper");

export const sightOf = (looker: Looker): Sight => (seesPersonalDetails(looker) ? CLEAR : MASKED);

const CLEAR: Sight = {
  isMasked: false,
  text: (text) => text,
  fields: (fields) => [...fields],
  body: (text) => text,
};

const MASKED: Sight = {
  isMasked: true,
  text: maskText,
  fields: (fields) => fields.map(maskField),
  body: maskBody,
};

/** How a value of each field of a person is masked, by the words of the field. */
const FIELD_MASKS: Readonly<Record<string, (value: string) => string>> = {
  "E-mail": maskEmail,
  Phone: maskNumber,
  Address: () => HIDDEN,
  "Bank account": maskNumber,
};

/** Whether the field holds a detail of a person, by its words. */
export const isPersonalField = (words: string): boolean => words in FIELD_MASKS;

function maskField<Field extends FieldShown>(shown: Field): Field {
  const mask = FIELD_MASKS[shown.field ?? shown.label ?? ""] ?? maskText;
  const masked = (value: string): string => (value === "" ? "" : mask(value));
  return Object.assign({}, shown, {
    ...(typeof shown.before === "string" ? { before: masked(shown.before) } : {}),
    ...(typeof shown.after === "string" ? { after: masked(shown.after) } : {}),
    ...(typeof shown.source === "string" ? { source: masked(shown.source) } : {}),
    ...(typeof shown.ledger === "string" ? { ledger: masked(shown.ledger) } : {}),
  });
}

/** Members of vendors' bodies that hold details, however each vendor spells them. */
const PERSONAL_MEMBER =
  /e?mail|phone|mobile|\bfax|faxnumber|skype|address|bankaccount(?:details|number)|iban|swift|sortcode|routingnumber|taxnumber|vatreg/;

function maskBody(text: string): string {
  const parsed = parseJson(text);
  return parsed === undefined ? maskText(text) : JSON.stringify(maskMembers(parsed), null, 2);
}

function parseJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

/** A copy of a body with the members that hold details masked, however deep they stand. */
export function maskMembers(value: unknown): unknown {
  if (typeof value === "string") return maskText(value);
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(maskMembers);
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [
      name,
      PERSONAL_MEMBER.test(name.replace(/[-_ ]/g, "").toLowerCase()) ? hideAll(part) : maskMembers(part),
    ]),
  );
}

/** An address in parts, a list of telephones: nothing under such a member is for the reader. */
function hideAll(value: unknown): unknown {
  if (typeof value === "string") return value.includes("@") ? maskEmail(value) : value && HIDDEN;
  if (typeof value === "number" || typeof value === "bigint") return HIDDEN;
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(hideAll);
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, hideAll(part)]));
}
