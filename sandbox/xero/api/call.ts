/** One call of the accounting API, after its gateway has let it in. */
import type { SandboxContext, SandboxRequest } from "@/sandbox/kit/types";
import type { Wire, XeroAnswer } from "../answer";
import { recordsAnswer } from "../answer";
import type { Books } from "../books";
import type { Caller } from "../identity/grants";
import { queryText, unitDecimalsOf } from "../read/list";
import { readBody } from "../write/body";

export interface XeroCall {
  readonly context: SandboxContext;
  readonly request: SandboxRequest;
  readonly books: Books;
  /** Whose token the call carries. */
  readonly caller: Caller;
  /** Parts of the path that stand for {id} and the like, as sent. */
  readonly ids: readonly string[];
}

export type Handler = (call: XeroCall) => XeroAnswer;

/** 200 with records under their plural name. */
export function answerRecords(
  { books }: XeroCall,
  plural: string,
  records: Iterable<Wire>,
  more: Wire = {},
): XeroAnswer {
  return recordsAnswer({ id: books.newId(), nowMs: books.now() }, plural, records, more);
}

/** The body of a write as JSON would have it, XML too; what cannot be read is refused. */
export function bodyOf({ request }: XeroCall): unknown {
  return readBody(request);
}

/** What summarizeErrors says, or the default of the switch. */
export function summarizesErrors({ request, books }: XeroCall): boolean {
  const asked = queryText(request, "summarizeErrors")?.toLowerCase();
  if (asked === "true" || asked === "false") return asked === "true";
  return books.switchPosition("xero.summarize-errors-default") === "true";
}

export function writeOptions(
  { request, ids }: XeroCall,
  mayUpdate: boolean,
): { mayUpdate: boolean; unitDecimals: number; id?: string } {
  const id = ids[0]?.toLowerCase();
  return { mayUpdate, unitDecimals: unitDecimalsOf(request), ...(id === undefined ? {} : { id }) };
}

export function firstId(call: XeroCall): string {
  return (call.ids[0] ?? "").toLowerCase();
}
