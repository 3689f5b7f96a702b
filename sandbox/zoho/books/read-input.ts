/**
 * The JSON that a call brings: as the body, or as the field JSONString of a form (urlencoded or multipart) or
 * of the query, which are the ways that Zoho's clients know. Whole numbers beyond what a JavaScript number
 * holds come out as text, since Zoho takes its 18-digit ids as numbers too.
 */
import { err, ok, type Result } from "@/lib/kernel/result";
import type { SandboxRequest } from "@/sandbox/kit/types";

export const CODE_BAD_JSON = 1038;

/** The value of the JSON text, undefined where there is none; Err is Zoho's sentence for text that is no JSON. */
export function readInput(request: SandboxRequest): Result<unknown, string> {
  const text = request.method === "GET" ? "" : jsonText(request).trim();
  if (text === "") return ok(undefined);
  try {
    return ok(JSON.parse(quoteLongNumbers(text)));
  } catch {
    return err("JSON is not well formed");
  }
}

function jsonText(request: SandboxRequest): string {
  const type = request.headers["content-type"] ?? "";
  const inQuery = request.query.get("JSONString") ?? "";
  if (type.startsWith("application/x-www-form-urlencoded"))
    return new URLSearchParams(request.body.toString("utf8")).get("JSONString") ?? inQuery;
  if (type.startsWith("multipart/form-data")) return multipartField(request.body, type) ?? inQuery;
  const body = request.body.toString("utf8");
  return body.trim() === "" ? inQuery : body;
}

/** The part JSONString of a multipart form; files beside it are for the route. */
function multipartField(body: Buffer, type: string): string | null {
  const boundary = /boundary="?([^";]+)"?/.exec(type)?.[1];
  if (boundary === undefined) return null;
  for (const part of body.toString("utf8").split(`--${boundary}`)) {
    const [head = "", ...rest] = part.split("\r\n\r\n");
    if (/name="JSONString"/i.test(head)) return rest.join("\r\n\r\n").replace(/\r\n$/, "");
  }
  return null;
}

/** Strings are matched first, so that digits inside them are left alone. */
function quoteLongNumbers(text: string): string {
  if (!/\d{16}/.test(text)) return text;
  return text.replace(/"(?:[^"\\]|\\.)*"|(?<![\d.])-?\d{16,}(?![\d.eE])/g, (found) =>
    found.startsWith('"') ? found : `"${found}"`,
  );
}
