import { ZipRefused } from "./open-zip";

/**
 * Goes through XML piece by piece in one pass, in time that grows with its length alone. It knows no entities but XML's own
 * five and numbers, and refuses a document type: nothing in a workbook needs one, and it is how XML is made to explode.
 */
export interface XmlPiece {
  readonly kind: "open" | "close" | "empty" | "text";
  /** Without its prefix; empty for a text. */
  readonly tag: string;
  /** Of a text: itself. Of a tag: what stands in it after its name. */
  readonly text: string;
}

export function* readXml(xml: string): Generator<XmlPiece> {
  for (let at = 0; at < xml.length; ) {
    if (xml[at] !== "<") {
      const next = xml.indexOf("<", at);
      const end = next === -1 ? xml.length : next;
      yield { kind: "text", tag: "", text: unescapeXml(xml.slice(at, end)) };
      at = end;
      continue;
    }
    if (xml.startsWith("<![CDATA[", at)) {
      const end = endOf(xml, "]]>", at);
      yield { kind: "text", tag: "", text: xml.slice(at + "<![CDATA[".length, end) };
      at = end + "]]>".length;
    } else if (xml.startsWith("<!--", at)) at = endOf(xml, "-->", at) + "-->".length;
    else if (xml.startsWith("<!", at)) throw new ZipRefused("it has a document type");
    else {
      const end = endOf(xml, ">", at);
      const piece = xml[at + 1] === "?" ? null : tagOf(xml.slice(at + 1, end));
      if (piece) yield piece;
      at = end + 1;
    }
  }
}

/** The value of an attribute of a tag; null where it has none of that name. */
export function attributeOf(text: string, name: string): string | null {
  const found = new RegExp(`(?:^|\\s)${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(text);
  return found ? unescapeXml(found[1] ?? found[2] ?? "") : null;
}

function tagOf(inside: string): XmlPiece {
  const isClose = inside.startsWith("/");
  const isEmpty = inside.endsWith("/");
  const body = inside.slice(isClose ? 1 : 0, isEmpty ? -1 : undefined);
  const blank = body.search(/\s/);
  const name = blank === -1 ? body : body.slice(0, blank);
  return {
    kind: isClose ? "close" : isEmpty ? "empty" : "open",
    tag: name.slice(name.indexOf(":") + 1),
    text: blank === -1 ? "" : body.slice(blank),
  };
}

function endOf(xml: string, mark: string, from: number): number {
  const end = xml.indexOf(mark, from);
  if (end === -1) throw new ZipRefused("a part is cut off");
  return end;
}

const NAMED: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };

const unescapeXml = (text: string): string =>
  text.replace(/&(?:#x([0-9a-fA-F]{1,6})|#(\d{1,7})|([a-z]{2,4}));/g, (whole, hex, decimal, name) => {
    if (name !== undefined) return NAMED[String(name)] ?? whole;
    const code = hex === undefined ? Number(decimal) : Number.parseInt(String(hex), 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
