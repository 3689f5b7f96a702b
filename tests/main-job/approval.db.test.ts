import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ApprovalsView, PostingRules } from "@/lib/domain/views/approval-view";
import type { RunView } from "@/lib/domain/views/run-view";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import type { TestClient } from "@/sandbox/xero/test-client";
import { type ProductWorld, startProductWorld } from "../setup/product-world";
import { addColleague } from "./colleagues";
import { listOpen, openCompany } from "./company";
import { listAll, openLedger } from "./ledger-books";
import { openSource, type SourceBooks } from "./source-books";

/**
 * Above an amount a second person has to agree, and nothing gets round it: no press, no schedule, no call of an operation.
 * The first one of the firm confirmed the set-up; the second one has had no hand in it.
 */
let world: ProductWorld;
let mapper: WorkspaceAccess;
let second: WorkspaceAccess;
let ledger: TestClient;
let source: SourceBooks;

const LIMIT = 700;
const RULES: PostingRules = {
  perRecord: String(LIMIT),
  perRun: "",
  meanwhile: "postTheRest",
  taxFiledTo: "",
};

beforeAll(async () => {
  world = await startProductWorld();
  mapper = await openCompany(world);
  ledger = await openLedger(world.sandbox.origin);
  source = await openSource(world.sandbox.origin);
});
afterAll(() => world.stop());

async function setRules(access: WorkspaceAccess, rules: PostingRules) {
  const { setPostingRules } = await import("@/lib/operations/approvals/set-posting-rules");
  return setPostingRules(access, rules);
}

async function approvals(access: WorkspaceAccess): Promise<ApprovalsView> {
  const { listApprovals } = await import("@/lib/operations/approvals/list-approvals");
  const view = await listApprovals(access);
  if (!view) throw new Error("there is a pair");
  return view;
}

async function decide(
  access: WorkspaceAccess,
  approvalId: string,
  decision: "approved" | "declined",
  note = "",
) {
  const { decideApproval } = await import("@/lib/operations/approvals/decide-approval");
  return decideApproval(access, { approvalId, decision, note });
}

async function preview(access: WorkspaceAccess): Promise<string> {
  const { startPreview } = await import("@/lib/operations/runs/start-preview");
  const started = await startPreview(access);
  if (!started.ok) throw new Error(started.error.message);
  await world.owner.followRun(access, started.value.runId, (run) => run.state === "previewed");
  return started.value.runId;
}

async function post(access: WorkspaceAccess, runId: string) {
  const { startPosting } = await import("@/lib/operations/runs/start-posting");
  return startPosting(access, runId);
}

async function sync(access: WorkspaceAccess): Promise<RunView> {
  return world.owner.syncOnce(access);
}

/** Numbers of the sales invoices that are in Xero, and bear our mark. */
async function posted(): Promise<Set<string>> {
  const invoices = await listAll(ledger, "Invoices");
  return new Set(
    invoices
      .filter((one) => one.Type === "ACCREC" && one.Url && one.Status !== "VOIDED")
      .map((one) => one.InvoiceNumber),
  );
}

const writes = (since: number) => world.sandbox.callLog.totals(since)?.xero?.writes ?? 0;

