import { z } from "zod";
import type { Transaction } from "@/lib/db/client";
import { sightOf } from "@/lib/domain/personal-details";
import {
  type ClientLogEntry,
  type ClientLogView,
  type EarlierClientSync,
  LIVE_LOG_ENTRIES,
} from "@/lib/domain/views/client-sync-view";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { handOver } from "../export/hand-over";
import { type Cell, writeWorkbook } from "../export/write-workbook";
import { parseRunState, WORKING_STATES } from "../runs/run-states";
import { getRuntime } from "../runtime";
import { countLogEntries, loadLogEntries } from "./log-entries";

const EARLIER_SHOWN = 50;
const EXPORT_PAGE = 500;
const uuidSchema = z.uuid();

/** The newest 50 entries of a sync, and whether more are to come; null where the workspace has no such run. */
export async function getClientLog(
  access: WorkspaceAccess,
  { runId }: { readonly runId: string },
): Promise<ClientLogView | null> {
  const { database } = await getRuntime();
  return database.withWorkspace(access.workspaceId, async (tx) => {
    const run = await findRun(tx, runId);
    if (!run) return null;
    const ref = { runId, pairId: run.pairId };
    return {
      runId,
      isMoving: WORKING_STATES.includes(parseRunState(run.state)),
      total: await countLogEntries(tx, ref),
      entries: (await loadLogEntries(tx, ref, { limit: LIVE_LOG_ENTRIES, skip: 0 })).map((entry) => ({
        ...entry,
        detail: sightOf(access).text(entry.detail),
      })),
    };
  });
}

/** Every entry of a sync as an Excel workbook; null where the workspace has no such run. */
export async function exportClientLog(
  access: WorkspaceAccess,
  { runId }: { readonly runId: string },
): Promise<{ fileName: string; bytes: AsyncIterable<Uint8Array> } | null> {
  const { database } = await getRuntime();
  const run = await database.withWorkspace(access.workspaceId, (tx) => findRun(tx, runId));
  if (!run) return null;
  const startedAt = run.startedAt.toISOString();
  return handOver(access, {
    fileName: `client-sync-${startedAt.slice(0, 16).replace(/[T:]/g, "-")}.xlsx`,
    bytes: writeWorkbook([
      {
        name: "Sync log",
        columns: [
          { title: "When (UTC)", width: 24 },
          { title: "Client", width: 36 },
          { title: "What happened", width: 18 },
          { title: "Detail", width: 90 },
        ],
        rows: entryCells(access, { runId, pairId: run.pairId }),
      },
    ]),
  });
}

/** The syncs of clients that posted something or were told to, newest first, at most 50. */
export async function listEarlierSyncs(access: WorkspaceAccess): Promise<EarlierClientSync[]> {
  const { database } = await getRuntime();
  return database.withWorkspace(access.workspaceId, async (tx) => {
    const runs = await tx.syncRun.findMany({
      where: { direction: "toLedger", undoesRunId: null, appliedFrom: { not: null } },
      orderBy: { startedAt: "desc" },
      take: EARLIER_SHOWN,
    });
    const passes = await tx.syncPass.findMany({
      where: { runId: { in: runs.map((run) => run.id) }, recordType: "contact" },
    });
    return runs.flatMap((run): EarlierClientSync[] => {
      const pass = passes.find((one) => one.runId === run.id);
      if (!pass) return [];
      return [
        {
          runId: run.id,
          startedAt: run.startedAt.toISOString(),
          finishedAt: run.finishedAt?.toISOString() ?? null,
          state: run.state,
          added: pass.posted,
          mapped: pass.linked,
          failed: pass.failed,
        },
      ];
    });
  });
}

const WHAT_WORDS: Readonly<Record<ClientLogEntry["what"], string>> = {
  added: "Added",
  updated: "Updated",
  mapped: "Mapped",
  failed: "Not synced",
};

async function findRun(tx: Transaction, runId: string) {
  return uuidSchema.safeParse(runId).success ? tx.syncRun.findUnique({ where: { id: runId } }) : null;
}

async function* entryCells(
  access: WorkspaceAccess,
  run: { readonly runId: string; readonly pairId: string },
): AsyncGenerator<readonly Cell[]> {
  const { database } = await getRuntime();
  for (let skip = 0; ; skip += EXPORT_PAGE) {
    const page = await database.withWorkspace(access.workspaceId, (tx) =>
      loadLogEntries(tx, run, { limit: EXPORT_PAGE, skip }),
    );
    for (const entry of page)
      yield [entry.at, entry.name, WHAT_WORDS[entry.what], sightOf(access).text(entry.detail)];
    if (page.length < EXPORT_PAGE) return;
  }
}
