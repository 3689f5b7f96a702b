import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { ExceptionDetailView, ExceptionOutcome } from "@/lib/domain/views/exception-view";
import type { SetupQuestion } from "@/lib/domain/views/setup-view";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import type { Result } from "@/lib/kernel/result";
import { TIDEWATER_TENANT_ID } from "@/sandbox/seed/xero-organisation";
import { xeroRecords } from "@/sandbox/xero/open-books";
import type { TestClient } from "@/sandbox/xero/test-client";
import { type ProductWorld, startProductWorld } from "../setup/product-world";
import { expectAgreement, listOpenRows, openCompany, readTieOut } from "./company";
import { listAll, openLedger } from "./ledger-books";
import { untilSettled } from "./real-time-company";
import { openSource, type SourceBooks } from "./source-books";

/**
 * What a person can do about a record that could not be posted, each deed on its own record of the demo company. Posting
 * is by hand at first, so that every remedy is seen in a preview before it goes.
 */
// Whole runs, on a machine that may be busy with other tests.
vi.setConfig({ testTimeout: 480_000, hookTimeout: 480_000 });

let world: ProductWorld;
let access: WorkspaceAccess;
let colleague: WorkspaceAccess;
let ledger: TestClient;
let source: SourceBooks;

const LEVY = "Local levy";

beforeAll(async () => {
  world = await startProductWorld();
  access = await openCompany(world, {
    prepare: addLevyRate,
    choose: (question: SetupQuestion) => (question.sourceLabel === LEVY ? null : question.suggestedKey),
  });
  colleague = { ...access, userName: "Carl Reed" };
  await world.owner.syncOnce(access);
  const { setSchedule } = await import("@/lib/operations/schedules/set-schedule");
  await setSchedule(access, { mode: "byHand" });
  ledger = await openLedger(world.sandbox.origin);
  source = await openSource(world.sandbox.origin);
});

afterAll(() => world.stop());

function addLevyRate(): void {
  const nowMs = world.sandbox.clock.now().getTime();
  xeroRecords(world.sandbox.context)
    .books(TIDEWATER_TENANT_ID)
    ?.taxRates.put({
      id: world.sandbox.context.newId(),
      createdMs: nowMs,
      updatedMs: nowMs,
      name: "Local levy (3%)",
      taxType: "TAX001",
      reportTaxType: "OUTPUT",
      rate: "3",
      status: "ACTIVE",
      appliesTo: ["REVENUE"],
    });
}

async function exceptionOf(name: string): Promise<ExceptionDetailView> {
  const { getException } = await import("@/lib/operations/exceptions/get-exception");
  const row = (await listOpenRows(access)).find((one) => (one.number || one.label) === name);
  const view = await getException(access, row?.exceptionId ?? "");
  if (!view) throw new Error(`${name} does not wait for anybody`);
  return view;
}

const only = ({ exceptionId }: ExceptionDetailView) => ({ exceptionIds: [exceptionId] });
const openNames = async () => (await listOpenRows(access)).map((row) => row.number || row.label);

/** The preview that a remedy led to, as its rows show it. */
async function previewOf(outcome: Result<ExceptionOutcome, { message: string }>, number: string) {
  if (!outcome.ok) throw new Error(outcome.error.message);
  const runId = outcome.value.previewRunId ?? "";
  await world.owner.followRun(access, runId, (run) => run.state === "previewed");
  const { listPreviewRows } = await import("@/lib/operations/runs/list-preview-rows");
  for (let after: string | undefined, isMore = true; isMore; ) {
    const { rows, next } = await listPreviewRows(access, runId, { after });
    const row = rows.find((one) => one.number === number);
    if (row) return { runId, row };
    after = next ?? undefined;
    isMore = next !== null;
  }
  throw new Error(`${number} is not in the preview`);
}

async function post(runId: string): Promise<void> {
  const { startPosting } = await import("@/lib/operations/runs/start-posting");
  const started = await startPosting(access, runId);
  if (!started.ok) throw new Error(started.error.message);
  await world.owner.followRun(access, runId, (run) => run.state === "finished");
}

