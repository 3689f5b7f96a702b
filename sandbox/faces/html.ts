/**
 * HTML as strings that are safe by construction: text put into a template is escaped, and only what another
 * template made stands as it is. Records hold whatever a client sent, so nothing else may build markup here.
 */
import { escapeHtml } from "@/sandbox/kit/answers";

/** Markup that a template made. */
export interface Html {
  readonly html: string;
}

export type Content = Html | string | number | null | readonly Content[];

/** A template whose text parts are escaped; null is nothing, a list is its parts in a row. */
export function html(strings: TemplateStringsArray, ...parts: readonly Content[]): Html {
  let made = strings[0] ?? "";
  parts.forEach((part, index) => {
    made += markupOf(part) + (strings[index + 1] ?? "");
  });
  return { html: made };
}

function markupOf(part: Content): string {
  if (part === null) return "";
  if (typeof part === "string" || typeof part === "number") return escapeHtml(String(part));
  return "html" in part ? part.html : part.map(markupOf).join("");
}
