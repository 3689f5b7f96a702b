import pg from "pg";

/** A vendor that asks for a minute, or an hour, is waited for by a durable sleep: a trial lets that time pass at once. */
const LONG = "2 seconds";

export async function skipLongSleeps(ownerUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl });
  client.on("error", () => {});
  await client.connect();
  try {
    await client.query(
      `WITH woken AS (
         UPDATE runner.steps SET due_at = now() WHERE status <> 'done' AND due_at > now() + interval '${LONG}' RETURNING run_id)
       UPDATE runner.runs SET next_due_at = now() WHERE ended_at IS NULL AND lease IS NULL AND next_due_at > now() + interval '${LONG}'`,
    );
  } finally {
    await client.end();
  }
}
