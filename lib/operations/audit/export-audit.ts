import type { AuditFilter } from "@/lib/domain/views/audit-view";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { handOver } from "../export/hand-over";
import { type Cell, writeWorkbook } from "../export/write-workbook";
import { getRuntime } from "../runtime";
import { listAudit } from "./list-audit";

/** The audit trail under a filter as an Excel workbook, newest first, read page by page as it is written. */
export async function exportAudit(
  access: WorkspaceAccess,
  filter: AuditFilter,
): Promise<{ fileName: string; bytes: AsyncIterable<Uint8Array> }> {
  const { clock } = await getRuntime();
  const sheet = {
    name: "Audit trail",
    columns: [
      { title: "When (UTC)", width: 24 },
      { title: "Who", width: 24 },
      { title: "What", width: 40 },
      { title: "Action", width: 24 },
      { title: "About", width: 40 },
      { title: "Before", width: 60 },
      { title: "After", width: 60 },
      { title: "Line", width: 12 },
      { title: "Seal", width: 48 },
    ],
    rows: auditRows(access, filter),
  };
  return handOver(access, {
    fileName: `audit-trail-${clock.now().toISOString().slice(0, 10)}.xlsx`,
    bytes: writeWorkbook([sheet]),
  });
}

async function* auditRows(access: WorkspaceAccess, filter: AuditFilter): AsyncGenerator<readonly Cell[]> {
  let before: string | null = null;
  do {
    const page = await listAudit(access, filter, before);
    for (const { at, by, what, action, subject, before: was, after, sequence, seal } of page.rows)
      yield [at, by, what, action, subject, was, after, { number: sequence }, seal];
    before = page.next;
  } while (before !== null);
}
