/** What a form has changed of a record, so that a write names nothing that the person left alone. */
import type { Answered, Desk, FormField } from "./kinds";
import { isWire, rowsAt, textAt, type Wire } from "./wire";

/** The fields whose text differs from what the form was filled with. */
export function changedFields(
  fields: readonly FormField[],
  form: URLSearchParams,
): ReadonlyMap<string, string> {
  const changed = new Map<string, string>();
  for (const { name, value } of fields) {
    const typed = form.get(name)?.replaceAll("\r\n", "\n").trim();
    if (typed !== undefined && typed !== value.trim()) changed.set(name, typed);
  }
  return changed;
}

export const NOTHING_CHANGED: Answered = { ok: false, status: 400, problem: "Nothing was changed." };

const LINE_PREFIX = "line";

/** Fields of each line of a document, a group a line. */
export function lineFields(
  record: Wire,
  at: string,
  columns: readonly (readonly [name: string, label: string, type: "text" | "amount"])[],
): readonly FormField[] {
  return rowsAt(record, at).flatMap((line, index) =>
    columns.map(
      ([name, label, type]): FormField => ({
        name: `${LINE_PREFIX}.${index}.${name}`,
        label,
        type,
        value: textAt(line, name),
        group: `Line ${index + 1}`,
      }),
    ),
  );
}

/** Every line with what was changed of it, or null when no line was; `keep` says what else a write must repeat. */
export function changedLines(
  record: Wire,
  at: string,
  changed: ReadonlyMap<string, string>,
  keep: (line: Wire) => Wire,
): readonly Wire[] | null {
  if (![...changed.keys()].some((name) => name.startsWith(`${LINE_PREFIX}.`))) return null;
  return rowsAt(record, at).map((line, index) => {
    const prefix = `${LINE_PREFIX}.${index}.`;
    const own = [...changed].filter(([name]) => name.startsWith(prefix));
    return {
      ...keep(line),
      ...Object.fromEntries(own.map(([name, value]) => [name.slice(prefix.length), value])),
    };
  });
}

/** The changed fields that are the record's own, as a body; "A.B" is put below A, beside what A has already. */
export function changedBody(record: Wire, changed: ReadonlyMap<string, string>): Wire {
  const body: Record<string, unknown> = {};
  for (const [name, value] of changed) {
    if (name.startsWith(`${LINE_PREFIX}.`)) continue;
    const [outer = "", inner] = name.split(".");
    const before = body[outer] ?? record[outer];
    body[outer] = inner === undefined ? value : { ...(isWire(before) ? before : {}), [inner]: value };
  }
  return body;
}

/** Rows of a list that the vendor gives whole, searched and paged here. */
export function pageOfRows(
  rows: readonly Wire[],
  asked: { readonly page: number; readonly term: string },
  rowsAPage: number,
  texts: readonly string[],
): { rows: readonly Wire[]; hasMore: boolean; count: number } {
  const term = asked.term.toLowerCase();
  const found =
    term === ""
      ? rows
      : rows.filter((row) => texts.some((path) => textAt(row, path).toLowerCase().includes(term)));
  const first = (asked.page - 1) * rowsAPage;
  return {
    rows: found.slice(first, first + rowsAPage),
    hasMore: found.length > first + rowsAPage,
    count: found.length,
  };
}

/** A call's record, the first under a name; absent is a refusal. */
export function firstRecord(answer: Answered, at: string): Answered {
  if (!answer.ok) return answer;
  const [record] = rowsAt(answer.body, at);
  return record === undefined
    ? { ok: false, status: 404, problem: "There is no such record." }
    : { ok: true, body: record };
}

/** The rows of a call that a page can do without: none where it was refused. */
export function rowsOf(desk: Desk, path: string, at: string, query: Readonly<Record<string, string>> = {}) {
  const answer = desk.ask("GET", path, { query });
  return answer.ok ? rowsAt(answer.body, at) : [];
}
