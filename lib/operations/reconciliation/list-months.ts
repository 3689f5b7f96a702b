import { z } from "zod";
import type { Transaction } from "@/lib/db/client";
import { RECORD_TYPES } from "@/lib/domain/record-type";
import { TIE_OUT_FIELDS, TIE_OUT_WEIGHTS } from "@/lib/domain/views/tie-out-kind";
import type { MonthChangePage, MonthCloseView } from "@/lib/domain/views/tie-out-view";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { invariant } from "@/lib/kernel/invariant";
import { getRuntime } from "../runtime";
import { loadPairIn } from "../setup/load-pair";

const MONTHS_SHOWN = 24;
const ROWS_A_PAGE = 50;

const monthRow = z.object({ month: z.string() });
const changeCount = z.object({ month: z.string(), changes: z.bigint() });

/** The latest months that have records, each with its sign-off and what changed since. */
export async function listMonths(access: WorkspaceAccess): Promise<MonthCloseView[]> {
  const { database } = await getRuntime();
  return database.withWorkspace(access.workspaceId, async (tx) => {
    const pair = await loadPairIn(tx);
    if (!pair) return [];
    const pairId = pair.id;
    const months: unknown[] = await tx.$queryRaw`
      SELECT DISTINCT key AS month FROM tie_out_figures
       WHERE pair_id = ${pairId}::uuid AND dimension = 'month'
       UNION SELECT month FROM month_closes WHERE pair_id = ${pairId}::uuid AND reopened_at IS NULL
       ORDER BY month DESC LIMIT ${MONTHS_SHOWN}`;
    const closed = await tx.monthClose.findMany({ where: { pairId, reopenedAt: null } });
    const counts: unknown[] = await tx.$queryRaw`
      SELECT m.month, count(c.id) AS changes
        FROM month_closes m
        JOIN entry_changes c ON c.pair_id = m.pair_id AND c.noticed_at > m.closed_at
         AND m.month IN (c.month_before, c.month_after)
       WHERE m.pair_id = ${pairId}::uuid AND m.reopened_at IS NULL GROUP BY m.month`;
    const changesOf = new Map(
      counts.map((row) => {
        const { month, changes } = changeCount.parse(row);
        return [month, Number(changes)];
      }),
    );
    const open = await countOpenByMonth(tx, pairId);
    return months.map((row) => {
      const { month } = monthRow.parse(row);
      const signed = closed.find((one) => one.month === month);
      return {
        month,
        closed: signed
          ? {
              at: signed.closedAt.toISOString(),
              by: signed.closedByName,
              discrepancies: signed.discrepancies,
              waiting: signed.waiting,
            }
          : null,
        ...(open.get(month) ?? { discrepancies: 0, waiting: 0 }),
        changes: changesOf.get(month) ?? 0,
      };
    });
  });
}

/** What the newest tie-out has open in a month. */
export async function countOpen(
  tx: Transaction,
  pairId: string,
  month: string,
): Promise<{ discrepancies: number; waiting: number }> {
  return (await countOpenByMonth(tx, pairId)).get(month) ?? { discrepancies: 0, waiting: 0 };
}

const openRow = z.object({ month: z.string(), weight: z.number(), count: z.bigint() });

async function countOpenByMonth(tx: Transaction, pairId: string) {
  const rows: unknown[] = await tx.$queryRaw`
    SELECT left(document_date, 7) AS month, weight, count(*) AS count
      FROM tie_out_findings
     WHERE pair_id = ${pairId}::uuid AND document_date IS NOT NULL AND weight <= ${TIE_OUT_WEIGHTS.indexOf("waiting")}
     GROUP BY 1, 2`;
  const open = new Map<string, { discrepancies: number; waiting: number }>();
  for (const row of rows.map((one) => openRow.parse(one))) {
    const sums = open.get(row.month) ?? { discrepancies: 0, waiting: 0 };
    const weight = TIE_OUT_WEIGHTS[row.weight];
    if (weight === "discrepancy") sums.discrepancies += Number(row.count);
    if (weight === "waiting") sums.waiting += Number(row.count);
    open.set(row.month, sums);
  }
  return open;
}

const fieldsSchema = z.array(
  z.object({ field: z.enum(TIE_OUT_FIELDS), before: z.string(), after: z.string() }),
);

/** What changed in a month on either side since it was closed, the newest first, a page by key. */
export async function listMonthChanges(
  access: WorkspaceAccess,
  choice: { readonly month: string; readonly after?: string | null },
): Promise<MonthChangePage> {
  const { database } = await getRuntime();
  return database.withWorkspace(access.workspaceId, async (tx) => {
    const pair = await loadPairIn(tx);
    const { month } = choice;
    const signed = pair
      ? await tx.monthClose.findFirst({ where: { pairId: pair.id, month, reopenedAt: null } })
      : null;
    if (!pair || !signed) return { rows: [], next: null };
    const before = /^\d{1,18}$/.test(choice.after ?? "") ? BigInt(choice.after ?? "0") : null;
    const rows = await tx.entryChange.findMany({
      where: {
        pairId: pair.id,
        noticedAt: { gt: signed.closedAt },
        OR: [{ monthBefore: month }, { monthAfter: month }],
        ...(before === null ? {} : { id: { lt: before } }),
      },
      orderBy: { id: "desc" },
      take: ROWS_A_PAGE + 1,
    });
    const page = rows.slice(0, ROWS_A_PAGE);
    return {
      rows: page.map((row) => {
        const recordType = RECORD_TYPES.find((type) => type === row.recordType);
        invariant(recordType, `no record type "${row.recordType}"`);
        return {
          changeId: row.id.toString(),
          side: row.side === "source" ? "source" : "ledger",
          what: row.what === "added" || row.what === "gone" ? row.what : "changed",
          recordType,
          number: row.number,
          label: row.label,
          noticedAt: row.noticedAt.toISOString(),
          fields: fieldsSchema.parse(row.fields),
        };
      }),
      next: rows.length > ROWS_A_PAGE ? (page.at(-1)?.id.toString() ?? null) : null,
    };
  });
}
