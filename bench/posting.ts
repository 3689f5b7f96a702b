import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { canonicalRecordSchema, type RecordOf } from "@/lib/domain/canonical-record";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { invariant } from "@/lib/kernel/invariant";
import { openConnection } from "@/lib/operations/connections/open-connection";
import { startPosting } from "@/lib/operations/runs/start-posting";
import { startPreview } from "@/lib/operations/runs/start-preview";
import { closeRuntime, getRuntime } from "@/lib/operations/runtime";
import { loadPair } from "@/lib/operations/setup/load-pair";
import { readPeakMemory } from "@/scripts/main-job/memory";
import { confirmSuggestions, connect, followRun, signUp } from "@/scripts/main-job/owner";
import { countWritesFloor } from "@/scripts/main-job/report";
import { readCalls, seedSandbox, setLimitSpeed } from "@/scripts/main-job/sandbox-control";
import { startStack } from "@/scripts/stack";
import { startWorker } from "@/scripts/worker-process";
import { round } from "./figures";

/**
 * How many write calls a first posting takes against the fewest possible, how fast it goes from first to last, and the
 * same documents one a call, five at once, through the same budget, as most integrations do it. Reading runs with
 * limits out of the way; posting runs with Xero's limits sixty times faster than real.
 */
const READING_SPEED = 3_600;
const POSTING_SPEED = 60;
const ONE_BY_ONE_DOCUMENTS = 300;
const AT_ONCE = 5;

export async function benchPosting(options: { orders: string | null; say: (line: string) => void }) {
  const dir = await mkdtemp(join(tmpdir(), "tieout-bench-"));
  const stack = await startStack({
    dir,
    limitSpeed: READING_SPEED,
    durable: false,
    settleMs: 2_000,
    say: options.say,
  });
  Object.assign(process.env, stack.env);
  const worker = await startWorker(stack.env);
  try {
    await stack.startRunner(worker.appUrl);
    await seedSandbox(
      stack.sandbox.origin,
      options.orders === null
        ? { kind: "demo-company" }
        : { kind: "orders", dir: resolve(options.orders), taxRounding: "document" },
    );
    const access = await signUp("bench@tidewatergifts.test");
    await connect(access, "xero", "global");
    await connect(access, "zoho-books", stack.sandbox.zoho.dataCentre);
    await confirmSuggestions(access);
    const preview = await startPreview(access);
    invariant(preview.ok, "a set-up workspace can be previewed");
    const { runId } = preview.value;
    options.say("Reading and planning");
    await followRun(access, runId, (run) => run.state === "previewed");

    await setLimitSpeed(stack.sandbox.origin, POSTING_SPEED);
    const { seq } = await readCalls(stack.sandbox.origin);
    options.say("Posting");
    const started = performance.now();
    await startPosting(access, runId);
    await followRun(access, runId, (run) => run.state === "tyingOut" || run.state === "finished");
    const seconds = (performance.now() - started) / 1000;
    await followRun(access, runId, (run) => run.state === "finished");
    const posting = await readCalls(stack.sandbox.origin, seq);
    const { documents, writesFloor } = await countWritesFloor(access);
    const quarters = await measureQuarters(access, runId);
    options.say("The same, one document a call");
    const oneByOne = await postOneByOne(access, stack.sandbox.origin);
    const peak = await readPeakMemory(process.pid);
    return {
      documents,
      writeCalls: posting.services.xero.writes,
      writesFloor,
      ratio: round(posting.services.xero.writes / writesFloor, 3),
      documentsPerSecond: round(documents / seconds, 1),
      ...quarters,
      rateLimited: posting.services.xero.rateLimited,
      peakRssMb: peak?.peakRssMb ?? null,
      peakRssProcess: peak?.name ?? null,
      oneByOne,
    };
  } finally {
    await closeRuntime();
    await worker.stop();
    await stack.stop();
    await rm(dir, { recursive: true, force: true });
  }
}

/** Invoices alone: other records are of another size, and would make a start or an end look fast. */
async function measureQuarters(access: WorkspaceAccess, runId: string) {
  const { database } = await getRuntime();
  const [row] = await database.withWorkspace(
    access.workspaceId,
    (tx) => tx.$queryRaw<{ first: number | null; last: number | null }[]>`
      WITH posted AS (
        SELECT resolved_at, ntile(4) OVER (ORDER BY resolved_at, sequence) AS quarter
          FROM write_intents WHERE run_id = ${runId}::uuid AND record_type = 'invoice' AND state = 'applied'),
      spans AS (
        SELECT quarter, count(*) AS documents, max(resolved_at) AS ended,
               lag(max(resolved_at)) OVER (ORDER BY quarter) AS began
          FROM posted GROUP BY quarter)
      SELECT max(documents / NULLIF(EXTRACT(EPOCH FROM ended - COALESCE(began, (SELECT min(sent_at) FROM write_intents
                 WHERE run_id = ${runId}::uuid AND record_type = 'invoice'))), 0)) FILTER (WHERE quarter = 1)::float8 AS first,
             max(documents / NULLIF(EXTRACT(EPOCH FROM ended - began), 0)) FILTER (WHERE quarter = 4)::float8 AS last
        FROM spans`,
  );
  return { firstQuarterPerSecond: round(row?.first ?? 0, 1), lastQuarterPerSecond: round(row?.last ?? 0, 1) };
}

/** A sample of the invoices under other numbers, with the same mapping, connection and budget. */
async function postOneByOne(access: WorkspaceAccess, sandboxOrigin: string) {
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
      ? [{ ...record, number: `${record.number}-one`, marker: `${record.marker}-one` }]
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
