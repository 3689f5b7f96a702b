import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { startBareProduct } from "@/tests/setup/bare-product";

/** The sealer and the check on a real trail; tampering is done as the owner of the database, with the triggers off. */
let product: Awaited<ReturnType<typeof startBareProduct>>;
let owner: pg.Client;
let ours: WorkspaceAccess;
let theirs: WorkspaceAccess;

beforeAll(async () => {
  product = await startBareProduct();
  owner = new pg.Client({ connectionString: product.urls.ownerUrl });
  await owner.connect();
  const { signUp } = await import("@/scripts/main-job/owner");
  ours = await signUp("ours@firm.test");
  theirs = await signUp("theirs@firm.test");
});

afterAll(async () => {
  await owner.end();
  await product.stop();
});

async function runtimeOf() {
  const { getRuntime } = await import("@/lib/operations/runtime");
  return getRuntime();
}

async function write(access: WorkspaceAccess, count: number): Promise<void> {
  const { database } = await runtimeOf();
  for (let line = 0; line < count; line += 1)
    await database.withWorkspace(access.workspaceId, (tx) =>
      tx.auditEvent.create({
        data: {
          workspaceId: access.workspaceId,
          actorUserId: access.userId,
          action: "record.excluded",
          subject: `invoice ${line}`,
          after: { total: "12.30", at: line },
          at: new Date(),
        },
      }),
    );
}

async function seal(): Promise<number> {
  const { sealAudit } = await import("./seal-audit");
  return sealAudit();
}

async function verify(slug: string | null = null) {
  const { verifyAudit } = await import("./verify-audit");
  return verifyAudit(slug);
}

/** Works on the tables as somebody who owns them and wants to, and puts everything back afterwards. */
async function tamper(statements: readonly string[], look: () => Promise<void>): Promise<void> {
  const tables = ["audit_events", "audit_seals", "audit_heads"];
  for (const table of tables) {
    await owner.query(`ALTER TABLE ${table} DISABLE TRIGGER USER, NO FORCE ROW LEVEL SECURITY`);
    await owner.query(`CREATE TABLE kept_${table} AS SELECT * FROM ${table}`);
  }
  try {
    for (const statement of statements) {
      const { rowCount } = await owner.query(statement);
      expect(rowCount, statement).toBeGreaterThan(0);
    }
    await look();
  } finally {
    for (const table of tables) {
      await owner.query(`DELETE FROM ${table}`);
      await owner.query(`INSERT INTO ${table} SELECT * FROM kept_${table}`);
      await owner.query(`DROP TABLE kept_${table}`);
      await owner.query(`ALTER TABLE ${table} ENABLE TRIGGER USER, FORCE ROW LEVEL SECURITY`);
    }
  }
}

const mine = () => `workspace_id = '${ours.workspaceId}'`;
const third = () => `(SELECT sequence FROM audit_seals WHERE ${mine()} AND place = 3)`;

