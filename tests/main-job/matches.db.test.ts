import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RecordType } from "@/lib/domain/record-type";
import type { MatchRow, MatchStatus, MatchUploadView } from "@/lib/domain/views/match-row";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { SPECIAL_NUMBERS } from "@/sandbox/seed/demo-special-documents";
import { type ProductWorld, startProductWorld } from "../setup/product-world";
import { openCompany } from "./company";
import { editWorkbook, readBytes } from "./edit-workbook";
import { readSheet } from "./read-sheet";

/**
 * The review of what is one on both sides, before anything is posted: looked at, confirmed one by one, answered in Excel and
 * uploaded again. Each test goes on where the one before it ended.
 */
let world: ProductWorld;
let access: WorkspaceAccess;
let runId: string;

beforeAll(async () => {
  world = await startProductWorld();
  access = await openCompany(world);
  runId = await look();
});

afterAll(() => world.stop());

async function look(): Promise<string> {
  const { startPreview } = await import("@/lib/operations/runs/start-preview");
  const started = await startPreview(access);
  if (!started.ok) throw new Error(started.error.message);
  await world.owner.followRun(access, started.value.runId, (run) => run.state === "previewed");
  return started.value.runId;
}

async function rowsOf(recordType: RecordType, status: MatchStatus | null = null): Promise<MatchRow[]> {
  const { listMatchRows } = await import("@/lib/operations/matches/review-matches");
  const rows: MatchRow[] = [];
  for (let after: string | null = null, isMore = true; isMore; ) {
    const page = await listMatchRows(access, { recordType, status, after });
    rows.push(...page.rows);
    after = page.next;
    isMore = after !== null;
  }
  return rows;
}

const invoice = async (number: string): Promise<MatchRow | undefined> =>
  (await rowsOf("invoice")).find(({ source }) => source?.number === number);

const review = async () => {
  const { getMatchReview } = await import("@/lib/operations/matches/review-matches");
  return getMatchReview(access, { recordType: "invoice" });
};

async function upload(bytes: Uint8Array, digest: string | null = null): Promise<MatchUploadView> {
  const { uploadMatches } = await import("@/lib/operations/matches/upload-matches");
  return uploadMatches(access, { bytes, digest });
}

async function download(): Promise<Uint8Array> {
  const { exportMatches } = await import("@/lib/operations/matches/export-matches");
  return readBytes(await exportMatches(access));
}

const writes = () => world.sandbox.callLog.totals(0)?.xero?.writes;
const [FIRST = "", SECOND = "", THIRD = ""] = SPECIAL_NUMBERS.typedByHand;
const ANSWER = 13;
const LEDGER_ID = 14;

describe("the review", () => {
  it("shows every invoice of both sides once, and its counts agree with its rows", async () => {
    const rows = await rowsOf("invoice");
    const counts = (await review())?.counts;
    for (const status of ["matched", "new", "mapped", "leftOut", "ledgerOnly"] as const) {
      expect(rows.filter((row) => row.status === status)).toHaveLength(counts?.[status] ?? -1);
      expect(await rowsOf("invoice", status)).toHaveLength(counts?.[status] ?? -1);
    }
    const inDoubt = rows.filter((row) => row.status === "needsYou").map(({ source }) => source?.externalId);
    expect(new Set(inDoubt).size).toBe(counts?.needsYou);
    const sourceIds = rows.flatMap(({ status, source }) =>
      source && status !== "needsYou" ? [source.externalId] : [],
    );
    expect(new Set(sourceIds).size).toBe(sourceIds.length);
  });

  it("says why two are one, with the amounts and days of both sides", async () => {
    const matched = await rowsOf("invoice", "matched");
    expect(matched.map(({ source }) => source?.number).sort()).toEqual([FIRST, SECOND, THIRD]);
    for (const { source, ledger, evidence } of matched) {
      expect(evidence).toContain("same number");
      expect(ledger?.amount).toEqual(source?.amount);
      expect(ledger?.date).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    }
    expect((await invoice(SPECIAL_NUMBERS.typedOtherwise))?.status).toBe("needsYou");
    expect((await invoice(SPECIAL_NUMBERS.typedOtherwise))?.evidence).toMatch(/^Different there: /);
  });

  it("makes mapped of one that is confirmed, writes nothing, and does it once", async () => {
    const { confirmMatches } = await import("@/lib/operations/matches/confirm-matches");
    const row = await invoice(FIRST);
    const record = { recordType: "invoice" as const, sourceExternalId: row?.source?.externalId ?? "" };
    expect(await confirmMatches(access, { runId, record })).toEqual({ ok: true, value: { mapped: 1 } });
    expect(await confirmMatches(access, { runId, record })).toEqual({ ok: true, value: { mapped: 0 } });
    expect((await invoice(FIRST))?.status).toBe("mapped");
    expect((await invoice(SECOND))?.status).toBe("matched");
    expect(writes()).toBe(0);
  });
});

