import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Prisma } from "@/lib/db/client";
import type { Progress } from "@/lib/domain/progress";
import type { RecordType } from "@/lib/domain/record-type";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { invariant } from "@/lib/kernel/invariant";
import { keepDiary } from "@/lib/operations/parallel/keep-diary";
import { tieOutChanges, tieOutPiece } from "@/lib/operations/reconciliation/run-tie-out";
import { beginTieOut, catchUpLedger, finishRun, postRecordType } from "@/lib/operations/runs/post-run";
import {
  finishPlanning,
  planRecordType,
  readLedger,
  readReference,
  readSource,
  settleEarlierWrites,
  typesOfRun,
} from "@/lib/operations/runs/prepare-run";
import type { RunRef } from "@/lib/operations/runs/run-context";
import { startPosting } from "@/lib/operations/runs/start-posting";
import { startPreview } from "@/lib/operations/runs/start-preview";
import { closeRuntime, getRuntime } from "@/lib/operations/runtime";
import { confirmSuggestions, connect, signUp } from "@/scripts/main-job/owner";
import { type Stack, startStack } from "@/scripts/stack";

/**
 * A company whose runs a benchmark drives itself: the same pieces of work that the step functions call, one after the
 * other in this process, so that what is measured is the engine and neither the steps around it nor the reading of the
 * source before it. Stack, database and sandbox are the real ones.
 */
export interface DrivenCompany {
  readonly stack: Stack;
  readonly access: WorkspaceAccess;
}

/** Fast enough that no limit is ever met: a minute is a millisecond. */
export const NO_LIMITS = 60_000;

export async function withDrivenCompany<T>(
  options: {
    readonly name: string;
    readonly seed: object;
    readonly limitSpeed: number;
    readonly say: (line: string) => void;
  },
  work: (company: DrivenCompany) => Promise<T>,
): Promise<T> {
  const dir = await mkdtemp(join(tmpdir(), `tieout-bench-${options.name}-`));
  const stack = await startStack({
    dir,
    limitSpeed: options.limitSpeed,
    durable: false,
    settleMs: 2_000,
    say: options.say,
  });
  // No step runner is there to take events; the pieces are called by hand.
  Object.assign(process.env, stack.env, { LOG_LEVEL: "error" });
  try {
    await fillSandbox(stack.sandbox.origin, options.seed);
    const access = await signUp("bench@tidewatergifts.test");
    await connect(access, "xero", "global");
    await connect(access, "zoho-books", stack.sandbox.zoho.dataCentre);
    await confirmSuggestions(access);
    return await work({ stack, access });
  } finally {
    await closeRuntime();
    await stack.stop();
    await rm(dir, { recursive: true, force: true });
  }
}

async function fillSandbox(origin: string, order: object): Promise<void> {
  const headers = { "content-type": "application/json" };
  const answer = await fetch(`${origin}/control/seed`, {
    method: "POST",
    headers,
    body: JSON.stringify(order),
  });
  invariant(answer.ok, "the sandbox can be filled");
}

/** Begins a run and reads both sides; nothing is planned yet. */
export async function readBothSides(access: WorkspaceAccess): Promise<RunRef> {
  const preview = await startPreview(access);
  invariant(preview.ok, "a set-up workspace can be previewed");
  const ref = { workspaceId: access.workspaceId, runId: preview.value.runId };
  await untilDone(() => settleEarlierWrites(ref));
  await untilDone(() => readReference(ref));
  const { toRead } = await typesOfRun(ref);
  for (const type of toRead) await untilDone(() => readSource(ref, type));
  for (const type of toRead) await untilDone(() => readLedger(ref, type));
  return ref;
}

export async function planAll(ref: RunRef): Promise<void> {
  for (const type of (await typesOfRun(ref)).toWrite) await untilDone(() => planRecordType(ref, type));
  await finishPlanning(ref);
}

/** What follows the plan of a run that has nothing to post. */
export async function endQuietRun(ref: RunRef): Promise<void> {
  await untilDone(() => tieOutChanges(ref));
  await untilDone(() => keepDiary(ref));
}

export async function postAll(access: WorkspaceAccess, ref: RunRef): Promise<void> {
  const started = await startPosting(access, ref.runId);
  invariant(started.ok, "a preview can be posted");
  for (const type of (await typesOfRun(ref)).toWrite) await untilDone(() => postRecordType(ref, type));
}

/** Reads back what was posted and ties both sides out, as every run ends. */
export async function tieOutAll(ref: RunRef): Promise<void> {
  for (const type of (await typesOfRun(ref)).toRead) await untilDone(() => catchUpLedger(ref, type));
  await beginTieOut(ref);
  await untilDone(() => tieOutPiece(ref));
  await finishRun(ref);
}

async function untilDone(piece: () => Promise<Progress>): Promise<void> {
  for (;;) {
    const { done, waitMs } = await piece();
    if (done) return;
    if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
  }
}

/** Documents of one kind that a template of the same company is multiplied to. */
const COPIES_A_STATEMENT = 20_000;

/**
 * Adds invoices to what was read from the source, as if they had been read too: copies of those that were, each under a
 * number and an id of its own, spread over all customers.
 */
export async function addInvoices(
  access: WorkspaceAccess,
  copies: { readonly first: number; readonly count: number },
): Promise<void> {
  const { database } = await getRuntime();
  const end = copies.first + copies.count;
  for (let first = copies.first; first < end; first += COPIES_A_STATEMENT) {
    const last = Math.min(end, first + COPIES_A_STATEMENT) - 1;
    await database.withWorkspace(access.workspaceId, (tx) => tx.$executeRaw(copyStatement(first, last)));
  }
}

/** Plain copies of approved invoices: every third has one line, every third two, and so on. */
function copyStatement(first: number, last: number): Prisma.Sql {
  const type: RecordType = "invoice";
  return Prisma.sql`
    WITH templates AS (
      SELECT row_number() OVER (ORDER BY sequence) - 1 AS place, count(*) OVER () AS places, s.*
        FROM record_snapshots s
       WHERE record_type = ${type} AND record ->> 'status' = 'open' AND external_id NOT LIKE 'copy-%'),
    customers AS (
      SELECT row_number() OVER (ORDER BY sequence) - 1 AS place, count(*) OVER () AS places, external_id, label
        FROM record_snapshots WHERE record_type = 'contact')
    INSERT INTO record_snapshots (id, workspace_id, connection_id, record_type, external_id, version, content_hash, record,
                                  number, label, document_date, currency, gross_minor, pulled_at, disposition)
    SELECT gen_random_uuid(), t.workspace_id, t.connection_id, t.record_type, 'copy-' || n, t.version, md5('copy-' || n),
           t.record || jsonb_build_object('externalId', 'copy-' || n, 'number', 'COPY-' || lpad(n::text, 7, '0'),
                                          'contactId', c.external_id, 'contactName', c.label),
           'COPY-' || lpad(n::text, 7, '0'), c.label, t.document_date, t.currency, t.gross_minor, t.pulled_at, 'pending'
      FROM generate_series(${first}::int, ${last}::int) AS n
      JOIN templates t ON t.place = n % t.places
      JOIN customers c ON c.place = n % c.places
     ORDER BY n`;
}