describe("the sealer", () => {
  it("chains every committed line once, workspace by workspace, and leaves nothing for a second call", async () => {
    await write(ours, 8);
    await write(theirs, 3);
    await write(ours, 4);
    const { unsealed } = await verify();
    expect(await seal()).toBe(unsealed);
    expect(await seal()).toBe(0);
    expect(await verify()).toMatchObject({
      workspaces: 2,
      sealed: unsealed,
      events: unsealed,
      unsealed: 0,
      broken: [],
    });
    expect(await verify(theirs.slug)).toMatchObject({ workspaces: 1, unsealed: 0, broken: [] });
  });

  it("makes one chain when two seal at once", async () => {
    await write(ours, 6);
    const added = await Promise.all([seal(), seal(), seal()]);
    expect(added.reduce((sum, count) => sum + count, 0)).toBe(6);
    expect(await verify()).toMatchObject({ unsealed: 0, broken: [] });
  });

  it("waits for a line that took its place earlier and is committed later", async () => {
    const slow = new pg.Client({ connectionString: product.urls.appUrl });
    await slow.connect();
    await slow.query("BEGIN");
    await slow.query("SELECT set_config('app.workspace_id', $1, true)", [ours.workspaceId]);
    await slow.query(
      "INSERT INTO audit_events (id, workspace_id, action, subject, at) VALUES (gen_random_uuid(), $1, 'late', 'x', now())",
      [ours.workspaceId],
    );
    await write(ours, 2);
    const { database } = await runtimeOf();
    expect(await database.system.auditWriters()).toHaveLength(1);
    expect(await seal()).toBe(0);
    await slow.query("COMMIT");
    await slow.end();
    expect(await seal()).toBe(3);
    expect(await verify()).toMatchObject({ unsealed: 0, broken: [] });
  });

  it("says on the page how far it is, and the export carries the seals", async () => {
    const { listAudit } = await import("./list-audit");
    await write(ours, 1);
    const { rows, sealing } = await listAudit(ours, { area: null, from: null, to: null });
    expect(sealing).toMatchObject({ waiting: 1, hash: expect.stringMatching(/^[\w-]{43}$/) });
    expect(rows[0]?.seal).toBe("");
    expect(rows[1]?.seal).toBe(sealing?.hash);
    await seal();
    const { exportAudit } = await import("./export-audit");
    const { unzipSync, strFromU8 } = await import("fflate");
    const pieces: Uint8Array[] = [];
    for await (const piece of (await exportAudit(ours, { area: null, from: null, to: null })).bytes)
      pieces.push(piece);
    const sheet = strFromU8(unzipSync(Buffer.concat(pieces))["xl/worksheets/sheet1.xml"] ?? new Uint8Array());
    const { rows: sealed } = await listAudit(ours, { area: null, from: null, to: null });
    for (const row of sealed) expect(sheet).toContain(row.seal);
  });
});