describe("the workbook", () => {
  it("says nothing new when it comes back as it went out", async () => {
    expect(await upload(await editWorkbook(await download(), () => undefined))).toMatchObject({
      kind: "changes",
      changeCount: 0,
    });
  });

  it("shows each changed row, old and new, and counts only under the name of what was shown", async () => {
    const [alone] = await rowsOf("invoice", "ledgerOnly");
    const [fresh] = await rowsOf("invoice", "new");
    const changed = await editWorkbook(await download(), (cells) => {
      if (cells[0] !== "invoice") return;
      if (cells[1] === SECOND) cells[ANSWER] = "another";
      if (cells[1] === fresh?.source?.number) cells[LEDGER_ID] = alone?.ledger?.externalId ?? "";
    });
    const shown = await upload(changed);
    if (shown.kind !== "changes") throw new Error(JSON.stringify(shown));
    expect(shown.changes.map(({ name, before, after }) => [name.split(" ")[0], before, after])).toEqual(
      expect.arrayContaining([
        [SECOND, expect.stringMatching(/^nothing said of /), expect.stringMatching(/^Another than invoice /)],
        [
          fresh?.source?.number,
          expect.stringMatching(/^nothing said of /),
          expect.stringMatching(/^Same as invoice /),
        ],
      ]),
    );
    expect(shown.changeCount).toBe(2);
    expect((await invoice(SECOND))?.status).toBe("matched");
    expect(await upload(changed, "x".repeat(43))).toMatchObject({ kind: "changes", changeCount: 2 });
    expect((await invoice(SECOND))?.status).toBe("matched");
    expect(await upload(changed, shown.digest)).toEqual({ kind: "taken", taken: 2, outdated: true });
    expect(await upload(changed, shown.digest)).toMatchObject({ kind: "changes", changeCount: 0 });
    expect((await invoice(SECOND))?.status).toBe("new");
    expect((await invoice(fresh?.source?.number ?? ""))?.said).toEqual({
      verdict: "same",
      by: access.userName,
    });
  });

  it("makes a preview give way that planned otherwise, and the next look goes by the words", async () => {
    const { confirmMatches } = await import("@/lib/operations/matches/confirm-matches");
    const { startPosting } = await import("@/lib/operations/runs/start-posting");
    expect((await review())?.phase).toBe("outdated");
    expect(await confirmMatches(access, { runId, record: null })).toMatchObject({ ok: false });
    expect(await startPosting(access, runId)).toMatchObject({ ok: false });
    runId = await look();
    expect((await review())?.phase).toBe("open");
    expect((await invoice(SECOND))?.status).not.toBe("matched");
    const said = (await rowsOf("invoice", "matched")).find(({ evidence }) => evidence.includes("said"));
    expect(said?.ledger?.externalId).toBeTruthy();
  });

  it("is refused with sheet, row, column and remedy, and nothing of it is taken", async () => {
    const bytes = await download();
    const wrong = await editWorkbook(bytes, (cells) => {
      if (cells[1] === THIRD) cells[ANSWER] = "yes please";
    });
    expect(await upload(wrong)).toMatchObject({
      kind: "refused",
      faultCount: 1,
      faults: [{ sheet: "Matches", column: "N", remedy: "Write Same, Another, or nothing." }],
    });
    const [alone] = await rowsOf("invoice", "ledgerOnly");
    const fresh = (await rowsOf("invoice", "new")).slice(0, 2).map(({ source }) => source?.number);
    const twice = await editWorkbook(bytes, (cells) => {
      if (cells[0] === "invoice" && fresh.includes(cells[1]))
        cells[LEDGER_ID] = alone?.ledger?.externalId ?? "";
    });
    const refusal = await upload(twice);
    if (refusal.kind !== "refused") throw new Error(JSON.stringify(refusal));
    expect(refusal.faults.map(({ column }) => column)).toEqual(["O", "O"]);
    expect(refusal.faults.every(({ row, message }) => row !== null && message.includes("Two records"))).toBe(
      true,
    );
    const mapped = await editWorkbook(bytes, (cells) => {
      if (cells[0] === "invoice" && cells[1] === FIRST) cells[ANSWER] = "Another";
    });
    expect(await upload(mapped)).toMatchObject({ kind: "refused", faultCount: 1 });
  });

  it("is refused where it is too long a file", async () => {
    expect(await upload(new Uint8Array(5_000_001))).toMatchObject({
      kind: "refused",
      faults: [{ message: "The file is larger than 5 MB." }],
    });
  });
});

