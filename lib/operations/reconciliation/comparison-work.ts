import { z } from "zod";
import type { Transaction } from "@/lib/db/client";
import type { TieOutKind } from "@/lib/domain/views/tie-out-kind";
import type { PairCircumstances } from "@/lib/reconciliation/differences";
import type { Entry } from "@/lib/reconciliation/entry";
import { ALONE_SENTENCES } from "@/lib/reconciliation/name-finding";
import type { createTypeTotaller, Part } from "@/lib/reconciliation/totals";
import type { createFigureStore, FigureNames } from "./figure-store";
import type { createFindingStore, NamedFinding } from "./finding-store";

/** What the passes of a comparison share: where sums and findings go, and how a source record is accounted for. */

/** Entries of one side on a page: a comparison holds two such pages. */
export const PAGE_ENTRIES = 400;

export interface CompareContext {
  readonly workspaceId: string;
  readonly pairId: string;
  readonly tieOutId: string;
  readonly names: Omit<PairCircumstances, "isOurs" | "ledgerContactInSource">;
  readonly figureNames: FigureNames;
  /** Told how many entries are held: a test watches that this does not grow with the number of records. */
  readonly onPage?: (entries: number) => void;
}

export interface Work {
  readonly tx: Transaction;
  readonly context: CompareContext;
  readonly totaller: ReturnType<typeof createTypeTotaller>;
  readonly figures: ReturnType<typeof createFigureStore>;
  readonly findings: Awaited<ReturnType<typeof createFindingStore>>;
  readonly tally: { agreeing: number; differing: number; missing: number; extra: number; exceptions: number };
  readonly roundings: { count: number; readonly totals: Map<string, bigint> };
}

/** A finding that nobody has to decide about. */
export const plainFinding = (
  kind: TieOutKind,
  source: Entry | null,
  ledger: Entry | null,
  sentence: string,
): NamedFinding => ({
  kind,
  source,
  ledger,
  fields: [],
  sentence,
  changedSince: null,
  accepted: null,
  fingerprint: "",
});

/** Why a source record need not be in the ledger as it is, where that is known; null where nothing explains it. */
export function accountedAs(
  why: string,
  reason: string | null,
  message: string | null,
  isPaired: boolean,
): { kind: TieOutKind; sentence: string } | null {
  switch (why) {
    case "exception":
      return { kind: "exception", sentence: message ?? "" };
    case "dismissed":
      return { kind: "dismissed", sentence: message ?? "" };
    case "excluded":
      return { kind: "excluded", sentence: reason ?? "It is left out." };
    case "waiting":
      return {
        kind: "waiting",
        sentence: isPaired ? ALONE_SENTENCES.changeWaiting : ALONE_SENTENCES.waiting,
      };
    case "changeWaiting":
      // A record that is gone from the ledger is missing there, whatever changed in the source.
      return isPaired ? { kind: "waiting", sentence: ALONE_SENTENCES.changeWaiting } : null;
    default:
      return null;
  }
}

/** Under what a record of that kind goes in the sums. */
export function partOf(kind: TieOutKind): Part {
  switch (kind) {
    case "exception":
      return "exceptions";
    // A person's rule: in the sums beside those of ours, with a name and a reason of its own.
    case "dismissed":
      return "excluded";
    case "excluded":
    case "waiting":
    case "accepted":
      return kind;
    default:
      return "discrepancies";
  }
}

/** Counts a record for the score. */
export function count(tally: Work["tally"], part: Part, as: "differing" | "missing" | "extra"): void {
  if (part === "exceptions") tally.exceptions += 1;
  else if (part === "discrepancies") tally[as] += 1;
}

const changeSchema = z.object({ record_type: z.string(), external_id: z.string(), noticed_at: z.date() });

/** When each of these ledger records was first seen to have changed since it was first read. */
export async function loadChanges(
  { tx, context }: Work,
  entries: readonly Entry[],
): Promise<ReadonlyMap<string, Date>> {
  if (entries.length === 0) return new Map();
  const rows: unknown[] = await tx.$queryRaw`
    SELECT record_type, external_id, max(noticed_at) AS noticed_at
      FROM entry_changes
     WHERE pair_id = ${context.pairId}::uuid AND side = 'ledger' AND what = 'changed'
       AND external_id = ANY(${entries.map((entry) => entry.id)})
     GROUP BY record_type, external_id`;
  return new Map(
    rows.map((row) => {
      const change = changeSchema.parse(row);
      return [`${change.record_type}:${change.external_id}`, change.noticed_at];
    }),
  );
}
