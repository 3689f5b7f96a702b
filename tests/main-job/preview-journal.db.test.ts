import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { JournalView } from "@/lib/domain/views/run-view";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { Decimal, decimal } from "@/lib/kernel/decimal";
import type { TestClient } from "@/sandbox/xero/test-client";
import { type ProductWorld, startProductWorld } from "../setup/product-world";
import { openWholeLedger, setGroups } from "./bought-company";
import { readBooks, readTrialBalance } from "./ledger-books";
import { seedRandomCompany } from "./random-company";
import { seedRandomPurchases } from "./random-purchases";

/**
 * Companies that nobody designed, with sales, purchases, bank and journals in three currencies: the journal that the preview shows is, account by account and to
 * the cent, what Xero's own trial balance moves by when it is posted; and an undo moves it back.
 */
const SEEDS = [7, 2026, 98_765];
const BOOKED = [
  "invoice",
  "creditNote",
  "bill",
  "supplierCredit",
  "bankTransaction",
  "manualJournal",
] as const;
const YEAR_END = "2027-03-31";

let world: ProductWorld;
beforeAll(async () => {
  world = await startProductWorld();
});
afterAll(() => world.stop());

interface Company {
  readonly access: WorkspaceAccess;
  readonly ledger: TestClient;
  close(): Promise<void>;
}

async function openRandomCompany(seed: number): Promise<Company> {
  await world.sandbox.reset();
  seedRandomCompany(world.sandbox.context, seed, { invoices: 40, creditNotes: 8 });
  seedRandomPurchases(world.sandbox.context, seed, { bills: 20, credits: 6, expenses: 10, journals: 6 });
  const access = await world.owner.signUp(`olivia-${seed}@random.test`);
  await world.owner.connect(access, "xero", "global");
  await world.owner.connect(access, "zoho-books", "eu");
  await setGroups(access, ["purchases", "bank", "journals"], "previewOnly");
  await world.owner.confirmSuggestions(access);
  return {
    access,
    ledger: await openWholeLedger(world.sandbox.origin),
    async close() {
      const { listConnections } = await import("@/lib/operations/connections/list-connections");
      const { disconnect } = await import("@/lib/operations/connections/disconnect");
      for (const { connectionId } of await listConnections(access)) await disconnect(access, connectionId);
    },
  };
}

/** Debits less credits of every account that the journal moves, by the name that the trial balance gives it. */
function movesOf(journal: JournalView): Record<string, string> {
  const moves = new Map<string, Decimal>();
  for (const { account, baseDebit, baseCredit } of journal.lines) {
    const [, code, name] = /^(\S+) (.*)$/.exec(account) ?? [];
    const shown = `${name} (${code})`;
    const net = decimal(baseDebit?.amount ?? "0").minus(decimal(baseCredit?.amount ?? "0"));
    moves.set(shown, (moves.get(shown) ?? new Decimal(0)).plus(net));
  }
  return listed(moves);
}

/** How the trial balance moved from one look to the next. */
function movesBetween(before: readonly string[], after: readonly string[]): Record<string, string> {
  const moves = new Map<string, Decimal>();
  const add = (rows: readonly string[], sign: 1 | -1): void => {
    for (const row of rows) {
      const [account = "", , , debit = "", credit = ""] = row.split(" | ");
      const net = decimal(debit || "0").minus(decimal(credit || "0"));
      moves.set(account, (moves.get(account) ?? new Decimal(0)).plus(net.times(sign)));
    }
  };
  add(after, 1);
  add(before, -1);
  return listed(moves);
}

const listed = (moves: ReadonlyMap<string, Decimal>): Record<string, string> =>
  Object.fromEntries(
    [...moves]
      .filter(([, net]) => !net.isZero())
      .map(([account, net]) => [account, net.toFixed(2)] as const)
      .sort(([first], [second]) => (first < second ? -1 : 1)),
  );

describe.each(SEEDS)("a company of chance, number %i", (seed) => {
  it("books in Xero what its preview says, to the cent, and an undo takes exactly that off again", async () => {
    const { startPreview } = await import("@/lib/operations/runs/start-preview");
    const { startPosting } = await import("@/lib/operations/runs/start-posting");
    const { startUndo } = await import("@/lib/operations/runs/start-undo");
    const { getPreview } = await import("@/lib/operations/runs/get-preview");
    const company = await openRandomCompany(seed);
    const { access, ledger } = company;
    const before = await readTrialBalance(ledger, YEAR_END);

    const started = await startPreview(access);
    if (!started.ok) throw new Error(started.error.message);
    const { runId } = started.value;
    await world.owner.followRun(access, runId, (run) => run.state === "previewed");
    const preview = await getPreview(access, runId);
    expect(preview?.byType.map((type) => type.counts.block)).toEqual(preview?.byType.map(() => 0));
    const created = preview?.byType.filter((type) => type.counts.create > 0).map((type) => type.recordType);
    expect(created).toEqual(expect.arrayContaining([...BOOKED]));
    expect(preview?.journal.unknown).toBe(0);
    expect(preview?.journal.debit).toEqual(preview?.journal.credit);

    const posting = await startPosting(access, runId);
    if (!posting.ok) throw new Error(posting.error.message);
    const run = await world.owner.followRun(access, runId, (one) => one.state === "finished");
    expect(run.passes.map((pass) => pass.failed)).toEqual(run.passes.map(() => 0));
    const after = await readTrialBalance(ledger, YEAR_END);
    const moved = movesBetween(before, after);
    expect(Object.keys(moved).length).toBeGreaterThan(4);
    expect(preview && movesOf(preview.journal)).toEqual(moved);

    const undo = await startUndo(access, runId);
    if (!undo.ok) throw new Error(undo.error.message);
    const undoing = undo.value.runId;
    await world.owner.followRun(access, undoing, (one) => one.state === "previewed");
    const reversal = await getPreview(access, undoing);
    await startPosting(access, undoing);
    await world.owner.followRun(access, undoing, (one) => one.state === "finished");
    const undone = await readTrialBalance(ledger, YEAR_END);
    expect(undone).toEqual(before);
    expect(reversal && movesOf(reversal.journal)).toEqual(movesBetween(after, undone));
    const standing = (await readBooks(ledger)).invoices.filter((line) => !line.endsWith("VOIDED"));
    expect(standing).toEqual([]);
    await company.close();
  }, 240_000);
});