describe("the check", () => {
  const TAMPERS: Readonly<Record<string, () => string[]>> = {
    "a changed line": () => [`UPDATE audit_events SET action = 'other' WHERE sequence = ${third()}`],
    "a changed digit": () => [
      `UPDATE audit_events SET after = '{"total": "12.31"}' WHERE sequence = ${third()}`,
    ],
    "a deleted line": () => [`DELETE FROM audit_events WHERE sequence = ${third()}`],
    "a line that was moved into another workspace": () => [
      `UPDATE audit_events SET workspace_id = '${theirs.workspaceId}' WHERE sequence = ${third()}`,
    ],
    "a line put in between": () => [
      `UPDATE audit_events SET sequence = sequence + 1000000 WHERE sequence = ${third()}`,
      `INSERT INTO audit_events SELECT gen_random_uuid(), ${third()}, workspace_id, actor_user_id, action, subject, before, after, at
         FROM audit_events WHERE ${mine()} LIMIT 1`,
    ],
    "two lines that changed places": () => [
      `UPDATE audit_events SET sequence = -1 WHERE sequence = ${third()}`,
      `UPDATE audit_events SET sequence = ${third()} WHERE sequence = (SELECT sequence FROM audit_seals WHERE ${mine()} AND place = 5)`,
      `UPDATE audit_events SET sequence = (SELECT sequence FROM audit_seals WHERE ${mine()} AND place = 5) WHERE sequence = -1`,
    ],
    "an end that was cut off": () => [
      `DELETE FROM audit_events WHERE ${mine()} AND sequence > ${third()}`,
      `DELETE FROM audit_seals WHERE ${mine()} AND place > 3`,
    ],
    "a rewritten seal": () => [`UPDATE audit_seals SET hash = 'x' WHERE ${mine()} AND place = 3`],
  };

  it.each(Object.keys(TAMPERS))("finds %s, and where", async (name) => {
    const sequence = await thirdSequence();
    await tamper(TAMPERS[name]?.() ?? [], async () => {
      const { broken } = await verify(ours.slug);
      expect(broken[0]).toMatchObject({ workspace: ours.slug });
      expect(BigInt(broken[0]?.sequence ?? -1n)).toBe(sequence);
    });
    expect((await verify()).broken).toEqual([]);
  });

  async function thirdSequence(): Promise<bigint> {
    const { database } = await runtimeOf();
    const row = await database.withWorkspace(ours.workspaceId, (tx) =>
      tx.auditSeal.findFirstOrThrow({ where: { place: 3n } }),
    );
    return row.sequence;
  }

  it("as a command prints one line, notes where the chains end, and finds an end that was put back", async () => {
    const heads = path.join(mkdtempSync(path.join(tmpdir(), "tieout-heads-")), "heads.json");
    const run = () => {
      const { stdout, status } = spawnSync(
        process.execPath,
        ["--import", "tsx", "scripts/audit-verify.ts", "--workspace", ours.slug, "--heads", heads],
        { encoding: "utf8", env: process.env },
      );
      return { status, report: JSON.parse(stdout.trim().split("\n").at(-1) ?? "") };
    };
    // The file that was taken above is a line of the trail itself.
    await seal();
    const whole = run();
    expect(whole).toMatchObject({ status: 0, report: { workspaces: 1, unsealed: 0, broken: [] } });
    expect(Object.keys(JSON.parse(readFileSync(heads, "utf8")))).toEqual([ours.workspaceId]);
    const { linkLines, NO_HEAD } = await import("@/lib/audit/chain");
    const { readLines } = await import("@/lib/audit/read-trail");
    const { database, auditKeys } = await runtimeOf();
    const sequence = await thirdSequence();
    const early = await database.withWorkspace(ours.workspaceId, async (tx) => {
      const lines = await readLines(tx, { after: 0n, upTo: sequence, limit: 10 });
      const { sealedAt } = await tx.auditSeal.findFirstOrThrow({ where: { place: 1n } });
      return linkLines(ours.workspaceId, NO_HEAD, lines, sealedAt, auditKeys).head;
    });
    // What an old backup holds: lines, links and a note of the end that belong together.
    const putBack = [
      ...(TAMPERS["an end that was cut off"]?.() ?? []),
      `UPDATE audit_heads SET place = 3, sequence = ${sequence}, hash = '${early.hash}', mac = '${early.mac}' WHERE ${mine()}`,
    ];
    await tamper(putBack, async () => {
      expect((await verify(ours.slug)).broken).toEqual([]);
      const { status, report } = run();
      expect(status).toBe(1);
      expect(report.broken).toHaveLength(1);
    });
    expect(run().status).toBe(0);
  });
});

describe("the database", () => {
  it("lets nobody change, delete or empty the trail and its chain, not even its owner", async () => {
    for (const table of ["audit_events", "audit_seals", "audit_heads"]) {
      for (const statement of [
        `UPDATE ${table} SET sequence = 0`,
        `DELETE FROM ${table}`,
        `TRUNCATE ${table}`,
      ]) {
        if (table === "audit_heads" && statement.startsWith("UPDATE")) continue;
        await expect(owner.query(statement), statement).rejects.toThrow(/permission denied/);
      }
    }
  });

  it("takes links from the sealer's function alone", async () => {
    const { database } = await runtimeOf();
    const { workspaceId } = ours;
    const link = {
      workspaceId,
      place: 999n,
      sequence: 999n,
      hash: "",
      keyId: "",
      mac: "",
      sealedAt: new Date(),
    };
    await expect(
      database.withWorkspace(workspaceId, (tx) =>
        tx.auditSeal.create({ data: { ...link, eventDigest: "", previous: "" } }),
      ),
    ).rejects.toThrow(/permission denied/);
    await expect(
      database.withWorkspace(workspaceId, (tx) => tx.auditHead.updateMany({ data: { place: 1n } })),
    ).rejects.toThrow(/permission denied/);
    await expect(database.withWorkspace(workspaceId, (tx) => tx.auditHead.deleteMany())).rejects.toThrow(
      /permission denied/,
    );
  });
});
