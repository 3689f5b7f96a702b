import { z } from "zod";
import { serveFunctions } from "@/inngest/serve-node";
import { startRunner } from "./start-runner";
import { testClient, testRunnerOptions } from "./test-server";

/*
 * A process for the crash tests to kill: a runner, an app, or both in one. It says on standard output, a JSON line each,
 * when it is ready and which steps it executes.
 */

const optionsSchema = z.object({
  role: z.enum(["runner", "app", "both"]),
  databaseUrl: z.string(),
  runnerPort: z.int(),
  appPort: z.int(),
  /** The middle step never ends, so that the kill meets it. */
  hangs: z.boolean(),
  silentAfterMs: z.int().optional(),
});
export type TestProcessOptions = z.infer<typeof optionsSchema>;

const say = (line: string) => process.stdout.write(`${JSON.stringify(line)}\n`);

async function main(options: TestProcessOptions): Promise<void> {
  const { role, runnerPort, appPort, databaseUrl, silentAfterMs } = options;
  if (role !== "runner") await serveApp(options);
  if (role !== "app") {
    const appUrl = `http://127.0.0.1:${appPort}/api/inngest`;
    const runner = await startRunner({
      ...testRunnerOptions(databaseUrl, appUrl, runnerPort),
      silentAfterMs,
    });
    await runner.registered();
  }
  say("ready");
}

async function serveApp({ runnerPort, appPort, hangs }: TestProcessOptions): Promise<void> {
  const client = testClient(`http://127.0.0.1:${runnerPort}`);
  const crash = client.createFunction(
    { id: "crash", triggers: { event: "crash" }, retries: 1 },
    async ({ step }) => {
      await step.run("before", () => say("before"));
      await step.run("middle", () => {
        say("middle");
        return hangs ? new Promise(() => {}) : "survived";
      });
      return step.run("after", () => {
        say("after");
        return "done";
      });
    },
  );
  await serveFunctions({ client, functions: [crash], port: appPort });
}

await main(optionsSchema.parse(JSON.parse(process.argv[2] ?? "{}")));
