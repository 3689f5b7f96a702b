/**
 * A write of many elements: either each for itself with its own outcome (summarizeErrors=false, HTTP 200),
 * or all or nothing (HTTP 400 with the bad ones, and nothing saved).
 */
import type { Result } from "@/lib/kernel/result";
import { recordsAnswer, validationException, type Wire, type XeroAnswer } from "../answer";
import type { Books } from "../books";
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
}

/** Applies the elements in order and answers as Xero does. */
export function writeBatch(books: Books, elements: readonly Wire[], rules: BatchRules): XeroAnswer {
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
    const record = rules.present(result.value);
    return rules.summarizeErrors ? record : { ...record, StatusAttributeString: "OK", HasErrors: false };
  });
  return {
    ...recordsAnswer({ id: books.newId(), nowMs: books.now() }, rules.plural, shown),
    elements: elements.length,
  };
}

/** A refused element takes back what it had already done, such as a contact made by name. */
function applyOne(books: Books, element: Wire, rules: BatchRules): Result<string, readonly string[]> {
  return withUndo(
    books.undo,
    () => rules.apply(element),
    (result) => result.ok,
  );
}

function refusedElement(element: Wire, idField: string, messages: readonly string[]): Wire {
  return {
    ...element,
    [idField]: element[idField] ?? NO_ID,
    ValidationErrors: messages.map((Message) => ({ Message })),
  };
}
