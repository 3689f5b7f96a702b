import { randomUUID } from "node:crypto";
import pg from "pg";
import { invariant } from "@/lib/kernel/invariant";

/**
 * A workspace of very many records, made in the database itself: what a first run of the demo company left behind is copied
 * with ids, numbers, days and amounts of its own, table by table, so that every row has the shape that the product writes.
 * Then come other workspaces, since indexes are shared by all. It goes through the product's own role: row-level security
 * is as it is for a page.
 */
export interface SeedOptions {
  /** Address under role tieout_app. */
  readonly appUrl: string;
  /** Address of the tables' owner, who alone may analyse them. */
  readonly ownerUrl: string;
  readonly workspaceId: string;
  /** Records of the source in all. */
  readonly records: number;
  readonly say: (line: string) => void;
}

/** What a copy has of its own, by column, in SQL: `t` is the row that is copied, `g` the number of the copy. */
interface Copied {
  readonly table: string;
  readonly only?: string;
  /** So many copies for each that a source record has. */
  readonly share?: number;
  readonly change: Readonly<Record<string, string>>;
}

const OTHER_WORKSPACES = 4;
const RUNS = 5_000;
const AUDIT_LINES = 200_000;
const QUESTIONS = 2_000;
/** A copy's day: spread over some six hundred days before its own. */
const DAYS = "(g % 600)::integer";

const ID = { id: "gen_random_uuid()" };
const SOURCE = "t.source_external_id || '-' || g";
const NUMBER = "CASE t.number WHEN '' THEN '' ELSE t.number || '-' || g END";
const LABEL = "t.label || ' ' || g";
const ledger = (column: string): string => `t.${column} || '-' || g`;
/** The number or name that a canonical record shows is the copy's own too. */
const RECORD = (id: string): string =>
  `t.record || jsonb_strip_nulls(jsonb_build_object('externalId', ${id}, 'number', to_jsonb((t.record ->> 'number') || '-' || g),
     'name', to_jsonb((t.record ->> 'name') || ' ' || g)))`;

const COPIES: readonly Copied[] = [
  {
    table: "record_snapshots",
    change: {
      ...ID,
      external_id: "t.external_id || '-' || g",
      record: RECORD("t.external_id || '-' || g"),
      number: NUMBER,
      label: LABEL,
      document_date: `to_char(t.document_date::date - ${DAYS}, 'YYYY-MM-DD')`,
      gross_minor: "t.gross_minor + (g * 7919) % 100000",
    },
  },
  {
    table: "ledger_records",
    change: {
      ...ID,
      external_id: ledger("external_id"),
      natural_key: ledger("natural_key"),
      record: RECORD(ledger("external_id")),
    },
  },
  {
    table: "record_links",
    change: { ...ID, source_external_id: SOURCE, ledger_external_id: ledger("ledger_external_id") },
  },
  {
    table: "planned_changes",
    change: {
      ...ID,
      source_external_id: SOURCE,
      number: NUMBER,
      label: LABEL,
      natural_key: ledger("natural_key"),
      ledger_external_id: ledger("ledger_external_id"),
      gross_minor: "t.gross_minor + (g * 7919) % 100000",
      base_minor: "t.base_minor + (g * 7919) % 100000",
    },
  },
  {
    table: "write_intents",
    change: {
      ...ID,
      source_external_id: SOURCE,
      ledger_external_id: ledger("ledger_external_id"),
      call_key: "t.call_key || '-' || (g / 20)",
      resolved_at: "t.resolved_at - make_interval(secs => g)",
    },
  },
  {
    table: "exceptions",
    share: 0.25,
    change: {
      ...ID,
      source_external_id: SOURCE,
      number: NUMBER,
      label: LABEL,
      gross_minor: "t.gross_minor + (g * 7919) % 100000",
      created_at: "t.created_at - make_interval(mins => g::integer)",
      exchange: "NULL",
      state: "CASE WHEN g % 5 = 0 THEN 'dismissed' ELSE t.state END",
      dismissed_reason: "CASE WHEN g % 5 = 0 THEN 'An old one' END",
      dismissed_by_name: "CASE WHEN g % 5 = 0 THEN 'Olivia Shaw' END",
      dismissed_at: "CASE WHEN g % 5 = 0 THEN t.created_at END",
    },
  },
  {
    table: "tie_out_findings",
    share: 0.25,
    change: {
      number: NUMBER,
      label: LABEL,
      gross_minor: "t.gross_minor + (g * 7919) % 100000",
      fingerprint: ledger("fingerprint"),
    },
  },
  {
    table: "tie_out_figures",
    only: "dimension IN ('contact', 'day')",
    share: 0.05,
    change: { key: ledger("key"), label: LABEL, gap_minor: "t.gap_minor + g % 7" },
  },
];

