import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createFrozenClock } from "@/sandbox/kit/clock";
import { TIDEWATER_TENANT_ID } from "@/sandbox/seed/xero-organisation";
import { type RunningSandbox, startSandbox } from "@/sandbox/server";
import type { Books } from "../books";
import { xeroRecords } from "../open-books";
import { anInvoice, connectXero } from "../test-client";
import { listJournals } from "./journal-listing";
import { LEDGER_SCOPES } from "./test-scopes";

let dir: string;
let sandbox: RunningSandbox;
const start = async (): Promise<RunningSandbox> =>
  startSandbox({ port: 0, dir, limitSpeed: 1_000_000, clock: createFrozenClock("2026-06-15T09:00:00Z") });
beforeEach(async () => {
  dir = await mkdtemp(path.join(os.tmpdir(), "ledger-"));
  sandbox = await start();
});
afterEach(async () => {
  await sandbox.stop();
  await rm(dir, { recursive: true });
});

function books(): Books {
  const found = xeroRecords(sandbox.context).books(TIDEWATER_TENANT_ID);
  if (found === undefined) throw new Error("Tidewater has books");
  return found;
}

it("a document's journals are listed by account, and a draft or an unknown id has none", async () => {
  const xero = await connectXero(sandbox.origin);
  const [ann] = await xero.create("Contacts", { Name: "Ann" });
  const [sale, draft] = await xero.create(
    "Invoices",
    anInvoice(ann?.ContactID),
    anInvoice(ann?.ContactID, { Status: "DRAFT" }),
  );
  const [journal] = listJournals(books(), "invoice", sale?.InvoiceID);
  expect(journal?.day).toBe("2026-05-10");
  expect(journal?.lines.map(({ accountCode, debit, credit }) => [accountCode, debit, credit])).toEqual([
    ["610", "24.00", "0.00"],
    ["200", "0.00", "20.00"],
    ["820", "0.00", "4.00"],
  ]);
  expect(journal?.lines[1]).toMatchObject({
    accountName: "Sales",
    taxType: "OUTPUT2",
    description: "Gift box",
  });
  expect(listJournals(books(), "invoice", draft?.InvoiceID)).toEqual([]);
  expect(listJournals(books(), "payment", sale?.InvoiceID)).toEqual([]);
});

it("a sandbox that is started again has the same trial balance", async () => {
  const xero = await connectXero(sandbox.origin, { scope: LEDGER_SCOPES });
  const [ann] = await xero.create("Contacts", { Name: "Ann" });
  const [sale] = await xero.create("Invoices", anInvoice(ann?.ContactID));
  const payment = {
    Invoice: { InvoiceID: sale?.InvoiceID },
    Account: { Code: "090" },
    Date: "2026-05-20",
    Amount: 24,
  };
  await xero.create("Payments", payment);
  const rows = async (client: typeof xero): Promise<unknown> =>
    (await client.call("GET", "/Reports/TrialBalance")).json.Reports[0].Rows;
  const before = await rows(xero);
  await sandbox.kill();
  sandbox = await start();
  expect(await rows(await connectXero(sandbox.origin, { scope: LEDGER_SCOPES }))).toEqual(before);
});
