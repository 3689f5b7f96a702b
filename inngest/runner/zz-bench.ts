import { startEmbeddedPostgres } from "@/lib/db/embedded-postgres";
import { migrateDatabase } from "@/lib/db/migrate";
import { migrateRunner } from "@/inngest/runner/migrate-runner";
import { startRunner } from "@/inngest/runner/start-runner";
import { testClient, testRunnerOptions, freePort } from "@/inngest/runner/test-server";
import { serveFunctions } from "@/inngest/serve-node";
const cp = process.argv[2] !== "0";
const limited = process.argv[3] === "limited";
const pgs = await startEmbeddedPostgres({ dir: "/tmp/rb/pg", durable: true });
const name = `b${Date.now()}`;
const urls = pgs.urls(name);
await migrateDatabase(urls.ownerUrl, { rolePasswords: pgs.rolePasswords });
await migrateRunner(urls.ownerUrl);
const port = await freePort();
const client = testClient(`http://127.0.0.1:${port}`, cp);
const fn = client.createFunction({ id: "seq", triggers: { event: "seq" }, ...(limited ? { concurrency: { limit: 20, key: "event.data.k" } } : {}) }, async ({ step, event }) => {
  for (let i = 0; i < Number(event.data.n); i++) await step.run(`s${i}`, () => ({ i, text: "counters only" }));
});
const served = await serveFunctions({ client, functions: [fn], port: 0 });
const runner = await startRunner({ ...testRunnerOptions(urls.runnerUrl, served.appUrl, port), pollIntervalMs: 1000 });
await runner.registered();
async function one(n: number) {
  const { ids } = await client.send({ name: "seq", data: { n, k: "a" } });
  let run; while (!run) run = (await runner.listRunsOfEvent(ids[0]!))[0];
  const r = await runner.waitForRun(run.run_id, 120000);
  if (r.status !== "Completed") throw new Error(JSON.stringify(r));
}
await one(20);
for (let i = 0; i < 3; i++) { const t = performance.now(); await one(100); console.log(`cp=${cp} limited=${limited} 100 steps: ${(100000 / (performance.now() - t)).toFixed(0)} steps/s`); }
const t = performance.now();
await Promise.all(Array.from({ length: 10 }, () => one(100)));
console.log(`cp=${cp} 10x100: ${(1000000 / (performance.now() - t)).toFixed(0)} steps/s`);
await runner.stop(); await served.stop(); await pgs.stop();
