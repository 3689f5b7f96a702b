import { randomUUID } from "node:crypto";
import { createDatabase, type Database, type Transaction } from "@/lib/db/client";
import type { TieOutKind } from "@/lib/domain/views/tie-out-kind";
import { type ComparisonSummary, compareEntries } from "@/lib/operations/reconciliation/compare-entries";
import { storeEntries } from "@/lib/operations/reconciliation/entry-rows";
import { pairEntries } from "@/lib/operations/reconciliation/pair-entries";
import type { Entry } from "@/lib/reconciliation/entry";
import { createTestDatabase, type TestDatabase } from "../setup/database";

/**
 * Two sides of a tie-out made of entries alone, compared by the real code in a real database: no connector, no sandbox, so
 * that a test can put anything in.
 */
export interface Sides {
  readonly source: readonly Entry[];
  readonly ledger: readonly Entry[];
  /** Why a source record need not be there, by "recordType:id". */
  readonly reasons?: ReadonlyMap<string, "excluded" | "exception" | "waiting">;
  readonly trackedCategories?: ReadonlySet<string>;
}

export interface Compared {
  readonly summary: ComparisonSummary;
  /** "kind recordType sourceId/ledgerId", the weightiest first. */
  readonly findings: readonly string[];
  readonly sentences: readonly string[];
  /** "recordType sourceId/ledgerId" of every pair. */
  readonly pairs: readonly string[];
  /** "dimension key currency count net+tax | count net+tax", source before ledger. */
  readonly figures: readonly string[];
  /** The most entries that were held at once. */
  readonly heldMost: number;
}

export interface SidesWorld {
  readonly database: Database;
  compare(sides: Sides): Promise<Compared>;
  end(): Promise<void>;
}

const NOW = new Date("2026-11-21T12:00:00Z");

export async function createSidesWorld(): Promise<SidesWorld> {
  const test: TestDatabase = await createTestDatabase();
  const database = createDatabase({ appUrl: test.appUrl, systemUrl: test.systemUrl });
  return {
    database,
    compare: (sides) => compareIn(database, sides),
    async end() {
      await database.disconnect();
      await test.drop();
    },
  };
}

async function compareIn(database: Database, sides: Sides): Promise<Compared> {
  const workspaceId = randomUUID();
  const pairId = randomUUID();
  const sourceConnectionId = randomUUID();
  const where = { workspaceId, pairId };
  const recordTypes = [...new Set([...sides.source, ...sides.ledger].map((one) => one.recordType))];
  return database.withWorkspace(workspaceId, async (tx) => {
    const stored = (entries: readonly Entry[]) => entries.map((entry) => ({ entry, madeOf: "" }));
    await storeEntries(tx, { ...where, side: "source" }, stored(sides.source), NOW);
    await storeEntries(tx, { ...where, side: "ledger" }, stored(sides.ledger), NOW);
    await giveReasons(tx, { ...where, sourceConnectionId }, sides);
    await pairEntries(tx, { pairId, sourceConnectionId, recordTypes });
    let heldMost = 0;
    const summary = await compareEntries(tx, {
      ...where,
      tieOutId: randomUUID(),
      names: {
        trackedCategories: sides.trackedCategories ?? new Set(),
        accountName: (key) => key,
        trackingName: (key) => key,
      },
      figureNames: { account: (key) => key, tracking: (key) => key },
      onPage: (held) => {
        heldMost = Math.max(heldMost, held);
      },
    });
    const findings = await tx.tieOutFinding.findMany({
      where: { pairId },
      orderBy: [{ weight: "asc" }, { id: "asc" }],
    });
    const pairs = await tx.$queryRaw<{ pair: string }[]>`
      SELECT s.record_type || ' ' || s.external_id || '/' || l.external_id AS pair
        FROM tie_pairs p JOIN tie_source s ON s.id = p.source_id JOIN tie_ledger l ON l.id = p.ledger_id ORDER BY 1`;
    const figures = await tx.tieOutFigure.findMany({ where: { pairId }, orderBy: { id: "asc" } });
    return {
      summary,
      figures: figures.map(
        (row) =>
          `${row.dimension} ${row.key} ${row.currency} ${row.sourceCount} ${row.sourceNet}+${row.sourceTax} | ${row.ledgerCount} ${row.ledgerNet}+${row.ledgerTax}`,
      ),
      findings: findings.map(
        (row) => `${row.kind} ${row.recordType} ${row.sourceExternalId}/${row.ledgerExternalId}`,
      ),
      sentences: findings.map((row) => row.sentence),
      pairs: pairs.map(({ pair }) => pair),
      heldMost,
    };
  });
}

/** Snapshots and exceptions as the engine leaves them; without a reason a record counts as posted. */
async function giveReasons(
  tx: Transaction,
  where: { workspaceId: string; pairId: string; sourceConnectionId: string },
  { source, reasons }: Sides,
): Promise<void> {
  const reasonOf = (entry: Entry) => reasons?.get(`${entry.recordType}:${entry.id}`);
  await tx.recordSnapshot.createMany({
    data: source.map((entry) => {
      const reason = reasonOf(entry);
      return {
        workspaceId: where.workspaceId,
        connectionId: where.sourceConnectionId,
        recordType: entry.recordType,
        externalId: entry.id,
        version: "1",
        contentHash: "h",
        record: {},
        disposition: reason === undefined ? "posted" : reason === "waiting" ? "pending" : reason,
        dispositionReason: reason === "excluded" ? "draftInSource" : null,
        dispositionHash: reason === "waiting" ? null : "h",
        pulledAt: NOW,
      };
    }),
  });
  const failed = source.filter((entry) => reasonOf(entry) === "exception");
  await tx.syncException.createMany({
    data: failed.map((entry) => ({
      workspaceId: where.workspaceId,
      pairId: where.pairId,
      runId: where.pairId,
      recordType: entry.recordType,
      sourceExternalId: entry.id,
      sourceHash: "h",
      cause: "refused",
      subject: "",
      message: `${entry.id} waits.`,
      remedy: "",
      number: entry.number,
      label: entry.label,
      state: "open",
    })),
  });
}

/** The kinds that a person has to look at. */
export const kindsIn = (compared: Compared): TieOutKind[] =>
  compared.findings.map((text) => text.split(" ")[0] as TieOutKind);
