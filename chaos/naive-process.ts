import { z } from "zod";
import { ConnectorError } from "@/lib/connectors/contract/connector-error";
import { toInputJson } from "@/lib/db/input-json";
import { canonicalRecordSchema } from "@/lib/domain/canonical-record";
import { RECORD_TYPES, type RecordType } from "@/lib/domain/record-type";
import { withRun } from "@/lib/operations/runs/run-context";
import { closeRuntime } from "@/lib/operations/runtime";
import { makeIntents } from "@/lib/sync/make-intents";
import type { SyncContext } from "@/lib/sync/sync-context";

/**
 * A poster as others build it, for the trials to show what they find there: one record a call, five at once, each ticked
 * off after its answer, retried three times on an error and then put aside; a process that is started again goes on with
 * what is not ticked off. Mapping, connection and call budget are the product's own; nothing is claimed before a call and
 * nothing is looked for after one.
 */
const RETRIES = 3;
const RETRY_DELAY_MS = 100;
const AT_ONCE = 5;

const ref = z.object({ workspaceId: z.uuid(), runId: z.uuid() }).parse(JSON.parse(process.argv[2] ?? "{}"));
process.stdout.write('{"posting":true}\n');

await withRun(ref, async ({ context, rulebook }) => {
  const book = await rulebook();
  for (const recordType of RECORD_TYPES) {
    let made = await makeIntents(context, recordType, book, 0n);
    while (made.count > 0) made = await makeIntents(context, recordType, book, made.last);
    const waiting = await context.database.withWorkspace(ref.workspaceId, (tx) =>
      tx.writeIntent.findMany({
        where: { runId: ref.runId, recordType, state: "planned" },
        orderBy: { sequence: "asc" },
      }),
    );
    const post = async (): Promise<void> => {
      for (let job = waiting.shift(); job; job = waiting.shift()) await postOne(context, recordType, job);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, post));
  }
});
await closeRuntime();
process.exit(0);

interface Job {
  readonly id: string;
  readonly sourceExternalId: string;
  readonly sourceHash: string;
  readonly payload: unknown;
}

async function postOne(context: SyncContext, recordType: RecordType, job: Job): Promise<void> {
  const record = canonicalRecordSchema.parse(job.payload);
  for (let attempt = 0; attempt <= RETRIES; attempt += 1) {
    if (attempt > 0) await new Promise((resolve) => setTimeout(resolve, RETRY_DELAY_MS));
    const outcome = await callOnce(context, recordType, job.id, record);
    if (outcome === "again") continue;
    if (outcome !== null) await tickOff(context, recordType, job, outcome);
    return;
  }
}

/** The new record's id, null where it was refused, "again" where there was no good answer. */
async function callOnce(
  context: SyncContext,
  recordType: RecordType,
  intentId: string,
  record: z.output<typeof canonicalRecordSchema>,
): Promise<{ externalId: string; code: string } | null | "again"> {
  try {
    const [outcome] = await context.ledger.connector.apply({
      recordType,
      verb: "create",
      idempotencyKey: crypto.randomUUID(),
      elements: [{ intentId, record, externalId: null }],
    });
    if (outcome?.kind === "applied" || outcome?.kind === "alreadyApplied")
      return {
        externalId: outcome.externalId,
        code: outcome.record.recordType === "item" ? outcome.record.code : "",
      };
    return outcome?.kind === "rejected" ? null : "again";
  } catch (thrown) {
    if (thrown instanceof ConnectorError) return "again";
    throw thrown;
  }
}

async function tickOff(
  context: SyncContext,
  recordType: RecordType,
  job: Job,
  posted: { readonly externalId: string; readonly code: string },
): Promise<void> {
  await context.database.withWorkspace(context.workspaceId, async (tx) => {
    await tx.writeIntent.update({ where: { id: job.id }, data: { state: "applied" } });
    await tx.recordLink.create({
      data: {
        workspaceId: context.workspaceId,
        pairId: context.pairId,
        recordType,
        sourceExternalId: job.sourceExternalId,
        ledgerExternalId: posted.externalId,
        how: "created",
        sourceHash: job.sourceHash,
        detail: toInputJson({ code: posted.code }),
      },
    });
  });
}
