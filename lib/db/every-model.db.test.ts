import { readFileSync } from "node:fs";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "@/tests/setup/database";

/**
 * Every model of prisma/schema.prisma, read from that file: a row of each of two workspaces is planted, whatever its columns,
 * and the product's own role sees and changes one workspace's alone. A new model is under test the moment it is written.
 */
interface Model {
  readonly name: string;
  readonly table: string;
  /** What tells the workspace; null for one of those without, which row-level-security.db.test.ts names. */
  readonly key: "workspace_id" | "id" | null;
}

function readModels(): Model[] {
  const schema = readFileSync("prisma/schema.prisma", "utf8");
  return [...schema.matchAll(/^model (\w+) \{\n([\s\S]*?)^\}/gm)].map(([, name = "", body = ""]) => {
    const table = /@@map\("(\w+)"\)/.exec(body)?.[1] ?? name;
    const hasWorkspace = /^\s+workspaceId\s/m.test(body);
    return { name, table, key: hasWorkspace ? "workspace_id" : name === "Workspace" ? "id" : null };
  });
}

const MODELS = readModels();
const CLOSED = MODELS.filter(({ key }) => key !== null);
const OURS = "00000000-0000-4000-8000-000000000001";
const THEIRS = "00000000-0000-4000-8000-000000000002";

let urls: TestDatabase;
let owner: pg.Client;
let app: pg.Client;

beforeAll(async () => {
  urls = await createTestDatabase();
  owner = new pg.Client({ connectionString: urls.ownerUrl });
  app = new pg.Client({ connectionString: urls.appUrl });
  await Promise.all([owner.connect(), app.connect()]);
  await openForPlanting();
  for (const model of CLOSED)
    for (const workspaceId of [OURS, THEIRS]) {
      const { text, values } = await insertOf(model, workspaceId);
      await owner.query(text, values);
    }
  for (const { table } of CLOSED) await owner.query(`ALTER TABLE ${table} FORCE ROW LEVEL SECURITY`);
});

afterAll(async () => {
  await Promise.all([owner.end(), app.end()]);
  await urls.drop();
});

/** In this database alone: the planted rows hang on nothing, and the owner may plant them. */
async function openForPlanting(): Promise<void> {
  const { rows } = await owner.query<{ table: string; name: string }>(
    `SELECT conrelid::regclass::text AS table, quote_ident(conname) AS name FROM pg_constraint
      WHERE contype = 'f' AND connamespace = 'public'::regnamespace`,
  );
  for (const { table, name } of rows) await owner.query(`ALTER TABLE ${table} DROP CONSTRAINT ${name}`);
  for (const { table } of CLOSED)
    await owner.query(`ALTER TABLE ${table} DISABLE TRIGGER USER, NO FORCE ROW LEVEL SECURITY`);
}

interface Column {
  readonly name: string;
  readonly type: string;
}

let planted = 0;

/** A value of a column's type, another one each time. */
function someValue({ type }: Column): unknown {
  planted += 1;
  if (type.endsWith("[]")) return [];
  const values: Readonly<Record<string, unknown>> = {
    uuid: `10000000-0000-4000-8000-${String(planted).padStart(12, "0")}`,
    text: `text ${planted}`,
    boolean: true,
    date: "2026-11-21",
    bytea: Buffer.from([planted % 256]),
    jsonb: JSON.stringify({}),
  };
  if (type.startsWith("timestamp")) return new Date(planted);
  return type in values ? values[type] : planted;
}

/** The smallest row that the table takes: what may be null or has a default stays out. */
async function insertOf({ table, key }: Model, workspaceId: string) {
  const { rows } = await owner.query<Column>(
    `SELECT a.attname AS name, format_type(a.atttypid, NULL) AS type FROM pg_attribute a
      WHERE a.attrelid = $1::regclass AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
        AND (a.attname = $2 OR (a.attnotnull AND NOT a.atthasdef AND a.attidentity = ''))
      ORDER BY a.attnum`,
    [table, key],
  );
  const values = rows.map((column) => (column.name === key ? workspaceId : someValue(column)));
  const names = rows.map(({ name }) => `"${name}"`).join(", ");
  const places = rows.map((_, index) => `$${index + 1}`).join(", ");
  return { text: `INSERT INTO ${table} (${names}) VALUES (${places})`, values };
}

/** Runs as the product's role inside one transaction that sees this workspace, and takes everything back. */
async function seeing<T>(workspaceId: string | null, work: () => Promise<T>): Promise<T> {
  await app.query("BEGIN");
  try {
    await app.query("SELECT set_config('app.workspace_id', $1, true)", [workspaceId ?? ""]);
    return await work();
  } finally {
    await app.query("ROLLBACK");
  }
}

const keysIn = async ({ table, key }: Model): Promise<string[]> =>
  (await app.query<{ key: string }>(`SELECT ${key}::text AS key FROM ${table}`)).rows.map((row) => row.key);

describe("the schema", () => {
  it("has every table of the database", async () => {
    const { rows } = await owner.query<{ name: string }>(
      `SELECT relname AS name FROM pg_class
        WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND relname <> '_prisma_migrations'`,
    );
    expect(MODELS.map(({ table }) => table).sort()).toEqual(rows.map(({ name }) => name).sort());
  });

  it("is used by a role that is no superuser, bypasses nothing, and owns nothing", async () => {
    const { rows } = await app.query(
      `SELECT rolsuper, rolbypassrls,
              (SELECT count(*)::int FROM pg_class c WHERE c.relowner = r.oid) AS tables,
              (SELECT count(*)::int FROM pg_proc p WHERE p.proowner = r.oid) AS functions,
              (SELECT count(*)::int FROM pg_namespace n WHERE n.nspowner = r.oid) AS schemas
         FROM pg_roles r WHERE rolname = current_user`,
    );
    expect(rows).toEqual([{ rolsuper: false, rolbypassrls: false, tables: 0, functions: 0, schemas: 0 }]);
  });
});

describe.each(CLOSED)("$name", (model) => {
  const { table, key } = model;

  it("shows nothing without a workspace, and with one its rows alone", async () => {
    expect(await seeing(null, () => keysIn(model))).toEqual([]);
    expect(await seeing(OURS, () => keysIn(model))).toEqual([OURS]);
    expect(await seeing(THEIRS, () => keysIn(model))).toEqual([THEIRS]);
  });

  it("takes no row of another workspace, and lets none of it be moved, changed or deleted", async () => {
    const refused = /row-level security|permission denied/;
    const foreign = await insertOf(model, key === "id" ? "10000000-0000-4000-9000-000000000001" : THEIRS);
    await expect(seeing(OURS, () => app.query(foreign.text, foreign.values))).rejects.toThrow(refused);
    await expect(seeing(null, () => app.query(foreign.text, foreign.values))).rejects.toThrow(refused);
    const move = `UPDATE ${table} SET ${key} = '10000000-0000-4000-9000-000000000001'`;
    await expect(seeing(OURS, () => app.query(move))).rejects.toThrow(refused);
    for (const statement of [`UPDATE ${table} SET ${key} = ${key}`, `DELETE FROM ${table}`]) {
      const touched = await seeing(OURS, () => app.query(`${statement} WHERE ${key} = '${THEIRS}'`)).catch(
        (thrown: unknown) => (thrown instanceof Error && refused.test(thrown.message) ? null : thrown),
      );
      expect(
        touched === null || (touched instanceof Object && "rowCount" in touched && touched.rowCount === 0),
      ).toBe(true);
    }
  });
});