async function inXero(number: string) {
  const found = (await listAll(ledger, "Invoices")).filter((one) => one.InvoiceNumber === number);
  return found.map((one) => ({
    date: String(one.DateString).slice(0, 10),
    status: one.Status,
    total: one.Total,
  }));
}

async function audited(action: string): Promise<{ actorUserId: string | null; after: unknown }[]> {
  const { getRuntime } = await import("@/lib/operations/runtime");
  const { database } = await getRuntime();
  return database.withWorkspace(access.workspaceId, (tx) =>
    tx.auditEvent.findMany({ where: { action }, orderBy: { sequence: "asc" } }),
  );
}

describe("what an exception keeps", () => {
  it("is what was sent for the record and what Xero answered, in its own words and without a secret", async () => {
    const { exchange, vendorMessage, attempts } = await exceptionOf("INV-1109");
    expect(attempts).toBe(1);
    expect(vendorMessage).toBe("Invoice # must be unique.");
    expect(exchange?.call).toMatch(/^PUT \/Invoices.* status (?:200|400)$/);
    expect(exchange?.sent).toContain('"InvoiceNumber": "INV-1109"');
    expect(exchange?.answer).toContain("Invoice # must be unique");
    const text = JSON.stringify(exchange);
    for (const secret of ["Bearer", "eyJ", "Idempotency", "authorization"])
      expect(text).not.toContain(secret);
    // Its neighbours in the call are none of its business.
    expect(exchange?.sent).not.toContain("INV-1108");
  });

  it("is nothing of the kind where Xero was not asked", async () => {
    const { exchange, attempts, vendorMessage } = await exceptionOf("INV-0990");
    expect({ exchange, attempts, vendorMessage }).toEqual({
      exchange: null,
      attempts: 0,
      vendorMessage: null,
    });
  });
});

describe("a record in a locked period", () => {
  it("is posted on the first open day, with both dates in the preview, and both sides agree", async () => {
    const { moveToOpenDay } = await import("@/lib/operations/exceptions/move-to-open-day");
    const { runId, row } = await previewOf(
      await moveToOpenDay(access, only(await exceptionOf("INV-0990"))),
      "INV-0990",
    );
    expect(row.verb).toBe("create");
    expect(row.warnings).toContainEqual(
      expect.stringMatching(/posted on 2026-07-01 instead of 2026-06-\d\d, as Olivia Shaw chose, .* tax too/),
    );
    await post(runId);
    expect(await inXero("INV-0990")).toMatchObject([{ date: "2026-07-01", status: "AUTHORISED" }]);
    expect(await openNames()).not.toContain("INV-0990");
    await expectAgreement(access);
    expect(await audited("exceptions.movedToOpenDay")).toMatchObject([
      { actorUserId: access.userId, after: { date: "2026-07-01", count: 1 } },
    ]);
  });
});

describe("a choice that the set-up left open", () => {
  it("is made in place, once for all that wait for it, and holds from then on", async () => {
    const { listExceptions } = await import("@/lib/operations/exceptions/list-exceptions");
    const { chooseValue } = await import("@/lib/operations/exceptions/choose-value");
    const group = (await listExceptions(access)).groups.find((one) => one.cause === "taxNotMapped");
    expect(group?.choice).toMatchObject({ label: `Tax rate in Xero for "${LEVY}"`, suggestedKey: "TAX001" });
    const refused = await chooseValue(access, { group: group?.key ?? "", targetKey: "no such rate" });
    expect(refused).toEqual({ ok: false, error: { message: expect.stringContaining("no longer offered") } });

    const made = await chooseValue(access, { group: group?.key ?? "", targetKey: "TAX001" });
    const { runId, row } = await previewOf(made, "INV-1103");
    expect(row.verb).toBe("create");
    await post(runId);
    expect(await inXero("INV-1103")).toHaveLength(1);
    await expectAgreement(access);
    expect(await chooseValue(access, { group: group?.key ?? "", targetKey: "TAX001" })).toMatchObject({
      ok: false,
    });
  });
});

