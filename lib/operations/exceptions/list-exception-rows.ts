import type { ExceptionRows } from "@/lib/domain/views/exception-view";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { getRuntime } from "../runtime";
import { loadPairIn } from "../setup/load-pair";
import { conditionOf } from "./chosen-exceptions";
import { describeRow } from "./describe-exception";
import type { ListedFilter } from "./list-exceptions";

const ROWS_PER_PAGE = 50;

/** The exceptions themselves, oldest first, a page at a time: of one group, or of all that agree with the filter. */
export async function listExceptionRows(
  access: WorkspaceAccess,
  filter: ListedFilter = {},
): Promise<ExceptionRows> {
  const { database } = await getRuntime();
  return database.withWorkspace(access.workspaceId, async (tx) => {
    const pair = await loadPairIn(tx);
    if (!pair) return { rows: [], next: null, total: 0 };
    const condition = conditionOf(pair.id, filter.state ?? "open", filter);
    const after = filter.after !== undefined && /^\d{1,18}$/.test(filter.after) ? BigInt(filter.after) : 0n;
    const found = await tx.$queryRaw<{ id: string; sequence: bigint }[]>`
      SELECT e.id, e.sequence FROM exceptions e
       WHERE ${condition} AND e.sequence > ${after} ORDER BY e.sequence LIMIT ${ROWS_PER_PAGE + 1}`;
    const [counted] = await tx.$queryRaw<{ total: bigint }[]>`
      SELECT count(*) AS total FROM exceptions e WHERE ${condition}`;
    const page = found.slice(0, ROWS_PER_PAGE);
    const rows = await tx.syncException.findMany({
      where: { id: { in: page.map(({ id }) => id) } },
      orderBy: { sequence: "asc" },
      omit: { exchange: true },
    });
    const last = page.at(-1);
    return {
      rows: rows.map(describeRow),
      next: found.length > ROWS_PER_PAGE && last ? last.sequence.toString() : null,
      total: Number(counted?.total ?? 0n),
    };
  });
}
