import { canonicalRecordSchema, type RecordOf } from "@/lib/domain/canonical-record";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { invariant } from "@/lib/kernel/invariant";
import { openConnection } from "@/lib/operations/connections/open-connection";
import { getRuntime } from "@/lib/operations/runtime";
import { loadPair } from "@/lib/operations/setup/load-pair";
import { readCalls } from "@/scripts/main-job/sandbox-control";
import { round } from "./figures";

const ONE_BY_ONE_DOCUMENTS = 300;
const AT_ONCE = 5;

/**
 * A sample of the posted invoices once more, one a call and five calls at once, as most integrations do it: under other
 * numbers that end in `name`, with the same mapping, connection and budget.
 */
export async function postOneByOne(access: WorkspaceAccess, sandboxOrigin: string, name: string) {
  const runtime = await getRuntime();
  const pair = await loadPair(runtime, access.workspaceId);
  invariant(pair, "the bench has a pair");
  const { connector } = await openConnection(runtime, access.workspaceId, pair.ledgerConnectionId, {
    permitWaitMaxMs: 60_000,
  });
  const rows = await runtime.database.withWorkspace(access.workspaceId, (tx) =>
    tx.writeIntent.findMany({
      where: { recordType: "invoice", state: "applied" },
      take: ONE_BY_ONE_DOCUMENTS,
      orderBy: { sequence: "asc" },
    }),
  );
  const invoices = rows.flatMap((row): RecordOf<"invoice">[] => {
    const record = canonicalRecordSchema.parse(row.payload);
    return record.recordType === "invoice"
      ? [{ ...record, number: `${record.number}-${name}`, marker: `${record.marker}-${name}` }]
      : [];
  });
  const { seq } = await readCalls(sandboxOrigin);
  const started = performance.now();
  const waiting = [...invoices];
  const workers = Array.from({ length: AT_ONCE }, async () => {
    for (let record = waiting.shift(); record; record = waiting.shift()) {
      const intentId = runtime.ids.next();
      const [outcome] = await connector.apply({
        recordType: "invoice",
        verb: "create",
        idempotencyKey: intentId,
        elements: [{ intentId, record, externalId: null }],
      });
      invariant(outcome?.kind === "applied", `one document a call is applied, not ${outcome?.kind}`);
    }
  });
  await Promise.all(workers);
  const seconds = (performance.now() - started) / 1000;
  const { services } = await readCalls(sandboxOrigin, seq);
  return {
    documents: invoices.length,
    writeCalls: services.xero.writes,
    documentsPerSecond: round(invoices.length / seconds, 1),
  };
}