describe("a record that a person corrects for it alone", () => {
  const number = async (exceptionId: string, value: string) => {
    const { correctRecord } = await import("@/lib/operations/exceptions/correct-record");
    const corrections = [{ field: "number", sourceKey: "", value } as const];
    return correctRecord(access, { exceptionId, corrections, tryAgain: true });
  };

  it("refuses what cannot be, by the field, and changes nothing", async () => {
    const { correctRecord } = await import("@/lib/operations/exceptions/correct-record");
    const { exceptionId, fields } = await exceptionOf("INV-1109");
    const account = fields.find((one) => one.field === "account");
    const outcome = await correctRecord(access, {
      exceptionId,
      corrections: [
        { field: "date", sourceKey: "", value: "31/07/2026" },
        { field: "account", sourceKey: account?.sourceKey ?? "", value: "no such account" },
        { field: "contact", sourceKey: "", value: "nobody" },
      ],
      tryAgain: true,
    });
    expect(outcome.ok ? {} : Object.keys(outcome.error.fieldErrors ?? {})).toEqual([
      "date:",
      `account:${account?.sourceKey}`,
      "contact:",
    ]);
    expect((await exceptionOf("INV-1109")).fields.filter((one) => one.chosen !== "")).toEqual([]);
  });

  it("goes under the number that was chosen, as the preview says, and both sides agree", async () => {
    const { exceptionId } = await exceptionOf("INV-1109");
    const { runId, row } = await previewOf(await number(exceptionId, "INV-1109/B"), "INV-1109/B");
    expect(row.warnings).toContainEqual(
      "It is posted as INV-1109/B instead of INV-1109, as Olivia Shaw chose.",
    );
    await post(runId);
    expect(await inXero("INV-1109/B")).toHaveLength(1);
    await expectAgreement(access);
  });

  it("goes to the account and the contact that were chosen", async () => {
    const { correctRecord } = await import("@/lib/operations/exceptions/correct-record");
    const { searchLedgerContacts } = await import("@/lib/operations/exceptions/search-ledger-contacts");
    const { exceptionId, fields } = await exceptionOf("INV-1107");
    const [contact] = await searchLedgerContacts(access, "castle street");
    const account = fields.find((one) => one.field === "account");
    const other = account?.options?.find((option) => option.label.startsWith("260 "));
    const outcome = await correctRecord(access, {
      exceptionId,
      corrections: [
        { field: "contact", sourceKey: "", value: contact?.key ?? "" },
        { field: "account", sourceKey: account?.sourceKey ?? "", value: other?.key ?? "" },
      ],
      tryAgain: true,
    });
    const { runId, row } = await previewOf(outcome, "INV-1107");
    expect(row.warnings).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/goes to the account 260 .*for this record alone/),
        expect.stringMatching(/goes to the contact Castle Street Cards/),
      ]),
    );
    await post(runId);
    const [posted] = (await listAll(ledger, "Invoices")).filter((one) => one.InvoiceNumber === "INV-1107");
    expect(posted?.Contact.Name).toBe("Castle Street Cards");
    await expectAgreement(access);
  });

  it("keeps the choice only as long as the source says the same there", async () => {
    const { correctRecord } = await import("@/lib/operations/exceptions/correct-record");
    const { exceptionId } = await exceptionOf("INV-1114");
    const corrections = [{ field: "date", sourceKey: "", value: "2026-10-01" } as const];
    await correctRecord(access, { exceptionId, corrections, tryAgain: false });
    expect((await exceptionOf("INV-1114")).fields.find((one) => one.field === "date")?.chosen).toBe(
      "2026-10-01",
    );
    await source.call("PUT", `/invoices/${await source.findId("invoices", "INV-1114")}`, {
      date: "2026-10-03",
    });
    const { startPreview } = await import("@/lib/operations/runs/start-preview");
    const started = await startPreview(access);
    if (!started.ok) throw new Error(started.error.message);
    await world.owner.followRun(
      access,
      started.value.runId,
      (run) => run.state !== "pulling" && run.state !== "planning",
    );
    const date = (await exceptionOf("INV-1114")).fields.find((one) => one.field === "date");
    expect(date).toMatchObject({ sourceText: "2026-10-03", chosen: "" });
    expect(await audited("record.overrideDropped")).toHaveLength(1);
  });
});