export async function seedRecords(options: SeedOptions): Promise<void> {
  const client = new pg.Client({ connectionString: options.appUrl });
  await client.connect();
  const owner = new pg.Client({ connectionString: options.ownerUrl });
  await owner.connect();
  try {
    await client.query("SELECT set_config('app.workspace_id', $1, false)", [options.workspaceId]);
    const [first] = (await client.query<{ count: number }>("SELECT count(*)::integer FROM record_snapshots"))
      .rows;
    invariant(first && first.count > 0, "the demo company was read before it is copied");
    const copies = Math.ceil(options.records / first.count);
    for (const copied of COPIES) {
      options.say(`Copying ${copied.table}`);
      await copyRows(client, copied, Math.ceil(copies * (copied.share ?? 1)));
    }
    options.say("Runs, questions, approvals and the audit trail");
    await addRuns(client);
    await addAround(client, options.workspaceId);
    for (let place = 0; place < OTHER_WORKSPACES; place += 1)
      await addOther(client, options.workspaceId, copies);
    options.say("Statistics");
    await owner.query("VACUUM ANALYZE");
  } finally {
    await client.end();
    await owner.end();
  }
}

async function copyRows(client: pg.Client, { table, only, change }: Copied, copies: number): Promise<void> {
  const columns = await columnsOf(client, table);
  const values = columns.map((name) => change[name] ?? `t."${name}"`);
  await client.query(
    `INSERT INTO "${table}" (${columns.map((name) => `"${name}"`).join(", ")})
     SELECT ${values.join(", ")} FROM (SELECT * FROM "${table}" ${only ? `WHERE ${only}` : ""}) t
      CROSS JOIN generate_series(1::bigint, ${copies}) g`,
  );
}