describe("Confirm mappings", () => {
  it("makes mapped of all that is matched, of every kind, and writes nothing", async () => {
    const { confirmMatches } = await import("@/lib/operations/matches/confirm-matches");
    const matched = (await review())?.matched ?? 0;
    expect(matched).toBeGreaterThan(2);
    expect(await confirmMatches(access, { runId, record: null })).toEqual({
      ok: true,
      value: { mapped: matched },
    });
    expect((await review())?.matched).toBe(0);
    expect(await rowsOf("invoice", "matched")).toEqual([]);
    expect(writes()).toBe(0);
  });

  it("holds when it is posted: what was confirmed is posted by no run", async () => {
    const { startPosting } = await import("@/lib/operations/runs/start-posting");
    expect(await startPosting(access, runId)).toMatchObject({ ok: true });
    const run = await world.owner.followRun(access, runId, (one) => one.state === "finished");
    expect(run.state).toBe("finished");
    const row = await invoice(FIRST);
    expect([row?.status, row?.evidence.includes("same number")]).toEqual(["mapped", true]);
  });
});

describe("what is kept of it", () => {
  it("leaves the whole log of the run as Excel", async () => {
    const { exportRunLog } = await import("@/lib/operations/runs/export-run-log");
    const { getRun } = await import("@/lib/operations/runs/get-run");
    const run = await getRun(access, runId);
    const count = (part: "posted" | "linked") => run?.passes.reduce((sum, pass) => sum + pass[part], 0) ?? -1;
    const [titles, ...rows] = await readSheet(await exportRunLog(access, runId));
    expect(titles?.slice(0, 3)).toEqual(["When (UTC)", "What happened", "Kind of record"]);
    const happened = (what: string) => rows.filter((cells) => cells[1] === what);
    expect(happened("Posted").length + happened("Updated").length).toBe(count("posted"));
    expect(happened("Already there")).toHaveLength(count("linked"));
    expect(happened("Kept back").every((cells) => (cells[8] ?? "").length > 20)).toBe(true);
    expect(happened("Kept back").length).toBeGreaterThan(5);
    expect(await exportRunLog(access, "none")).toBeNull();
  });

  it("leaves the tie-out as a PDF", async () => {
    const { exportTieOutPdf } = await import("@/lib/operations/reconciliation/export-tie-out-pdf");
    const file = await exportTieOutPdf(access);
    expect(file?.fileName).toMatch(/^tie-out-\d{4}-\d{2}-\d{2}\.pdf$/);
    expect(
      Buffer.from(file?.bytes ?? [])
        .subarray(0, 5)
        .toString(),
    ).toBe("%PDF-");
  });

  it("is found by the beginning of a number, in any case, and by no wildcard", async () => {
    const { findRecords } = await import("@/lib/operations/records/find-records");
    const found = await findRecords(access, ` ${FIRST.toLowerCase()} `);
    expect(found.map(({ recordType, number }) => [recordType, number])).toEqual([["invoice", FIRST]]);
    expect(await findRecords(access, "INV")).toHaveLength(8);
    for (const text of ["%%", "__", "I", ""]) expect(await findRecords(access, text)).toEqual([]);
  });
});