describe("a record that a person dismisses", () => {
  const REASON = "Typed into Xero by the accountant";

  it("needs a reason", async () => {
    const { dismissExceptions } = await import("@/lib/operations/exceptions/dismiss-exceptions");
    expect(await dismissExceptions(access, only(await exceptionOf("INV-1114")), "  ")).toMatchObject({
      ok: false,
    });
    expect(await openNames()).toContain("INV-1114");
  });

  it("is dismissed once by two people in the same moment", async () => {
    const { dismissExceptions } = await import("@/lib/operations/exceptions/dismiss-exceptions");
    const filter = only(await exceptionOf("INV-1114"));
    const both = await Promise.all([
      dismissExceptions(access, filter, REASON),
      dismissExceptions(colleague, filter, "no idea"),
    ]);
    expect(both.filter((one) => one.ok)).toHaveLength(1);
    expect(await audited("exceptions.dismissed")).toHaveLength(1);
  });

  it("is brought back by who wants it, and waits with its cause as before", async () => {
    const { bringBackExceptions } = await import("@/lib/operations/exceptions/bring-back-exceptions");
    const { listExceptionRows } = await import("@/lib/operations/exceptions/list-exception-rows");
    const [row] = (await listExceptionRows(access, { state: "dismissed" })).rows;
    expect(row?.number).toBe("INV-1114");
    const filter = { exceptionIds: [row?.exceptionId ?? ""] };
    expect(await bringBackExceptions(colleague, filter)).toMatchObject({ ok: true });
    expect(await bringBackExceptions(colleague, filter)).toMatchObject({ ok: false });
    expect((await exceptionOf("INV-1114")).cause).toBe("numberTaken");
  });

  it("stays out through runs and a new set-up, and the tie-out accounts for it with reason and name", async () => {
    const { dismissExceptions } = await import("@/lib/operations/exceptions/dismiss-exceptions");
    await dismissExceptions(access, only(await exceptionOf("INV-1114")), REASON);
    await world.owner.confirmSuggestions(access, "approved", (one) => one.chosenKey ?? one.suggestedKey);
    await source.call("PUT", `/invoices/${await source.findId("invoices", "INV-1101")}`, {
      reference_number: "something to post",
    });
    await world.owner.syncOnce(access);
    expect(await openNames()).not.toContain("INV-1114");
    await tieOut();
    const named = (await readTieOut(access)).named.filter((row) => row.number === "INV-1114");
    expect(named).toMatchObject([{ kind: "dismissed", sentence: `Left out by Olivia Shaw: ${REASON}` }]);
    await expectAgreement(access);
  });

  it("is not posted by a preview that was made before, and the run says nothing else", async () => {
    const { dismissExceptions } = await import("@/lib/operations/exceptions/dismiss-exceptions");
    const { moveToOpenDay } = await import("@/lib/operations/exceptions/move-to-open-day");
    await addInvoice("INV-LATE", "2026-06-15");
    await world.owner.syncOnce(access);
    const late = await exceptionOf("INV-LATE");
    const { runId, row } = await previewOf(await moveToOpenDay(access, only(late)), "INV-LATE");
    expect(row.verb).toBe("create");
    await dismissExceptions(access, only(late), "It was cancelled on the telephone");
    await post(runId);
    expect(await inXero("INV-LATE")).toEqual([]);
    await expectAgreement(access);
  });

  it("comes back when it changes in the source", async () => {
    await source.call("PUT", `/invoices/${await source.findId("invoices", "INV-1114")}`, { adjustment: 3 });
    await world.owner.syncOnce(access);
    const back = await exceptionOf("INV-1114");
    expect(back).toMatchObject({ state: "open", dismissal: null, cause: "numberTaken" });
  });

  it("is left as it is in Xero where it is posted, and asking again is no remedy for it", async () => {
    const { retryExceptions } = await import("@/lib/operations/exceptions/retry-exceptions");
    const { dismissExceptions } = await import("@/lib/operations/exceptions/dismiss-exceptions");
    const before = await inXero("INV-1106");
    // A change that moves no amount, name or date: nobody can see in Xero's list whether it was made there too.
    await source.call("PUT", `/invoices/${await source.findId("invoices", "INV-1106")}`, {
      reference_number: "PO 99",
    });
    await world.owner.syncOnce(access);
    const changed = await exceptionOf("INV-1106");
    expect(changed).toMatchObject({ cause: "changedAfterPosting", fields: [] });
    const retried = await retryExceptions(access, only(changed));
    if (!retried.ok) throw new Error(retried.error.message);
    const { previewRunId } = retried.value;
    await world.owner.followRun(
      access,
      previewRunId ?? "",
      (run) => run.state === "previewed" || run.state === "finished",
    );
    expect((await exceptionOf("INV-1106")).cause).toBe("changedAfterPosting");
    await dismissExceptions(access, only(changed), "The order number does not matter");
    await world.owner.syncOnce(access);
    expect(await openNames()).not.toContain("INV-1106");
    expect(await inXero("INV-1106")).toEqual(before);
    await expectAgreement(access);
  });
});

