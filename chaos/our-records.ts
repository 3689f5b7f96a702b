import type { ExceptionRow } from "@/lib/domain/views/exception-view";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { listExceptionRows } from "@/lib/operations/exceptions/list-exception-rows";
import { getTieOut } from "@/lib/operations/reconciliation/get-tie-out";
import { getRuntime } from "@/lib/operations/runtime";
import type { LedgerBooks } from "./books";

/** What the product itself says after a trial, held against what Xero's own API shows. */
export interface OurRecords {
  /** Writes of which it does not know what became of them. */
  readonly unresolved: readonly string[];
  /** Open exceptions, in the words that their owner reads. */
  readonly exceptions: readonly string[];
  /** Links to nothing, records without a link, and what the tie-out calls a discrepancy. */
  readonly mismatches: readonly string[];
}

const EXPLAINED: ReadonlySet<string> = new Set(["excluded", "exception", "rounding"]);

export async function readOurRecords(
  access: WorkspaceAccess,
  { standing, gone }: LedgerBooks,
): Promise<OurRecords> {
  const { database } = await getRuntime();
  const { links, open } = await database.withWorkspace(access.workspaceId, async (tx) => ({
    links: await tx.recordLink.findMany({ select: { recordType: true, ledgerExternalId: true } }),
    open: await tx.writeIntent.findMany({
      where: { state: { in: ["planned", "sending", "unknown"] } },
      select: { recordType: true, verb: true, state: true, sourceExternalId: true },
    }),
  }));
  const linked = links.map((link) => `${link.recordType} ${link.ledgerExternalId}`);
  const present = new Map(standing.map((line) => [`${line.kind} ${line.id}`, line.key]));
  const tieOut = await getTieOut(access);
  const exceptions = await listWaiting(access);
  return {
    unresolved: open.map((one) => `${one.verb} of ${one.recordType} ${one.sourceExternalId} is ${one.state}`),
    exceptions: exceptions.map((row) => `${row.recordType} ${row.number}: ${row.message}`),
    mismatches: [
      ...linked
        .filter((one) => !present.has(one) && !gone.has(one))
        .map((one) => `a link leads to ${one}, which Xero does not have`),
      ...linked
        .filter((one, index) => linked.indexOf(one) !== index)
        .map((one) => `two links lead to ${one}`),
      ...[...present]
        .filter(([one]) => !linked.includes(one))
        .map(([one, key]) => `${key} (${one}) has no link`),
      ...(tieOut?.named ?? [])
        .filter((row) => !EXPLAINED.has(row.kind))
        .map((row) => `tie-out: ${row.kind} ${row.recordType} ${row.number}: ${row.sentence}`),
    ],
  };
}

/** Every open exception, page after page. */
async function listWaiting(access: WorkspaceAccess): Promise<ExceptionRow[]> {
  const all: ExceptionRow[] = [];
  for (let after: string | undefined, isMore = true; isMore; ) {
    const { rows, next } = await listExceptionRows(access, { after });
    all.push(...rows);
    after = next ?? undefined;
    isMore = next !== null;
  }
  return all;
}
