import { randomUUID } from "node:crypto";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import pg from "pg";
import { inject } from "vitest";
import { z } from "zod";
import { type DatabaseUrls, databaseNameIn, urlOfDatabase } from "@/lib/db/urls";

/*
 * A database of its own for a test file: every migration applied, no rows, real roles and policies. A clone of the
 * template takes a fraction of a second.
 */

export interface TestDatabase extends DatabaseUrls {
  /** Also ends connections that are still open. */
  drop(): Promise<void>;
}

const answerSchema = z.union([
  z.object({
    urls: z.object({
      ownerUrl: z.string(),
      appUrl: z.string(),
      systemUrl: z.string(),
      runnerUrl: z.string(),
    }),
  }),
  z.object({ failure: z.string() }),
]);

/** Clones the migrated template. Call it in beforeAll and drop in afterAll, after the clients are disconnected. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const answer = answerSchema.parse(JSON.parse(await text(connect(inject("testPostgresPort"), "127.0.0.1"))));
  if ("failure" in answer) throw new Error(`the test database did not start: ${answer.failure}`);
  const { urls } = answer;
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  const maintenanceUrl = urlOfDatabase(urls.ownerUrl, "postgres");
  await runStatement(maintenanceUrl, `CREATE DATABASE ${name} TEMPLATE ${databaseNameIn(urls.ownerUrl)}`);
  return {
    ownerUrl: urlOfDatabase(urls.ownerUrl, name),
    appUrl: urlOfDatabase(urls.appUrl, name),
    systemUrl: urlOfDatabase(urls.systemUrl, name),
    runnerUrl: urlOfDatabase(urls.runnerUrl, name),
    drop: () => dropDatabase(maintenanceUrl, name),
  };
}

const INSUFFICIENT_PRIVILEGE = "42501";
const DROP_TRIES_MAX = 500;

/**
 * The server's own housekeeping may be in the database at that moment, and only a superuser may end that: then it is
 * tried again, since such a visit is short.
 */
async function dropDatabase(maintenanceUrl: string, name: string): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      await runStatement(maintenanceUrl, `DROP DATABASE ${name} WITH (FORCE)`);
      return;
    } catch (thrown) {
      const isHousekeeping = thrown instanceof pg.DatabaseError && thrown.code === INSUFFICIENT_PRIVILEGE;
      if (!isHousekeeping || tries === DROP_TRIES_MAX) throw thrown;
    }
  }
}

async function runStatement(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