async function tieOut(): Promise<void> {
  const { listRuns } = await import("@/lib/operations/runs/list-runs");
  const { runTieOut } = await import("@/lib/operations/reconciliation/run-tie-out");
  const [run] = await listRuns(access);
  await runTieOut({ workspaceId: access.workspaceId, runId: run?.runId ?? "" });
}

describe("a press that comes twice", () => {
  it("makes one run", async () => {
    const { retryExceptions } = await import("@/lib/operations/exceptions/retry-exceptions");
    const [first, second] = await Promise.all([retryExceptions(access), retryExceptions(colleague)]);
    expect(first.ok && second.ok && first.value.previewRunId === second.value.previewRunId).toBe(true);
    await world.waitUntilIdle();
  });
});

describe("what Xero does not answer", () => {
  it("is sent four times, less and less often, and is an exception then; its remedy goes by itself in a live pair", async () => {
    const { setSchedule } = await import("@/lib/operations/schedules/set-schedule");
    const { retryExceptions } = await import("@/lib/operations/exceptions/retry-exceptions");
    await source.call("PUT", `/invoices/${await source.findId("invoices", "INV-1109")}`, { adjustment: 1 });
    await addInvoice("INV-POISON", "2026-11-10");
    world.sandbox.faults.order({
      service: "xero",
      method: "PUT",
      operation: "/Invoices",
      times: 1_000,
      effect: { type: "status", status: 500, body: "<html>Oops</html>" },
    });
    await world.owner.syncOnce(access);
    const dead = await exceptionOf("INV-POISON");
    expect(dead).toMatchObject({
      cause: "unanswered",
      attempts: 4,
      vendorMessage: "Xero answered with status 500.",
    });
    expect(dead.exchange).toMatchObject({
      call: expect.stringContaining("status 500"),
      answer: "<html>Oops</html>",
    });
    const writes = world.sandbox.callLog.totals()?.xero?.writes;
    await world.owner.syncOnce(access);
    // What nobody remedied is not sent again by itself.
    expect(world.sandbox.callLog.totals()?.xero?.writes).toBe(writes);

    world.sandbox.faults.clear();
    await setSchedule(access, { mode: "realTime" });
    const retried = await retryExceptions(access, only(dead));
    expect(retried).toMatchObject({ ok: true, value: { previewRunId: null } });
    await untilSettled(world, access);
    expect(await inXero("INV-POISON")).toHaveLength(1);
    expect(await openNames()).not.toContain("INV-POISON");
    await expectAgreement(access);
  });
});

async function addInvoice(number: string, date: string): Promise<void> {
  const model = await source.call("GET", `/invoices/${await source.findId("invoices", "INV-1108")}`);
  const [line] = (model.invoice as { line_items: Record<string, unknown>[] }).line_items;
  await source.call("POST", "/invoices?ignore_auto_number_generation=true", {
    customer_id: await source.findId("contacts", "Castle Street Cards"),
    invoice_number: number,
    date,
    line_items: [{ item_id: line?.item_id, tax_id: line?.tax_id, rate: 25, quantity: 1 }],
  });
  await source.call("POST", `/invoices/${await source.findId("invoices", number)}/status/sent`);
}

