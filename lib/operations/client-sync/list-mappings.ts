import { sightOf } from "@/lib/domain/personal-details";
import type { MappingRows, MappingStatus } from "@/lib/domain/views/client-sync-view";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { getRuntime } from "../runtime";
import { findReview } from "./find-review";
import { loadMappingRows } from "./mapping-rows";

const PAGE_ROWS = 50;

/** What a sync would do with each client and contact, a page at a time; empty before the first look at both sides. */
export async function listMappings(
  access: WorkspaceAccess,
  page: { readonly status?: MappingStatus | null; readonly after?: string | null } = {},
): Promise<MappingRows> {
  const { database } = await getRuntime();
  return database.withWorkspace(access.workspaceId, async (tx) => {
    const found = await findReview(tx);
    if (!found?.review?.isPlanned) return { rows: [], next: null };
    const { rows, next } = await loadMappingRows(tx, found.pair, found.review.runId, {
      status: page.status ?? null,
      after: page.after ?? null,
      limit: PAGE_ROWS,
    });
    const sight = sightOf(access);
    return { rows: rows.map((row) => ({ ...row, remark: sight.text(row.remark) })), next };
  });
}
