import pg from "pg";

/** What the step runner has under way when a trial hangs: for whoever looks for the cause. */
export async function describeHang(ownerUrl: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: ownerUrl });
  client.on("error", () => {});
  await client.connect();
  const shown = async (what: string, query: string): Promise<string[]> =>
    (await client.query<{ row: unknown }>(`SELECT to_json(t) AS row FROM (${query}) t LIMIT 20`)).rows.map(
      ({ row }) => `${what}: ${JSON.stringify(row)}`,
    );
  try {
    return [
      ...(await shown(
        "run",
        "SELECT id, function_id, status, attempt, lease_instance, poked, next_due_at, now() FROM runner.runs WHERE ended_at IS NULL",
      )),
      ...(await shown(
        "ended",
        `SELECT id, function_id, status, attempt, event ->> 'name' AS event, created_at, ended_at, left(output::text, 200) AS output, left(error::text, 400) AS error, lost_count, (SELECT count(*) FROM runner.steps s WHERE s.run_id = runs.id) AS steps
           FROM runner.runs WHERE ended_at IS NOT NULL AND function_id LIKE '%-run%' ORDER BY created_at DESC`,
      )),
      ...(await shown(
        "step",
        `SELECT display_name, status, attempt, due_at FROM runner.steps WHERE status <> 'done'`,
      )),
      ...(await shown(
        "job",
        "SELECT key, run_at, locked_at, attempts, last_error FROM graphile_worker.jobs",
      )),
      ...(await shown("instance", "SELECT id, worker_pool FROM runner.instances")),
      ...(await shown("blocked", "SELECT key FROM runner.blocked")),
      ...(await shown("slot", "SELECT run_id, key, units FROM runner.slots")),
      ...(await shown(
        "session",
        `SELECT application_name, state, wait_event, left(query, 120) AS query, now() - state_change AS since
           FROM pg_stat_activity WHERE datname = current_database() AND state <> 'idle' AND pid <> pg_backend_pid()`,
      )),
    ];
  } finally {
    await client.end();
  }
}
