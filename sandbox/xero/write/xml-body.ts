/**
 * Requests in XML as Xero takes them, turned into what the same request in JSON would be: every value text,
 * lists as arrays. Namespaces, attributes and the prolog are passed over, but for xsi:nil.
 */
import { XMLParser, XMLValidator } from "fast-xml-parser";
import { isListName, singularOf } from "../xml-names";

const ATTRIBUTE = "@";
const TEXT = "#text";
const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: ATTRIBUTE,
  textNodeName: TEXT,
  removeNSPrefix: true,
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: true,
  htmlEntities: true,
  ignoreDeclaration: true,
  ignorePiTags: true,
});

/** Around the records when a client sends back what it was answered. */
const WRAPPERS = new Set(["Response", "Request"]);

/** The body as JSON would have it, or null when it is no XML. */
export function parseXmlBody(text: string): unknown {
  if (XMLValidator.validate(text) !== true) return null;
  const parsed: unknown = parser.parse(text);
  const root = membersOf(parsed)[0];
  if (root === undefined) return null;
  const [name, value] = root;
  const read = converted(name, value);
  if (Array.isArray(read) || isListName(name)) return { [name]: read };
  return WRAPPERS.has(name) || read !== "" ? read : {};
}

function converted(name: string, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((entry: unknown) => converted(name, entry));
  if (typeof value !== "object" || value === null) return value === "" && isListName(name) ? [] : value;
  if (isNil(value)) return null;
  const members = membersOf(value);
  if (members.length === 0) return textOf(value) ?? (isListName(name) ? [] : "");
  const only = members.length === 1 ? members[0] : undefined;
  if (only !== undefined && only[0] === singularOf(name) && only[0] !== name) {
    const entries: unknown[] = Array.isArray(only[1]) ? only[1] : [only[1]];
    return entries.map((entry) => converted(only[0], entry));
  }
  return Object.fromEntries(members.map(([member, inner]) => [member, converted(member, inner)]));
}

function membersOf(value: unknown): [string, unknown][] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).filter(([name]) => !name.startsWith(ATTRIBUTE) && name !== TEXT);
}

function textOf(value: object): string | null {
  const found: unknown = Object.entries(value).find(([name]) => name === TEXT)?.[1];
  return typeof found === "string" ? found : null;
}

function isNil(value: object): boolean {
  return Object.entries(value).some(([name, text]) => name === `${ATTRIBUTE}nil` && text === "true");
}
