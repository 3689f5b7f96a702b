import { expect } from "vitest";
import type { ExceptionRow } from "@/lib/domain/views/exception-view";
import type { SetupQuestion } from "@/lib/domain/views/setup-view";
import type { TieOutView } from "@/lib/domain/views/tie-out-view";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import type { ProductWorld } from "../setup/product-world";

/** A workspace on the demo company, and what a test asks it again and again. */

export interface CompanyOptions {
  readonly email?: string;
  /** What the set-up's form is answered with; the suggestions by default. */
  readonly choose?: (question: SetupQuestion) => string | null;
  /** Things done in Zoho Books or Xero before anything is connected. */
  readonly prepare?: () => void;
}

let opened = 0;

/** Connects a new workspace to the sandbox's company and confirms the set-up. */
export async function openCompany(
  world: ProductWorld,
  options: CompanyOptions = {},
): Promise<WorkspaceAccess> {
  options.prepare?.();
  opened += 1;
  const access = await world.owner.signUp(options.email ?? `olivia-${opened}@tidewatergifts.test`);
  await world.owner.connect(access, "xero", "global");
  await world.owner.connect(access, "zoho-books", "eu");
  await world.owner.confirmSuggestions(access, "approved", options.choose);
  return access;
}

/** Disconnects the workspace and puts the demo company back to its first day, for a new workspace to begin with. */
export async function closeCompany(world: ProductWorld, access: WorkspaceAccess): Promise<void> {
  const { listConnections } = await import("@/lib/operations/connections/list-connections");
  const { disconnect } = await import("@/lib/operations/connections/disconnect");
  for (const { connectionId } of await listConnections(access)) await disconnect(access, connectionId);
  await world.sandbox.reset();
  await world.sandbox.seed({ kind: "demo-company" });
}

export async function readTieOut(access: WorkspaceAccess): Promise<TieOutView> {
  const { getTieOut } = await import("@/lib/operations/reconciliation/get-tie-out");
  const tieOut = await getTieOut(access);
  if (!tieOut) throw new Error("there is no tie-out yet");
  return tieOut;
}

/** Nothing disagrees, and every record of the source is accounted for, by type and currency. */
export async function expectAgreement(access: WorkspaceAccess): Promise<void> {
  const tieOut = await readTieOut(access);
  expect(tieOut.named.filter((row) => !EXPLAINED.has(row.kind))).toEqual([]);
  expect(tieOut.discrepancies).toBe(0);
  for (const line of tieOut.byType) {
    const { source, ledger, excluded, exceptions, discrepancies } = line;
    expect(source.count).toBe(ledger.count + excluded.count + exceptions.count + discrepancies.count);
  }
}

const EXPLAINED: ReadonlySet<string> = new Set(["excluded", "dismissed", "exception", "rounding"]);

export interface OpenException {
  /** Number of the record, or its name where it has none. */
  readonly name: string;
  readonly cause: string;
  readonly message: string;
  readonly remedy: string;
  readonly vendorMessage: string | null;
}

/** Every open exception, in the words that its owner reads. */
export async function listOpen(access: WorkspaceAccess): Promise<OpenException[]> {
  return (await listOpenRows(access)).map(({ number, label, cause, message, remedy, vendorMessage }) => ({
    name: number || label,
    cause,
    message,
    remedy,
    vendorMessage,
  }));
}

/** Every open exception, page after page. */
export async function listOpenRows(access: WorkspaceAccess): Promise<ExceptionRow[]> {
  const { listExceptionRows } = await import("@/lib/operations/exceptions/list-exception-rows");
  const all: ExceptionRow[] = [];
  for (let after: string | undefined, isMore = true; isMore; ) {
    const { rows, next } = await listExceptionRows(access, { after });
    all.push(...rows);
    after = next ?? undefined;
    isMore = next !== null;
  }
  return all;
}

/** Waits for something that will be so in a moment, and goes on at once when it is. */
export async function waitUntil(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, POLL_MS));
}

const POLL_MS = 20;
