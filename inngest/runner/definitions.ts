import { z } from "zod";
import type { Clock } from "@/lib/kernel/clock";
import type { Database, Query } from "./database";
import { type FunctionDefinition, parseFunctionConfig } from "./function-definition";
import { addJob } from "./wake-run";

/*
 * The functions that an app registered. A registration replaces the app's whole list at once, or is refused as a whole.
 * A function that is no longer registered starts no new run, but is kept so that its open runs can end.
 */

const registrationSchema = z.looseObject({
  appName: z.string().min(1),
  url: z.string(),
  functions: z.array(z.looseObject({ id: z.string().min(1) })),
});

/** Stores what an app registers; throws RegistrationRefused where an option is not known, and then stores nothing. */
export async function register(database: Database, clock: Clock, body: unknown): Promise<readonly string[]> {
  const { appName, functions } = registrationSchema.parse(body);
  const definitions = functions.map(parseFunctionConfig);
  const now = clock.now();
  await database.transaction(async (query) => {
    await query("SELECT pg_advisory_xact_lock(7467)");
    const revision = await nextRevision(query);
    await query("UPDATE runner.functions SET active = FALSE, revision = $2 WHERE app = $1", [
      appName,
      revision,
    ]);
    for (const config of functions)
      await query(
        `INSERT INTO runner.functions (id, app, config, active, revision, registered_at)
         VALUES ($1, $2, $3, TRUE, $4, $5)
           ON CONFLICT (id) DO UPDATE SET app = excluded.app, config = excluded.config, active = TRUE,
             revision = excluded.revision, registered_at = excluded.registered_at`,
        [config.id, appName, JSON.stringify(config), revision, now.toISOString()],
      );
    await scheduleCrons(query, definitions, appName, now);
  });
  return definitions.map(({ id }) => id);
}

async function nextRevision(query: Query): Promise<string> {
  const rows = await query<{ revision: string }>(
    "SELECT nextval('runner.registration_revisions') AS revision",
  );
  return rows[0]?.revision ?? "0";
}

/** A cron that is already scheduled keeps its next time, so that a restart neither skips nor repeats one. */
async function scheduleCrons(
  query: Query,
  definitions: readonly FunctionDefinition[],
  app: string,
  now: Date,
): Promise<void> {
  const wanted = definitions.flatMap(({ id, crons }) => crons.map((trigger) => ({ id, ...trigger })));
  await query(
    `DELETE FROM runner.crons USING runner.functions
      WHERE functions.id = crons.function_id AND functions.app = $1
        AND NOT EXISTS (SELECT 1 FROM unnest($2::text[], $3::text[]) AS kept (function_id, cron)
                         WHERE kept.function_id = crons.function_id AND kept.cron = crons.cron)`,
    [app, wanted.map(({ id }) => id), wanted.map(({ cron }) => cron)],
  );
  for (const { id, cron, schedule } of wanted) {
    const next = schedule.next(now);
    if (!next) continue;
    const rows = await query<{ next_at: Date }>(
      `INSERT INTO runner.crons AS kept (function_id, cron, next_at) VALUES ($1, $2, $3)
         ON CONFLICT (function_id, cron) DO UPDATE SET next_at = kept.next_at RETURNING next_at`,
      [id, cron, next.toISOString()],
    );
    const at = rows[0]?.next_at ?? next;
    const payload = { functionId: id, cron };
    await addJob(query, "cron", `${id}:${cron}`, payload, at.getTime() - now.getTime());
  }
}

/** The ids of all functions that are registered now, by any app. */
export async function listFunctionIds(database: Database): Promise<readonly string[]> {
  const rows = await database.query<{ id: string }>(
    "SELECT id FROM runner.functions WHERE active ORDER BY id",
  );
  return rows.map(({ id }) => id);
}

/** A reader of every function, which parses them again only after a registration by any process. */
export function definitionReader(database: Database): () => Promise<ReadonlyMap<string, FunctionDefinition>> {
  let known: { revision: string; byId: ReadonlyMap<string, FunctionDefinition> } | undefined;
  return async () => {
    const newest = await database.query<{ revision: string }>(
      "SELECT coalesce(max(revision), 0) AS revision FROM runner.functions",
    );
    const revision = newest[0]?.revision ?? "0";
    if (known?.revision === revision) return known.byId;
    const rows = await database.query<{ config: unknown; active: boolean }>(
      "SELECT config, active FROM runner.functions ORDER BY id",
    );
    const definitions = rows.map(({ config, active }) => {
      const definition = parseFunctionConfig(config);
      return active ? definition : { ...definition, events: [], crons: [] };
    });
    known = { revision, byId: new Map(definitions.map((definition) => [definition.id, definition])) };
    return known.byId;
  };
}
