import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "@/tests/setup/database";

const ROLES = ["tieout_app", "tieout_definer", "tieout_runner", "tieout_system"];

let urls: TestDatabase;
let owner: pg.Client;

beforeAll(async () => {
  urls = await createTestDatabase();
  owner = new pg.Client({ connectionString: urls.ownerUrl });
  await owner.connect();
});

afterAll(async () => {
  await owner.end();
  await urls.drop();
});

test("no role of the product is a superuser, bypasses row-level security, or makes roles or databases", async () => {
  const { rows } = await owner.query(
    `SELECT rolname, rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb OR rolreplication AS strong,
            rolcanlogin
       FROM pg_roles WHERE rolname = ANY ($1) ORDER BY 1`,
    [ROLES],
  );
  expect(rows).toEqual(
    ROLES.map((rolname) => ({ rolname, strong: false, rolcanlogin: rolname !== "tieout_definer" })),
  );
});

test("the role that migrates is no superuser and does not bypass row-level security", async () => {
  const { rows } = await owner.query(
    "SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user",
  );
  expect(rows).toEqual([{ rolsuper: false, rolbypassrls: false }]);
});

test("the roles of the product own no table, and no role that logs in is a member of another", async () => {
  const owned = await owner.query(
    `SELECT c.relname FROM pg_class c
      WHERE c.relkind IN ('r', 'p', 'v', 'm', 'S') AND pg_get_userbyid(c.relowner) = ANY ($1)`,
    [ROLES],
  );
  expect(owned.rows).toEqual([]);
  const memberships = await owner.query(
    "SELECT 1 FROM pg_auth_members WHERE pg_get_userbyid(member) = ANY ($1)",
    [ROLES],
  );
  expect(memberships.rows).toEqual([]);
});

test("the system role may read no table at all", async () => {
  const { rows } = await owner.query(
    `SELECT c.oid::regclass AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('r', 'p', 'v', 'm') AND n.nspname NOT IN ('pg_catalog', 'information_schema')
        AND n.nspname NOT LIKE 'pg_toast%'
        AND (has_any_column_privilege('tieout_system', c.oid, 'SELECT, INSERT, UPDATE, REFERENCES')
             OR has_table_privilege('tieout_system', c.oid, 'DELETE, TRUNCATE'))`,
  );
  expect(rows).toEqual([]);
});

test("the functions of schema system belong to the definer and are called by the system role alone", async () => {
  const { rows } = await owner.query(
    `SELECT p.oid::regprocedure AS name FROM pg_proc p
      WHERE p.pronamespace = 'system'::regnamespace
        AND (pg_get_userbyid(p.proowner) <> 'tieout_definer'
             OR has_function_privilege('tieout_app', p.oid, 'EXECUTE')
             OR has_function_privilege('tieout_runner', p.oid, 'EXECUTE'))`,
  );
  expect(rows).toEqual([]);
});

test("whatever the system role may call runs as the definer with an empty search path", async () => {
  const { rows } = await owner.query(
    `SELECT p.oid::regprocedure AS name FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
      WHERE n.nspname NOT IN ('pg_catalog', 'information_schema')
        AND has_schema_privilege('tieout_system', n.oid, 'USAGE')
        AND has_function_privilege('tieout_system', p.oid, 'EXECUTE')
        AND NOT (p.prosecdef AND n.nspname = 'system' AND p.proconfig @> ARRAY['search_path=""'])`,
  );
  expect(rows).toEqual([]);
});

// Row-level security lets no index answer a search: this function names the workspace itself, and
// row-level-security.db.test.ts has it show nothing of another one.
const SEARCH = "access.search_records(uuid,text,integer)";

test("the product's role may call no function that runs with another role's rights but the search", async () => {
  const { rows } = await owner.query(
    `SELECT p.oid::regprocedure AS name FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
      WHERE p.prosecdef AND n.nspname IN ('public', 'access', 'system')
        AND has_function_privilege('tieout_app', p.oid, 'EXECUTE')`,
  );
  expect(rows).toEqual([{ name: SEARCH }]);
});