describe("a group of five thousand", () => {
  const MANY = 5_000;

  it("is one line of the list, is paged to its end, searched, and dismissed and brought back by one press", async () => {
    const { listExceptions } = await import("@/lib/operations/exceptions/list-exceptions");
    const { listExceptionRows } = await import("@/lib/operations/exceptions/list-exception-rows");
    const { dismissExceptions } = await import("@/lib/operations/exceptions/dismiss-exceptions");
    const { bringBackExceptions } = await import("@/lib/operations/exceptions/bring-back-exceptions");
    await plantMany();
    const group = (await listExceptions(access)).groups[0];
    expect(group).toMatchObject({ cause: "currencyNotEnabled", subject: "ZAR", total: MANY });
    expect(group?.rows).toHaveLength(5);
    const seen = new Set<string>();
    for (let after: string | undefined, isMore = true; isMore; ) {
      const { rows, next, total } = await listExceptionRows(access, { group: group?.key, after });
      expect(total).toBe(MANY);
      for (const row of rows) seen.add(row.number);
      after = next ?? undefined;
      isMore = next !== null;
    }
    expect(seen.size).toBe(MANY);
    const largest = await listExceptionRows(access, {
      group: group?.key,
      sort: { key: "amount", descending: true },
    });
    const amounts = largest.rows.map((row) => Number(row.amount?.amount));
    expect(amounts).toEqual([...amounts].sort((first, second) => second - first));
    const onwards = await listExceptionRows(access, {
      group: group?.key,
      sort: { key: "amount", descending: true },
      after: largest.next ?? undefined,
    });
    const shown = new Set(largest.rows.map((row) => row.exceptionId));
    expect(onwards.rows.filter((row) => shown.has(row.exceptionId))).toEqual([]);
    // A percent sign is a letter here, not a wild card.
    for (const search of ["%", "100%_Z"])
      expect((await listExceptionRows(access, { group: group?.key, search })).total).toBe(1);
    expect((await listExceptionRows(access, { search: "z-042" })).total).toBe(10);

    const filter = { group: group?.key, search: "z-042" };
    expect(await dismissExceptions(access, filter, "part of it")).toMatchObject({
      value: { message: expect.stringMatching(/^10 records left out/) },
    });
    expect(await dismissExceptions(access, { group: group?.key }, "the rest")).toMatchObject({ ok: true });
    expect((await listExceptions(access, { state: "dismissed" })).groups[0]).toMatchObject({ total: MANY });
    expect(await bringBackExceptions(access, { group: group?.key })).toMatchObject({ ok: true });
    expect((await listExceptionRows(access, { group: group?.key })).total).toBe(MANY);
  });

  async function plantMany(): Promise<void> {
    const { getRuntime } = await import("@/lib/operations/runtime");
    const { groupKeyOf } = await import("@/lib/sync/exceptions");
    const { database } = await getRuntime();
    await database.withWorkspace(access.workspaceId, async (tx) => {
      const { id: pairId } = await tx.pair.findFirstOrThrow();
      const { id: runId } = await tx.syncRun.findFirstOrThrow();
      await tx.$executeRaw`
        INSERT INTO exceptions (id, workspace_id, pair_id, run_id, record_type, source_external_id, source_hash, cause, subject,
                                group_key, message, remedy, number, label, state, updated_at)
        SELECT gen_random_uuid(), ${access.workspaceId}::uuid, ${pairId}::uuid, ${runId}::uuid, 'invoice', 'planted-' || n, 'h.1',
               'currencyNotEnabled', 'ZAR', ${groupKeyOf("currencyNotEnabled", "ZAR")}, 'It is in ZAR.', 'Add ZAR.',
               CASE n WHEN 0 THEN '100%_Z' ELSE 'Z-' || lpad(n::text, 4, '0') END, 'Cape Gifts', 'open', now()
          FROM generate_series(0, ${MANY - 1}) n`;
    });
  }
});
