import { MAPPING_WORDS, type MappingRows } from "@/lib/domain/views/client-sync-view";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { type Cell, writeWorkbook } from "../export/write-workbook";
import { getRuntime } from "../runtime";
import { getClientSync } from "./get-client-sync";
import { listMappings } from "./list-mappings";

/**
 * The review as an Excel workbook, read page by page as it is written; null before the first look. Where a contact would be
 * added, the ledger's column is empty; where only the ledger has one, the source's is.
 */
export async function exportMappings(
  access: WorkspaceAccess,
): Promise<{ fileName: string; bytes: AsyncIterable<Uint8Array> } | null> {
  const { clock } = await getRuntime();
  const view = await getClientSync(access);
  if (!view?.review || view.review.phase === "reading") return null;
  return {
    fileName: `client-mappings-${clock.now().toISOString().slice(0, 10)}.xlsx`,
    bytes: writeWorkbook([
      {
        name: "Client mappings",
        columns: [
          { title: `${view.sourceLabel} client`, width: 36 },
          { title: `${view.ledgerLabel} contact`, width: 36 },
          { title: "Status", width: 30 },
          { title: "Remark", width: 90 },
        ],
        rows: mappingCells(access),
      },
    ]),
  };
}

async function* mappingCells(access: WorkspaceAccess): AsyncGenerator<readonly Cell[]> {
  let after: string | null = null;
  do {
    const page: MappingRows = await listMappings(access, { after });
    for (const row of page.rows)
      yield [row.sourceName, row.ledgerName, MAPPING_WORDS[row.status], row.remark];
    after = page.next;
  } while (after !== null);
}
