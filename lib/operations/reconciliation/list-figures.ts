import type { Prisma } from "@/lib/db/client";
import { RECORD_TYPES, type RecordType } from "@/lib/domain/record-type";
import type {
  FigureDimension,
  FigureSide,
  FigureSort,
  TieOutFigurePage,
  TieOutPoint,
} from "@/lib/domain/views/tie-out-view";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { invariant } from "@/lib/kernel/invariant";
import { getRuntime } from "../runtime";
import { loadPairIn } from "../setup/load-pair";
import { amountView, scoreView } from "./describe-tie-out";

const ROWS_A_PAGE = 50;
const POINTS_SHOWN = 30;

export interface FigureChoice {
  readonly dimension: FigureDimension;
  readonly recordType?: RecordType | null;
  /** `key`: as months and keys run; `latest`: the other way round; `gap`: the largest difference first. */
  readonly sort?: FigureSort;
  readonly after?: string | null;
}

/** Both sides under each key of a dimension, a page by key. */
export async function listFigures(access: WorkspaceAccess, choice: FigureChoice): Promise<TieOutFigurePage> {
  const { database } = await getRuntime();
  return database.withWorkspace(access.workspaceId, async (tx) => {
    const pair = await loadPairIn(tx);
    if (!pair) return { rows: [], next: null };
    const after = parseKey(choice.after ?? null);
    const { sort } = choice;
    const rows = await tx.tieOutFigure.findMany({
      where: {
        pairId: pair.id,
        dimension: choice.dimension,
        ...(choice.recordType ? { recordType: choice.recordType } : {}),
        ...(after === null ? {} : AFTER[sort ?? "key"](after)),
      },
      // Stored in the order of their keys.
      orderBy:
        sort === "gap" ? [{ gapMinor: "desc" }, { id: "asc" }] : { id: sort === "latest" ? "desc" : "asc" },
      take: ROWS_A_PAGE + 1,
    });
    const page = rows.slice(0, ROWS_A_PAGE);
    const last = page.at(-1);
    return {
      rows: page.map((row) => {
        const recordType = RECORD_TYPES.find((type) => type === row.recordType);
        invariant(recordType, `no record type "${row.recordType}"`);
        const { currency } = row;
        const gap = row.sourceNet + row.sourceTax - row.ledgerNet - row.ledgerTax;
        const side = (count: number, net: bigint, tax: bigint): FigureSide => ({
          count,
          net: amountView(net, currency),
          tax: amountView(tax, currency),
        });
        return {
          recordType,
          key: row.key,
          label: row.label,
          currency,
          source: side(row.sourceCount, row.sourceNet, row.sourceTax),
          ledger: side(row.ledgerCount, row.ledgerNet, row.ledgerTax),
          difference: amountView(gap, currency),
        };
      }),
      next: rows.length > ROWS_A_PAGE && last ? `${last.gapMinor}-${last.id}` : null,
    };
  });
}

interface Place {
  readonly gap: bigint;
  readonly id: bigint;
}

/** What comes after a row, in each order. */
const AFTER: Readonly<Record<FigureSort, (place: Place) => Prisma.TieOutFigureWhereInput>> = {
  key: ({ id }) => ({ id: { gt: id } }),
  latest: ({ id }) => ({ id: { lt: id } }),
  gap: ({ gap, id }) => ({ OR: [{ gapMinor: { lt: gap } }, { gapMinor: gap, id: { gt: id } }] }),
};

function parseKey(text: string | null): Place | null {
  const found = /^(\d{1,18})-(\d{1,18})$/.exec(text ?? "");
  return found ? { gap: BigInt(found[1] ?? "0"), id: BigInt(found[2] ?? "0") } : null;
}

/** The last tie-outs, oldest first: how the score went. */
export async function listTieOutTrend(access: WorkspaceAccess): Promise<TieOutPoint[]> {
  const { database } = await getRuntime();
  return database.withWorkspace(access.workspaceId, async (tx) => {
    const pair = await loadPairIn(tx);
    if (!pair) return [];
    const rows = await tx.tieOut.findMany({
      where: { pairId: pair.id, expected: { gt: 0 } },
      orderBy: { asOf: "desc" },
      take: POINTS_SHOWN,
      select: { asOf: true, discrepancies: true, agreeing: true, expected: true },
    });
    return rows.reverse().map(({ asOf, discrepancies, ...score }) => ({
      asOf: asOf.toISOString(),
      discrepancies,
      score: scoreView(score),
    }));
  });
}
