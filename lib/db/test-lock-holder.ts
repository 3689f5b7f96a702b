import { createInterface } from "node:readline";
import { z } from "zod";
import { createDatabase } from "./client";

/*
 * A process for a test to stop in its tracks while it holds a row: it says "held" once it does, tries to go on at the
 * next line of its input, and says whether it could.
 */
const optionsSchema = z.object({ appUrl: z.string(), systemUrl: z.string(), workspaceId: z.string() });
const { workspaceId, ...urls } = optionsSchema.parse(JSON.parse(process.argv[2] ?? "{}"));
const database = createDatabase(urls);

const input = createInterface({ input: process.stdin });
const nextLine = new Promise((resolve) => input.once("line", resolve));
const outcome = await database
  .withWorkspace(
    workspaceId,
    async (tx) => {
      await tx.workspace.update({ where: { id: workspaceId }, data: { name: "held" } });
      process.stdout.write("held\n");
      await nextLine;
      await tx.workspace.update({ where: { id: workspaceId }, data: { name: "too late" } });
    },
    { timeoutMs: 600_000 },
  )
  .then(
    () => "committed",
    () => "refused",
  );
process.stdout.write(`${outcome}\n`);
await database.disconnect();
process.exit(0);
