/**
 * A write of many elements: either each for itself with its own outcome (summarizeErrors=false, HTTP 200),
 * or all or nothing (HTTP 400 with the bad ones, and nothing saved).
 */
import type { Result } from "@/lib/kernel/result";
import { postDataInvalid, recordsAnswer, validationException, type Wire, type XeroAnswer } from "../answer";
import type { Books } from "../books";
import { parseDay, wireDay } from "../dates";
import { withUndo } from "../table";

const NO_ID = "00000000-0000-0000-0000-000000000000";

export interface BatchRules {
  /** "Invoices" */
  readonly plural: string;
  /** "InvoiceID" */
  readonly idField: string;
  /** True: one bad element refuses all. */
  readonly summarizeErrors: boolean;
  /** One element: its record's id, or what speaks against it. */
  apply(element: Wire): Result<string, readonly string[]>;
  /** The record as the answer shows it. */
  present(id: string): Wire;
  /** What is odd about an element that was saved all the same. */
  warn?(element: Wire, id: string): readonly string[];
  /** More elements than this are refused where the switch says so; 50 unless given. */
  readonly elementsMax?: number;
}

const ELEMENTS_MAX = 50;

/** Applies the elements in order and answers as Xero does. */
export function writeBatch(books: Books, elements: readonly Wire[], rules: BatchRules): XeroAnswer {
  const elementsMax = rules.elementsMax ?? ELEMENTS_MAX;
  if (elements.length > elementsMax && books.switchPosition("xero.elements-over-50") === "refuse")
    throw postDataInvalid(`At most ${elementsMax} ${rules.plural} in one request.`);
  const outcomes = withUndo(
    books.undo,
    () => elements.map((element) => ({ element, result: applyOne(books, element, rules) })),
    (all) => !rules.summarizeErrors || all.every(({ result }) => result.ok),
  );
  const refused = outcomes.flatMap(({ element, result }) =>
    result.ok ? [] : [refusedElement(element, rules.idField, result.error)],
  );
  if (rules.summarizeErrors && refused.length > 0)
    return { ...validationException(refused), elements: elements.length };
  const shown = outcomes.map(({ element, result }) => {
    if (!result.ok)
      return {
        ...refusedElement(element, rules.idField, result.error),
        StatusAttributeString: "ERROR",
        HasErrors: true,
      };
    return savedElement(rules, rules.present(result.value), rules.warn?.(element, result.value) ?? []);
  });
  return {
    ...recordsAnswer({ id: books.newId(), nowMs: books.now() }, rules.plural, shown),
    elements: elements.length,
  };
}

function savedElement(rules: BatchRules, record: Wire, warnings: readonly string[]): Wire {
  const warned = warnings.length === 0 ? {} : { Warnings: warnings.map((Message) => ({ Message })) };
  if (rules.summarizeErrors) return { ...record, ...warned };
  const status = warnings.length === 0 ? "OK" : "WARNING";
  return { ...record, ...warned, StatusAttributeString: status, HasErrors: false };
}

/** A refused element takes back what it had already done, such as a contact made by name. */
function applyOne(books: Books, element: Wire, rules: BatchRules): Result<string, readonly string[]> {
  return withUndo(
    books.undo,
    () => rules.apply(element),
    (result) => result.ok,
  );
}

/** An echo shows its days as answers do, in whatever form they were sent. */
function withWireDates(element: Wire): Wire {
  const shown: Record<string, unknown> = { ...element };
  for (const [name, value] of Object.entries(element)) {
    const day = name.endsWith("Date") && typeof value === "string" ? parseDay(value) : null;
    if (day !== null) shown[name] = wireDay(day);
  }
  return shown;
}

function refusedElement(element: Wire, idField: string, messages: readonly string[]): Wire {
  return {
    ...withWireDates(element),
    [idField]: element[idField] ?? NO_ID,
    ValidationErrors: messages.map((Message) => ({ Message })),
  };
}
