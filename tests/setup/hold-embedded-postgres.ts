import { startEmbeddedPostgres } from "@/lib/db/embedded-postgres";

/*
 * A program that starts the embedded server of a folder and holds it until it is killed; for tests of what happens
 * then. It writes "started" once the server answers.
 */

const dir = process.argv[2];
if (dir === undefined) throw new Error("name the folder of the server");
await startEmbeddedPostgres({ dir });
process.stdout.write("started\n");
setInterval(() => {}, 60_000);
