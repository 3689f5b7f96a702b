/**
 * How often something may be tried: counted in PostgreSQL, hence once for every process, in windows that begin with the
 * first try. The table holds keyed hashes, so that it tells nobody who signs in here. Each try is counted as it is made,
 * in a transaction of its own: what comes after cannot take it back.
 */
import { createHmac } from "node:crypto";
import { z } from "zod";
import type { Database } from "@/lib/db/client";

export interface AttemptRule {
  /** What is limited; a part of the key. */
  readonly what: string;
  readonly attemptsMax: number;
  readonly windowMs: number;
}

export interface AttemptCounter {
  readonly database: Database;
  /** Of the installation; a hash without it would be found by trying addresses. */
  readonly secret: string;
  readonly now: Date;
}

const rowSchema = z.object({ attempts: z.int(), window_ends: z.date() });

/** Counts one try; 0 where it may go on, else the seconds after which to try again. */
export async function takeAttempt(counter: AttemptCounter, rule: AttemptRule, who: string): Promise<number> {
  const { database, now } = counter;
  const keyHash = keyOf(counter, rule, who);
  const ends = new Date(now.getTime() + rule.windowMs);
  const rows = await database.withoutWorkspace(
    (tx) => tx.$queryRaw`
      INSERT INTO attempt_limits AS l (key_hash, attempts, window_ends) VALUES (${keyHash}, 1, ${ends})
      ON CONFLICT (key_hash) DO UPDATE SET
        attempts = CASE WHEN l.window_ends <= ${now} THEN 1 ELSE least(l.attempts, 1000000) + 1 END,
        window_ends = CASE WHEN l.window_ends <= ${now} THEN ${ends} ELSE l.window_ends END
      RETURNING attempts, window_ends`,
  );
  const [row] = z.array(rowSchema).min(1).parse(rows);
  if (row === undefined || row.attempts <= rule.attemptsMax) return 0;
  return Math.max(1, Math.ceil((row.window_ends.getTime() - now.getTime()) / 1000));
}

/** Forgets what was counted for somebody, once they were right. */
export async function forgetAttempts(counter: AttemptCounter, rule: AttemptRule, who: string): Promise<void> {
  const keyHash = keyOf(counter, rule, who);
  await counter.database.withoutWorkspace((tx) => tx.attemptLimit.deleteMany({ where: { keyHash } }));
}

/** Deletes what no window holds any more. */
export async function forgetOldAttempts({ database, now }: AttemptCounter): Promise<void> {
  await database.withoutWorkspace((tx) => tx.attemptLimit.deleteMany({ where: { windowEnds: { lt: now } } }));
}

const keyOf = ({ secret }: AttemptCounter, { what }: AttemptRule, who: string): string =>
  createHmac("sha256", secret)
    .update(JSON.stringify(["attempt", what, who]))
    .digest("hex");
