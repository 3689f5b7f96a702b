import { Prisma } from "@/lib/db/client";
import { sightOf } from "@/lib/domain/personal-details";
import type { ExceptionRows, ExceptionSort } from "@/lib/domain/views/exception-view";
import type { ListSort } from "@/lib/domain/views/list-sort";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { beyond, type KeyOrder, orderBy, pageKey } from "../lists/page-key";
import { getRuntime } from "../runtime";
import { loadPairIn } from "../setup/load-pair";
import { conditionOf } from "./chosen-exceptions";
import { describeRow } from "./describe-exception";
import type { ListedFilter } from "./list-exceptions";

const ROWS_PER_PAGE = 50;

/** The exceptions themselves, oldest first unless said otherwise, a page at a time: of one group, or of all that agree with the filter. */
export async function listExceptionRows(
  access: WorkspaceAccess,
  filter: ListedFilter = {},
): Promise<ExceptionRows> {
  const { database } = await getRuntime();
  return database.withWorkspace(access.workspaceId, async (tx) => {
    const pair = await loadPairIn(tx);
    if (!pair) return { rows: [], next: null, total: 0 };
    const condition = conditionOf(pair.id, filter.state ?? "open", filter);
    const sort = filter.sort ?? OLDEST_FIRST;
    const order = orderOf(sort);
    const found = await tx.$queryRaw<FoundRow[]>`
      SELECT e.id, e.sequence, e.worth, e.record_type AS "recordType" FROM exceptions e
       WHERE ${condition} AND ${beyond(order, filter.after) ?? Prisma.sql`true`}
       ORDER BY ${orderBy(order)} LIMIT ${ROWS_PER_PAGE + 1}`;
    const [counted] = await tx.$queryRaw<{ total: bigint }[]>`
      SELECT count(*) AS total FROM exceptions e WHERE ${condition}`;
    const page = found.slice(0, ROWS_PER_PAGE);
    const rows = await tx.syncException.findMany({
      where: { id: { in: page.map(({ id }) => id) } },
      omit: { exchange: true },
    });
    const rowOf = new Map(rows.map((row) => [row.id, row]));
    const last = page.at(-1);
    return {
      rows: page.flatMap(({ id }) => {
        const row = rowOf.get(id);
        return row ? [describeRow(row, sightOf(access))] : [];
      }),
      next:
        found.length > ROWS_PER_PAGE && last ? pageKey(last[COLUMNS[sort.key].name], last.sequence) : null,
      total: Number(counted?.total ?? 0n),
    };
  });
}

interface FoundRow {
  readonly id: string;
  readonly sequence: bigint;
  readonly worth: bigint;
  readonly recordType: string;
}

const OLDEST_FIRST: ListSort<ExceptionSort> = { key: "age", descending: false };

/** Arrival is age: the sequence only grows. */
const COLUMNS = {
  age: { name: "sequence", sql: Prisma.sql`e.sequence` },
  amount: { name: "worth", sql: Prisma.sql`e.worth` },
  type: { name: "recordType", sql: Prisma.sql`e.record_type` },
} as const satisfies Record<ExceptionSort, { readonly name: keyof FoundRow; readonly sql: Prisma.Sql }>;

const orderOf = ({ key, descending }: ListSort<ExceptionSort>): KeyOrder => ({
  column: COLUMNS[key].sql,
  kind: key === "type" ? "text" : "integer",
  tie: Prisma.sql`e.sequence`,
  tieKind: "integer",
  descending,
});
