/**
 * Reads the parts of a multipart/form-data body (RFC 7578), which Zoho takes for files. Names and types are
 * read from the part's headers; nothing is decoded beyond that.
 */
export interface Part {
  readonly name: string;
  readonly fileName: string | null;
  readonly type: string;
  readonly content: Buffer;
}

/** The parts of a body; none when its content type is another. */
export function readParts(contentType: string, body: Buffer): readonly Part[] {
  const boundary = /^multipart\/form-data;.*boundary="?([^";]+)"?/i.exec(contentType)?.[1];
  if (boundary === undefined) return [];
  const parts: Part[] = [];
  const delimiter = Buffer.from(`--${boundary}`);
  let start = body.indexOf(delimiter);
  while (start !== -1) {
    const next = body.indexOf(delimiter, start + delimiter.length);
    if (next === -1) break;
    const part = readPart(body.subarray(start + delimiter.length, next));
    if (part !== null) parts.push(part);
    start = next;
  }
  return parts;
}

const HEAD_END = Buffer.from("\r\n\r\n");

function readPart(bytes: Buffer): Part | null {
  const headEnd = bytes.indexOf(HEAD_END);
  if (headEnd === -1) return null;
  const head = bytes.subarray(0, headEnd).toString("utf8");
  const name = /name="([^"]*)"/i.exec(head.replace(/filename="[^"]*"/i, ""))?.[1];
  if (name === undefined) return null;
  return {
    name,
    fileName: /filename="([^"]*)"/i.exec(head)?.[1] ?? null,
    type: /content-type:\s*([^\r\n]+)/i.exec(head)?.[1]?.trim() ?? "application/octet-stream",
    // The line break before the next delimiter belongs to the delimiter.
    content: Buffer.from(bytes.subarray(headEnd + HEAD_END.length, bytes.length - 2)),
  };
}
