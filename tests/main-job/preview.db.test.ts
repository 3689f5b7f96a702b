import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { PreviewRow } from "@/lib/domain/views/run-view";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import type { PreviewRowsFilter } from "@/lib/operations/runs/list-preview-rows";
import { type ProductWorld, startProductWorld } from "../setup/product-world";
import { openCompany } from "./company";

/** The whole of a run before anything is posted: every record, found and put in order on the server, field by field. */
let world: ProductWorld;
let access: WorkspaceAccess;
let runId: string;

beforeAll(async () => {
  world = await startProductWorld();
  access = await openCompany(world);
  runId = await preview();
});
afterAll(() => world.stop());

async function preview(): Promise<string> {
  const { startPreview } = await import("@/lib/operations/runs/start-preview");
  const started = await startPreview(access);
  if (!started.ok) throw new Error(started.error.message);
  await world.owner.followRun(access, started.value.runId, (run) => run.state === "previewed");
  return started.value.runId;
}

/** Every page of a list, one after the other. */
async function listAll(filter: PreviewRowsFilter): Promise<PreviewRow[]> {
  const { listPreviewRows } = await import("@/lib/operations/runs/list-preview-rows");
  const rows: PreviewRow[] = [];
  for (let after: string | undefined; ; ) {
    const page = await listPreviewRows(access, runId, { ...filter, after });
    rows.push(...page.rows);
    if (page.next === null) return rows;
    after = page.next;
  }
}

const keyOf = (row: PreviewRow): string => `${row.recordType} ${row.sourceExternalId}`;
const keysOf = (rows: readonly PreviewRow[]): string[] => rows.map(keyOf).sort();

describe("the records of a preview", () => {
  it("are the same ones in whatever order they are asked for, page by page, none twice", async () => {
    const { getPreview } = await import("@/lib/operations/runs/get-preview");
    const planned = await listAll({});
    const counted =
      (await getPreview(access, runId))?.byType.flatMap((type) => Object.values(type.counts)) ?? [];
    expect(planned).toHaveLength(counted.reduce((sum, count) => sum + count, 0));
    expect(new Set(planned.map(keyOf)).size).toBe(planned.length);
    for (const sort of ["number", "label", "amount"] as const)
      expect(keysOf(await listAll({ sort }))).toEqual(keysOf(planned));
    const sterling = (await listAll({ sort: "amount", recordType: "invoice" })).filter(
      (row) => row.amount?.currency === "GBP",
    );
    const amounts = sterling.map((row) => Number(row.amount?.amount));
    expect(amounts).toEqual([...amounts].sort((first, second) => second - first));
  });

  it("are found by any part of a number or name, and what looks like a pattern is taken as it stands", async () => {
    const found = await listAll({ search: "lavande" });
    expect(found.length).toBeGreaterThan(1);
    expect(found.every((row) => `${row.number} ${row.label}`.toLowerCase().includes("lavande"))).toBe(true);
    expect((await listAll({ search: "INV-1001" })).map((row) => row.recordType)).toContain("invoice");
    expect(await listAll({ search: "100%_" })).toEqual([]);
    expect(await listAll({ search: "'; DROP TABLE planned_changes; --" })).toEqual([]);
  });

  it("say what will stand in Xero, with accounts and taxes by name", async () => {
    const [row] = await listAll({ recordType: "invoice", verb: "create", search: "INV-1001" });
    const fields = Object.fromEntries(row?.fields.map(({ field, after }) => [field, after]) ?? []);
    expect(fields).toMatchObject({ Number: "INV-1001", Status: "Approved" });
    expect(fields["Line 1"]).toMatch(/200 Sales/);
    expect(row?.fields.every((field) => field.before === null)).toBe(true);
  });

  it("show side by side how a record that is linked compares", async () => {
    const rows = await listAll({ recordType: "invoice", verb: "link" });
    expect(rows.map((row) => row.number).sort()).toEqual(["INV-1111", "INV-1112", "INV-1113"]);
    for (const row of rows) {
      const total = row.fields.find(({ field }) => field === "Total");
      expect(total?.before).toBe(total?.after);
      expect(row.fields.some(({ field }) => field.startsWith("Line "))).toBe(false);
    }
  });
});