describe("records above the limit", () => {
  it("wait while the rest is posted", async () => {
    expect(await setRules(mapper, RULES)).toEqual({ ok: true, value: null });
    await sync(mapper);
    const { waiting } = await approvals(mapper);
    expect(waiting.length).toBeGreaterThan(3);
    const there = await posted();
    expect(there.size).toBeGreaterThan(10);
    for (const row of waiting) {
      expect(Number((row.base ?? row.amount)?.amount)).toBeGreaterThan(LIMIT);
      expect(there.has(row.number)).toBe(false);
    }
    const held = (await listOpen(mapper)).filter((one) => one.cause === "needsApproval");
    // A payment above the limit waits for its invoice first.
    const invoices = waiting.filter((row) => row.recordType === "invoice");
    expect(held.map((one) => one.name).sort()).toEqual(invoices.map((one) => one.number).sort());
  });

  it("are not for the person who confirmed the set-up, who is told whom to ask or invite", async () => {
    const [row] = (await approvals(mapper)).waiting;
    const alone = await decide(mapper, row?.approvalId ?? "", "approved");
    const says =
      "You confirmed the set-up, so another person has to decide. You are the only person in this workspace: invite somebody who may approve.";
    expect(alone).toEqual({ ok: false, error: { message: says } });
    expect(row?.refusal).toBe(says);
    second = await addColleague(mapper, "Anna Reid", "bookkeeper");
    const asked = await decide(mapper, row?.approvalId ?? "", "approved");
    expect(asked).toEqual({
      ok: false,
      error: { message: "You confirmed the set-up, so another person has to decide. Ask Anna Reid." },
    });
    const reader = await addColleague(mapper, "Rob Lane", "readOnly");
    expect((await decide(reader, row?.approvalId ?? "", "approved")).ok).toBe(false);
  });

  it("stay out whatever is called to post them", async () => {
    const { postRecordType } = await import("@/lib/operations/runs/post-run");
    const { takeNotices } = await import("@/lib/operations/notices/take-notices");
    const { startDueRuns } = await import("@/lib/operations/schedules/start-due-runs");
    const { getRuntime } = await import("@/lib/operations/runtime");
    const { database } = await getRuntime();
    const before = await posted();
    const since = world.sandbox.callLog.seq;
    const runId = await preview(mapper);
    expect((await post(mapper, runId)).ok).toBe(true);
    await world.owner.followRun(mapper, runId, (run) => run.state === "finished");
    const ref = { workspaceId: mapper.workspaceId, runId };
    for (const type of ["invoice", "payment", "creditNote"] as const)
      await postRecordType(ref, type).catch(() => null);
    const pairId = await database.withWorkspace(mapper.workspaceId, async (tx) => {
      const { id } = await tx.pair.findFirstOrThrow();
      await tx.pair.update({ where: { id }, data: { nextRunAt: new Date(0) } });
      return id;
    });
    await takeNotices({ workspaceId: mapper.workspaceId, pairId });
    await startDueRuns();
    await world.waitUntilIdle();
    expect(await posted()).toEqual(before);
    expect(writes(since)).toBe(0);
  });

  it("go once a second person agreed to them, and not where that one said no", async () => {
    const { waiting } = await approvals(second);
    const invoices = waiting.filter((row) => row.recordType === "invoice");
    const [first, other] = invoices;
    const silent = await decide(second, other?.approvalId ?? "", "declined");
    expect(silent).toEqual({
      ok: false,
      error: { message: "Say in a few words why, so that it can be corrected." },
    });
    const pressed = await Promise.all([
      decide(second, first?.approvalId ?? "", "approved", "Checked against the order."),
      decide(second, first?.approvalId ?? "", "approved", "Checked against the order."),
    ]);
    expect(pressed.map((one) => one.ok)).toEqual([true, true]);
    expect((await decide(second, other?.approvalId ?? "", "declined", "Wrong customer")).ok).toBe(true);
    await sync(mapper);
    const there = await posted();
    expect(there.has(first?.number ?? "")).toBe(true);
    expect(there.has(other?.number ?? "")).toBe(false);
    const declined = (await listOpen(mapper)).find((one) => one.name === other?.number);
    expect(declined?.cause).toBe("approvalDeclined");
    expect(declined?.message).toContain("Wrong customer");
    const { getRuntime } = await import("@/lib/operations/runtime");
    const { database } = await getRuntime();
    const events = await database.withWorkspace(mapper.workspaceId, (tx) =>
      tx.auditEvent.findMany({
        where: { action: { startsWith: "approval." } },
        orderBy: { sequence: "asc" },
      }),
    );
    expect(events.map(({ action, actorUserId }) => [action, actorUserId])).toEqual([
      ["approval.approved", second.userId],
      ["approval.declined", second.userId],
    ]);
  });

  it("ask anew when they change after somebody agreed", async () => {
    const [row] = (await approvals(second)).waiting.filter((one) => one.recordType === "invoice");
    expect((await decide(second, row?.approvalId ?? "", "approved")).ok).toBe(true);
    const id = await source.findId("invoices", row?.number ?? "");
    const shown = (await source.call("GET", `/invoices/${id}`)).invoice as {
      line_items: { line_item_id: string; rate: number; quantity: number }[];
    };
    await source.call("PUT", `/invoices/${id}`, {
      line_items: shown.line_items.map((line) => ({ ...line, rate: line.rate + 1 })),
    });
    await sync(mapper);
    expect((await posted()).has(row?.number ?? "")).toBe(false);
    const anew = (await approvals(second)).waiting.find((one) => one.number === row?.number);
    expect(anew?.approvalId).not.toBe(row?.approvalId);
    const late = await decide(second, row?.approvalId ?? "", "approved");
    expect(late).toEqual({
      ok: false,
      error: { message: "It was changed after it was shown to you. Look at the present version." },
    });
  });

  it("wait still when the person who agreed starts the run as well", async () => {
    const [row] = (await approvals(second)).waiting.filter((one) => one.recordType === "invoice");
    expect((await decide(second, row?.approvalId ?? "", "approved")).ok).toBe(true);
    await sync(second);
    expect((await posted()).has(row?.number ?? "")).toBe(false);
    await sync(mapper);
    expect((await posted()).has(row?.number ?? "")).toBe(true);
  });

  it("keep their rules as long as they wait", async () => {
    const loosened = await setRules(mapper, { ...RULES, perRecord: "" });
    expect(loosened).toEqual({
      ok: false,
      error: {
        message:
          "Records wait for approval by these rules. Decide on them first, then the rules can be loosened.",
      },
    });
  });
});

