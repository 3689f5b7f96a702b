import { createServer, type Server } from "node:net";
import type { TestProject } from "vitest/node";
import { startTemporaryPostgres } from "@/lib/db/embedded-postgres";
import { migrateDatabase } from "@/lib/db/migrate";
import { errorText } from "@/lib/kernel/errors";
import { generatePrismaClient } from "@/scripts/prisma-generate";

/*
 * One real PostgreSQL for all test files, started when the first of them asks for a database and not before: a run of
 * pure tests costs nothing. Every migration is applied once, into a template that tests/setup/database.ts clones.
 */

declare module "vitest" {
  interface ProvidedContext {
    /** Where a connection is answered with one line of JSON: the addresses of the template database. */
    testPostgresPort: number;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await generatePrismaClient();
  let starting: ReturnType<typeof startTemplate> | undefined;
  const desk = createServer((socket) => {
    socket.on("error", () => {});
    starting ??= startTemplate();
    starting.then(
      ({ urls }) => socket.end(JSON.stringify({ urls })),
      (error: unknown) => socket.end(JSON.stringify({ failure: describeFailure(error) })),
    );
  });
  project.provide("testPostgresPort", await listen(desk));
  return async () => {
    desk.close();
    // A failure to start was told to the tests that asked.
    await starting?.then(
      (template) => template.stop(),
      () => {},
    );
  };
}

function describeFailure(error: unknown): string {
  const cause = error instanceof Error && error.cause !== undefined ? `: ${errorText(error.cause)}` : "";
  return errorText(error) + cause;
}

async function startTemplate() {
  const server = await startTemporaryPostgres();
  const urls = server.urls("template_tieout");
  await migrateDatabase(urls.ownerUrl, { rolePasswords: server.rolePasswords }).catch(
    async (error: unknown) => {
      await server.stop();
      throw error;
    },
  );
  return { urls, stop: server.stop };
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the desk listens on a port");
  return address.port;
}