/** Columns that a writer names: neither generated ones nor the numbers that the database gives. */
async function columnsOf(client: pg.Client, table: string): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT a.attname AS name
       FROM pg_catalog.pg_attribute a
       LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
      WHERE a.attrelid = to_regclass($1) AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
        AND COALESCE(pg_get_expr(d.adbin, d.adrelid), '') NOT LIKE 'nextval%'`,
    [table],
  );
  return rows.map((row) => row.name);
}

/** Earlier runs, so that the newest stays the one that wrote everything. */
async function addRuns(client: pg.Client): Promise<void> {
  const change = {
    id: "gen_random_uuid()",
    started_at: "t.started_at - make_interval(mins => 10 * g::integer)",
    applied_from: "t.applied_from - make_interval(mins => 10 * g::integer)",
    finished_at:
      "t.finished_at - make_interval(mins => 10 * g::integer) + make_interval(secs => (g % 400)::integer)",
    trigger: "CASE WHEN g % 3 = 0 THEN 'schedule' ELSE t.trigger END",
    state: "CASE WHEN g % 50 = 0 THEN 'failed' ELSE t.state END",
  };
  // The first run read and wrote all of it.
  await client.query(
    `UPDATE sync_passes p SET read = c.rows, planned = c.rows, to_post = c.rows, posted = c.rows
       FROM (SELECT run_id, record_type, count(*)::integer AS rows FROM planned_changes GROUP BY 1, 2) c
      WHERE c.run_id = p.run_id AND c.record_type = p.record_type`,
  );
  await copyRows(client, { table: "sync_runs", change }, RUNS);
  await client.query(
    `INSERT INTO sync_passes (id, workspace_id, run_id, record_type, position, read, planned, to_post, posted, planned_at)
     SELECT gen_random_uuid(), workspace_id, id, type, 1, 200, 200, 20, 20, started_at
       FROM sync_runs CROSS JOIN (VALUES ('invoice'), ('payment')) v (type)
      WHERE NOT EXISTS (SELECT FROM sync_passes p WHERE p.run_id = sync_runs.id)`,
  );
}

async function addAround(client: pg.Client, workspaceId: string): Promise<void> {
  await client.query(
    `INSERT INTO match_questions (id, workspace_id, pair_id, record_type, source_external_id, ledger_external_id, source_words,
            ledger_words, differences, verdict, decided_by_name, decided_at, created_at)
     SELECT gen_random_uuid(), p.workspace_id, p.id, 'invoice', 'asked-' || g, 'there-' || g, 'Invoice Q-' || g, 'Invoice R-' || g,
            'number', CASE WHEN g % 4 = 0 THEN 'another' END, 'Olivia Shaw', CASE WHEN g % 4 = 0 THEN now() END,
            now() - make_interval(mins => g)
       FROM pairs p CROSS JOIN generate_series(1, ${QUESTIONS}) g`,
  );
  await client.query(
    `INSERT INTO approvals (id, workspace_id, pair_id, run_id, scope, record_type, source_external_id, version_hash, number, label,
            currency, gross_minor, base_minor, state, requested_at, decided_at)
     SELECT gen_random_uuid(), p.workspace_id, p.id, r.id, 'document', 'invoice', 'approve-' || g, 'v', 'INV-A' || g, 'Mason Gifts',
            'GBP', 1000000 + g, 1000000 + g, CASE WHEN g % 3 = 0 THEN 'approved' ELSE 'waiting' END, now(),
            CASE WHEN g % 3 = 0 THEN now() END
       FROM pairs p CROSS JOIN LATERAL (SELECT id FROM sync_runs ORDER BY started_at DESC LIMIT 1) r
      CROSS JOIN generate_series(1, ${QUESTIONS}) g`,
  );
  await client.query(
    `INSERT INTO audit_events (id, workspace_id, action, subject, at)
     SELECT gen_random_uuid(), $1, (ARRAY['run.started', 'run.posting', 'exceptions.dismissed', 'match.decided', 'record.corrected',
            'schedule.changed'])[1 + g % 6], 'record ' || g, now() - make_interval(mins => ${AUDIT_LINES} - g)
       FROM generate_series(1, ${AUDIT_LINES}) g`,
    [workspaceId],
  );
}

/** A neighbour that no page of ours may show, with a tenth as many records. */
async function addOther(client: pg.Client, workspaceId: string, copies: number): Promise<void> {
  const other = randomUUID();
  const { rows } = await client.query<{ record: unknown; type: string }>(
    "SELECT record, record_type AS type FROM record_snapshots WHERE record_type = 'invoice' LIMIT 1",
  );
  await client.query("SELECT set_config('app.workspace_id', $1, false)", [other]);
  await client.query(
    `INSERT INTO record_snapshots (id, workspace_id, connection_id, record_type, external_id, version, content_hash, record, number,
            label, document_date, currency, gross_minor, pulled_at)
     SELECT gen_random_uuid(), $1, $2, $3, 'other-' || g, '1', 'h', $4, 'INV-' || g, 'Mason Gifts ' || g, '2026-07-01', 'GBP', g, now()
       FROM generate_series(1, $5::integer) g`,
    [other, randomUUID(), rows[0]?.type, rows[0]?.record, copies * 20],
  );
  await client.query("SELECT set_config('app.workspace_id', $1, false)", [workspaceId]);
}
