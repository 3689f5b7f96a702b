import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "@/tests/setup/database";
import { createDatabase, type Database } from "./client";

const FIRST = "00000000-0000-4000-8000-0000000000a1";
const SECOND = "00000000-0000-4000-8000-0000000000a2";
const ADA = "00000000-0000-4000-8000-0000000000b1";
const BEN = "00000000-0000-4000-8000-0000000000b2";

let urls: TestDatabase;
let database: Database;

beforeAll(async () => {
  urls = await createTestDatabase();
  database = createDatabase(urls);
  await database.withoutWorkspace((tx) =>
    tx.user.createMany({
      data: [
        { id: ADA, email: "ada@example.com" },
        { id: BEN, email: "ben@example.com" },
      ],
    }),
  );
  await addWorkspace(FIRST, "first", [ADA], "2026-01-01");
  await addWorkspace(SECOND, "second", [ADA, BEN], "2026-02-01");
});

afterAll(async () => {
  await database.disconnect();
  await urls.drop();
});

function addWorkspace(id: string, slug: string, userIds: string[], day: string) {
  return database.withWorkspace(id, (tx) =>
    tx.workspace.create({
      data: {
        id,
        slug,
        name: slug,
        memberships: {
          create: userIds.map((userId) => ({ userId, role: "owner", createdAt: new Date(day) })),
        },
      },
    }),
  );
}

function addConnection(workspaceId: string, tenantId: string, status: string) {
  return database.withWorkspace(workspaceId, (tx) =>
    tx.connection.create({
      data: {
        workspaceId,
        connectorId: "zoho-books",
        tenantId,
        tenantName: tenantId,
        baseCurrency: "GBP",
        status,
        connectedByUserId: ADA,
        connectedByName: "Ada",
      },
    }),
  );
}

test("a user's workspaces are found across workspaces, the one joined first first", async () => {
  expect(await database.system.workspacesOfUser(ADA)).toEqual([FIRST, SECOND]);
  expect(await database.system.workspacesOfUser(BEN)).toEqual([SECOND]);
});

test("a slug leads to its workspace for a member and to nothing for anyone else", async () => {
  expect(await database.system.findWorkspaceOfMember("first", ADA)).toBe(FIRST);
  expect(await database.system.findWorkspaceOfMember("first", BEN)).toBeUndefined();
  expect(await database.system.findWorkspaceOfMember("nowhere", ADA)).toBeUndefined();
});

test("a tenant leads to its connection until that is disconnected", async () => {
  const kept = await addConnection(SECOND, "tenant-1", "active");
  await addConnection(FIRST, "tenant-1", "disconnected");
  expect(await database.system.connectionsOfTenant("zoho-books", "tenant-1")).toEqual([
    { workspaceId: SECOND, connectionId: kept.id },
  ]);
  expect(await database.system.connectionsOfTenant("xero", "tenant-1")).toEqual([]);
});

test("only live pairs are listed", async () => {
  const [source, other, ledger] = await Promise.all(
    ["source", "other source", "ledger"].map((name) => addConnection(FIRST, name, "active")),
  );
  const live = await database.withWorkspace(FIRST, async (tx) => {
    const pairOf = (sourceConnectionId: string, state: string) =>
      tx.pair.create({
        data: {
          workspaceId: FIRST,
          sourceConnectionId,
          ledgerConnectionId: ledger?.id ?? "",
          state,
          settings: {},
        },
      });
    await pairOf(other?.id ?? "", "paused");
    return pairOf(source?.id ?? "", "live");
  });
  expect(await database.system.livePairs()).toEqual([{ workspaceId: FIRST, pairId: live.id }]);
});

test("outbox events of all workspaces come oldest first and are marked as sent once", async () => {
  const add = (workspaceId: string, name: string) =>
    database.withWorkspace(workspaceId, (tx) =>
      tx.outboxEvent.create({ data: { workspaceId, name, data: { for: name } } }),
    );
  const [one, two] = [await add(SECOND, "one"), await add(FIRST, "two")];
  expect(await database.system.unsentOutboxEvents(10)).toEqual([
    { id: one.id, workspaceId: SECOND, name: "one", data: { for: "one" } },
    { id: two.id, workspaceId: FIRST, name: "two", data: { for: "two" } },
  ]);
  expect(await database.system.unsentOutboxEvents(1)).toHaveLength(1);
  expect(await database.system.markOutboxEventsSent([one.id, two.id], new Date())).toBe(2);
  expect(await database.system.markOutboxEventsSent([one.id], new Date())).toBe(0);
  expect(await database.system.unsentOutboxEvents(10)).toEqual([]);
});

test("a run at work is stalled that neither sleeps nor was heard of, and stands behind none that gets on", async () => {
  const at = (minute: number) => new Date(Date.UTC(2026, 10, 21, 12, minute));
  const addRun = (workspaceId: string, state: string, heard: { progressAt?: Date; resumesAt?: Date }) =>
    database.withWorkspace(workspaceId, async (tx) => {
      const run = { workspaceId, pairId: workspaceId, trigger: "person", state, startedAt: at(0), ...heard };
      return (await tx.syncRun.create({ data: run })).id;
    });
  const stalled = () => database.system.stalledRuns(at(10), 10);
  const silent = await addRun(FIRST, "applying", { progressAt: at(5) });
  await addRun(FIRST, "previewed", {});
  await addRun(FIRST, "finished", { progressAt: at(9) });
  await addRun(SECOND, "pulling", { progressAt: at(5), resumesAt: at(11) });
  expect(await stalled()).toEqual([{ workspaceId: FIRST, runId: silent }]);
  await addRun(SECOND, "tyingOut", { progressAt: at(10) });
  expect(await stalled()).toEqual([{ workspaceId: FIRST, runId: silent }]);
  await addRun(FIRST, "pulling", { progressAt: at(10) });
  expect(await stalled()).toEqual([]);
});
