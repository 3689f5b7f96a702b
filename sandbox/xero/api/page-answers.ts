/** How lists of documents and single ones are answered, whatever the endpoint. */
import type { Wire, XeroAnswer } from "../answer";
import type { DocumentDetail } from "../present/documents";
import { type ListPage, queryFlag, unitDecimalsOf } from "../read/list";
import { answerRecords, type XeroCall } from "./call";

/** A page of records, each made as it is written. */
export function answerPage<T>(
  call: XeroCall,
  plural: string,
  page: ListPage,
  parts: { get(id: string): T | undefined; show(record: T): Wire },
): XeroAnswer {
  const more = page.pagination === null ? {} : { pagination: page.pagination };
  return answerRecords(call, plural, shownOneByOne(page.ids, parts), more);
}

function* shownOneByOne<T>(
  ids: readonly string[],
  parts: { get(id: string): T | undefined; show(record: T): Wire },
): Iterable<Wire> {
  for (const id of ids) {
    const record = parts.get(id);
    if (record !== undefined) yield parts.show(record);
  }
}

/** What a list shows of each document. */
export function listDetail(call: XeroCall, page: ListPage): DocumentDetail {
  const summary = queryFlag(call.request, "summaryOnly");
  return {
    lines: page.pagination !== null && !summary,
    single: false,
    summary,
    unitDecimals: unitDecimalsOf(call.request),
  };
}

/** What a single document and the answer to a write show. */
export function singleDetail(call: XeroCall): DocumentDetail {
  return { lines: true, single: true, summary: false, unitDecimals: unitDecimalsOf(call.request) };
}