describe("a run that waits for all", () => {
  it("posts nothing before everything in it is decided, by press or by operation", async () => {
    const { postRecordType } = await import("@/lib/operations/runs/post-run");
    expect((await setRules(mapper, { ...RULES, meanwhile: "waitForAll" })).ok).toBe(true);
    const runId = await preview(mapper);
    const since = world.sandbox.callLog.seq;
    const refused = await post(mapper, runId);
    expect(refused.ok ? "" : refused.error.message).toMatch(
      /^\d+ records? waits? for approval, and nothing is posted before\./,
    );
    const ref = { workspaceId: mapper.workspaceId, runId };
    for (const type of ["contact", "invoice", "payment"] as const)
      await postRecordType(ref, type).catch(() => null);
    expect(writes(since)).toBe(0);
    for (const row of (await approvals(second)).waiting)
      expect((await decide(second, row.approvalId, "approved")).ok).toBe(true);
    expect((await post(mapper, runId)).ok).toBe(true);
    await world.owner.followRun(mapper, runId, (run) => run.state === "finished");
    expect(writes(since)).toBeGreaterThan(0);
  });
});

describe("a run above the limit of a whole run", () => {
  it("is posted once a second person agreed to that very plan", async () => {
    const { addInvoice } = await import("./real-time-company");
    expect((await setRules(mapper, { ...RULES, perRecord: "", perRun: "20" })).ok).toBe(true);
    await addInvoice(source, "INV-9001");
    const first = await preview(mapper);
    const refused = await post(mapper, first);
    expect(refused.ok ? "" : refused.error.message).toContain("comes to more than one person may post alone");
    const [asked] = (await approvals(second)).waiting;
    expect(asked).toMatchObject({ recordType: null, refusal: null });
    expect((await decide(second, asked?.approvalId ?? "", "approved")).ok).toBe(true);
    await addInvoice(source, "INV-9002");
    const grown = await preview(mapper);
    expect((await post(mapper, grown)).ok).toBe(false);
    const [anew] = (await approvals(second)).waiting;
    expect((await decide(second, anew?.approvalId ?? "", "approved")).ok).toBe(true);
    expect((await post(mapper, grown)).ok).toBe(true);
    await world.owner.followRun(mapper, grown, (run) => run.state === "finished");
    const there = await posted();
    expect([there.has("INV-9001"), there.has("INV-9002")]).toEqual([true, true]);
  });
});
