/**
 * The body of a write: JSON, or XML, or XML in the form field `xml` as the oldest clients send it. Without
 * a content type the first character tells them apart.
 */
import type { SandboxRequest } from "@/sandbox/kit/types";
import { postDataInvalid } from "../answer";
import { parseXmlBody } from "./xml-body";

/** The body as JSON would have it; refused as a whole when it cannot be read. */
export function readBody({ headers, body }: Pick<SandboxRequest, "headers" | "body">): unknown {
  const type = (headers["content-type"] ?? "").toLowerCase();
  const text = unmarked(body.toString("utf8"));
  if (type.includes("json")) return fromJson(text);
  if (type.includes("xml")) return fromXml(text);
  const start = text.trimStart();
  if (/^xml=/i.test(start)) return fromXml(new URLSearchParams(start).get(start.slice(0, 3)) ?? "");
  return start.startsWith("<") ? fromXml(text) : fromJson(text);
}

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw postDataInvalid("JSON for post data was invalid");
  }
}

function fromXml(text: string): unknown {
  const read = parseXmlBody(text);
  if (read === null) throw postDataInvalid("Data at the root level is invalid. Line 1, position 1.");
  return read;
}

function unmarked(text: string): string {
  return text.startsWith("\uFEFF") ? text.slice(1) : text;
}
