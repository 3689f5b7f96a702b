import type { MappingRows } from "@/lib/domain/views/client-sync-view";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { handOver } from "../export/hand-over";
import { type Cell, writeWorkbook } from "../export/write-workbook";
import { getRuntime } from "../runtime";
import { getClientSync } from "./get-client-sync";
import { listMappings } from "./list-mappings";
import { cellsOf, columnsOf, MAPPING_SHEET } from "./mapping-sheet";
import { SAMPLE_MAPPINGS } from "./sample-mappings";

interface Workbook {
  readonly fileName: string;
  readonly bytes: AsyncIterable<Uint8Array>;
}

/**
 * The review as an Excel workbook, read page by page as it is written; null before the first look. Where a contact would be
 * added, the ledger's column is empty; where only the ledger has one, the source's is.
 */
export async function exportMappings(access: WorkspaceAccess): Promise<Workbook | null> {
  const { clock } = await getRuntime();
  const view = await getClientSync(access);
  if (!view?.review || view.review.phase === "reading") return null;
  return handOver(access, {
    fileName: `client-mappings-${clock.now().toISOString().slice(0, 10)}.xlsx`,
    bytes: writeWorkbook([{ name: MAPPING_SHEET, columns: columnsOf(view), rows: mappingCells(access) }]),
  });
}

/** What a review looks like, with invented clients of every status; null until both sides are connected. */
export async function exportSampleMappings(access: WorkspaceAccess): Promise<Workbook | null> {
  const view = await getClientSync(access);
  if (!view) return null;
  const rows = SAMPLE_MAPPINGS.map(cellsOf);
  return {
    fileName: "client-mappings-sample.xlsx",
    bytes: writeWorkbook([{ name: MAPPING_SHEET, columns: columnsOf(view), rows }]),
  };
}

async function* mappingCells(access: WorkspaceAccess): AsyncGenerator<readonly Cell[]> {
  let after: string | null = null;
  do {
    const page: MappingRows = await listMappings(access, { after });
    for (const row of page.rows) yield cellsOf(row);
    after = page.next;
  } while (after !== null);
}
