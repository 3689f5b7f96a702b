import { expect } from "vitest";
import { bookedSchema } from "@/lib/domain/booking";
import type { PreviewRow, PreviewView, RunView } from "@/lib/domain/views/run-view";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { TIDEWATER_TENANT_ID } from "@/sandbox/seed/xero-organisation";
import { xeroRecords } from "@/sandbox/xero/open-books";
import type { TestClient } from "@/sandbox/xero/test-client";
import type { ProductWorld } from "../setup/product-world";
import { listAll, readTrialBalance } from "./ledger-books";

/** Undoing with a period closed in between: the steps, and the trial balance as the witness. */

/** Closes the books of the sandbox's firm up to a day, as its accountant would. */
export function closePeriod(world: ProductWorld, until: string | null): void {
  const books = xeroRecords(world.sandbox.context).books(TIDEWATER_TENANT_ID);
  if (books === undefined) throw new Error("the firm has no books");
  books.setOrganisation({ ...books.organisation(), periodLockDate: until });
}

export interface UndoPreview {
  readonly runId: string;
  readonly view: PreviewView;
  readonly rows: readonly PreviewRow[];
}

export async function previewUndo(
  world: ProductWorld,
  access: WorkspaceAccess,
  runId: string,
  options: { readonly takesLocked: boolean },
): Promise<UndoPreview> {
  const { startUndo } = await import("@/lib/operations/runs/start-undo");
  const { getPreview } = await import("@/lib/operations/runs/get-preview");
  const started = await startUndo(access, runId, options);
  if (!started.ok) throw new Error(started.error.message);
  const undo = started.value.runId;
  await world.owner.followRun(access, undo, (run) => run.state === "previewed" || run.state === "finished");
  const view = await getPreview(access, undo);
  if (!view) throw new Error("there is no preview");
  return { runId: undo, view, rows: await listAllRows(access, undo) };
}

/** A preview of what is to be posted, without posting it. */
export async function previewAgain(
  world: ProductWorld,
  access: WorkspaceAccess,
): Promise<Omit<UndoPreview, "view">> {
  const { startPreview } = await import("@/lib/operations/runs/start-preview");
  const started = await startPreview(access);
  if (!started.ok) throw new Error(started.error.message);
  const { runId } = started.value;
  await world.owner.followRun(access, runId, (run) => run.state === "previewed");
  return { runId, rows: await listAllRows(access, runId) };
}

export async function listAllRows(access: WorkspaceAccess, runId: string): Promise<PreviewRow[]> {
  const { listPreviewRows } = await import("@/lib/operations/runs/list-preview-rows");
  const all: PreviewRow[] = [];
  for (let after: string | undefined, isMore = true; isMore; ) {
    const { rows, next } = await listPreviewRows(access, runId, { after });
    all.push(...rows);
    after = next ?? undefined;
    isMore = next !== null;
  }
  return all;
}

export async function followUndo(
  world: ProductWorld,
  access: WorkspaceAccess,
  runId: string,
): Promise<RunView> {
  const { startPosting } = await import("@/lib/operations/runs/start-posting");
  const started = await startPosting(access, runId);
  if (!started.ok) throw new Error(started.error.message);
  const run = await world.owner.followRun(access, runId, (one) => one.state === "finished");
  expect(run.failure).toBeNull();
  return run;
}

/** Minor units by account, year to date, debits positive; accounts at zero are left out. */
export async function readYearToDate(client: TestClient, day: string): Promise<Record<string, bigint>> {
  const minor = (text: string): bigint =>
    BigInt((text === "" ? "0" : Number(text).toFixed(2)).replace(".", ""));
  const balances: Record<string, bigint> = {};
  for (const line of await readTrialBalance(client, day)) {
    const [account = "", , , debit = "", credit = ""] = line.split(" | ");
    const net = minor(debit) - minor(credit);
    if (net !== 0n) balances[account] = net;
  }
  return balances;
}

/**
 * What the records that an undo leaves where they are have booked up to a day, by account as the trial balance names them:
 * by this much, and no more, the books may differ from those of before.
 */
export async function whatStayedBooked(
  access: WorkspaceAccess,
  undo: string,
  client: TestClient,
  day: string,
): Promise<Record<string, bigint>> {
  const { getRuntime } = await import("@/lib/operations/runtime");
  const { database } = await getRuntime();
  const names = new Map(
    (await listAll(client, "Accounts")).map((one) => [
      one.Code || one.AccountID,
      one.Code ? `${one.Name} (${one.Code})` : one.Name,
    ]),
  );
  const rows = await database.withWorkspace(
    access.workspaceId,
    (tx) => tx.$queryRaw<{ booked: unknown }[]>`
      SELECT p.booked FROM planned_changes p
        JOIN record_snapshots s ON s.record_type = p.record_type AND s.external_id = p.source_external_id
       WHERE p.run_id = ${undo}::uuid AND p.verb = 'block' AND s.document_date <= ${day}`,
  );
  const stayed: Record<string, bigint> = {};
  for (const row of rows)
    for (const { accountKey, base } of bookedSchema.parse(row.booked) ?? []) {
      const name = names.get(accountKey) ?? accountKey;
      // The plan of an undo has them with the opposite sign, as what would be taken off.
      stayed[name] = (stayed[name] ?? 0n) - base.minor;
    }
  return stayed;
}

/** Sums of two sets of balances; accounts that come to nothing are left out. */
export function addBalances(
  first: Readonly<Record<string, bigint>>,
  second: Readonly<Record<string, bigint>>,
): Record<string, bigint> {
  const accounts = new Set([...Object.keys(first), ...Object.keys(second)]);
  return Object.fromEntries(
    [...accounts]
      .map((account) => [account, (first[account] ?? 0n) + (second[account] ?? 0n)] as const)
      .filter(([, net]) => net !== 0n),
  );
}