describe("a preview of another set-up", () => {
  it("cannot be started any more", async () => {
    const { startPosting } = await import("@/lib/operations/runs/start-posting");
    const { getPreview } = await import("@/lib/operations/runs/get-preview");
    await world.owner.confirmSuggestions(access, "draft");
    const says = "The set-up was changed after this preview was made. Make a new one.";
    expect(await startPosting(access, runId)).toEqual({ ok: false, error: { message: says } });
    expect((await getPreview(access, runId))?.outdated).toBe(says);
  });

  it("that posts drafts books nothing until they are approved in Xero", async () => {
    const { getPreview } = await import("@/lib/operations/runs/get-preview");
    const drafts = await preview();
    const view = await getPreview(access, drafts);
    expect(view?.byType.find((type) => type.recordType === "invoice")?.counts.create).toBeGreaterThan(50);
    expect(view?.journal.lines.filter((line) => line.account.includes("Sales"))).toEqual([]);
    await world.owner.confirmSuggestions(access, "approved");
  });
});

describe("a preview that touches a filed tax period", () => {
  it("warns, with how many documents", async () => {
    const { setPostingRules } = await import("@/lib/operations/approvals/set-posting-rules");
    const { getPreview } = await import("@/lib/operations/runs/get-preview");
    const rules = { perRecord: "", perRun: "", meanwhile: "postTheRest" } as const;
    const wrong = await setPostingRules(access, { ...rules, taxFiledTo: "2026-02-30" });
    expect(wrong.ok ? null : wrong.error.fieldErrors).toEqual({ taxFiledTo: "Choose a date." });
    await setPostingRules(access, { ...rules, taxFiledTo: "2026-08-31" });
    const view = await getPreview(access, await preview());
    expect(view?.filedTax?.to).toBe("2026-08-31");
    expect(view?.filedTax?.documents).toBeGreaterThan(5);
    await setPostingRules(access, { ...rules, taxFiledTo: "" });
    expect((await getPreview(access, await preview()))?.filedTax).toBeNull();
  });
});

describe("a run that a person stops", () => {
  it("ends at once and posts nothing where it was a preview, however often it is pressed", async () => {
    const { cancelRun } = await import("@/lib/operations/runs/cancel-run");
    const { startPosting } = await import("@/lib/operations/runs/start-posting");
    const { getRun } = await import("@/lib/operations/runs/get-run");
    const since = world.sandbox.callLog.seq;
    const stopped = await preview();
    await Promise.all([cancelRun(access, stopped), cancelRun(access, stopped)]);
    expect(await getRun(access, stopped)).toMatchObject({
      isCancelled: true,
      headline: "Stopped. Nothing was posted.",
      failure: "A person stopped it. Nothing was posted.",
    });
    expect((await startPosting(access, stopped)).ok).toBe(false);
    expect(world.sandbox.callLog.totals(since)?.xero?.writes ?? 0).toBe(0);
  });

  it("sends no further batch where it was posting, and the next run posts the rest, each once", async () => {
    const { cancelRun } = await import("@/lib/operations/runs/cancel-run");
    const { startPosting } = await import("@/lib/operations/runs/start-posting");
    const stopping = await preview();
    await startPosting(access, stopping);
    await world.owner.followRun(access, stopping, (run) => run.passes.some((pass) => pass.posted > 0));
    await cancelRun(access, stopping);
    const stopped = await world.owner.followRun(access, stopping, (run) => run.state === "finished");
    const of = (run: typeof stopped, part: "posted" | "toPost") =>
      run.passes.reduce((sum, pass) => sum + pass[part], 0);
    expect(of(stopped, "posted")).toBeLessThan(of(stopped, "toPost"));
    expect(stopped.headline).toMatch(/^Stopped: \d+ of [\d,]+ records were written to /);
    await world.owner.syncOnce(access);
    const { expectAgreement } = await import("./company");
    await expectAgreement(access);
  });
});
