import { randomUUID } from "node:crypto";
import pg from "pg";
import { z } from "zod";
import { serveFunctions } from "@/inngest/serve-node";
import { startRunner } from "./start-runner";
import { testClient, testRunnerOptions } from "./test-server";

/*
 * Half of a machine for a test to kill: a runner, or the app that it drives. Each step of the app's function gives a
 * value of its own and writes down which values of earlier steps it was handed.
 */
const optionsSchema = z.object({
  name: z.string(),
  role: z.enum(["runner", "app"]),
  databaseUrl: z.string(),
  witnessUrl: z.string(),
  runnerPort: z.int(),
  appPort: z.int(),
  steps: z.int(),
});
export type TestMachineOptions = z.infer<typeof optionsSchema>;

async function serveApp({ name, witnessUrl, runnerPort, appPort, steps }: TestMachineOptions): Promise<void> {
  const witness = new pg.Pool({ connectionString: witnessUrl, max: 4 });
  const client = testClient(`http://127.0.0.1:${runnerPort}`);
  const chain = client.createFunction(
    { id: "chain", triggers: { event: "chain" }, retries: 20 },
    async ({ event, step }) => {
      const values: string[] = [];
      for (let index = 0; index < steps; index += 1) {
        const value = await step.run(`step-${index}`, async () => {
          await witness.query(
            "INSERT INTO public.witness (chain, step, app, earlier) VALUES ($1, $2, $3, $4)",
            [event.data.chain, index, name, values],
          );
          return randomUUID();
        });
        values.push(value);
      }
      return values;
    },
  );
  await serveFunctions({ client, functions: [chain], port: appPort });
}

const options = optionsSchema.parse(JSON.parse(process.argv[2] ?? "{}"));
if (options.role === "app") await serveApp(options);
else {
  const appUrl = `http://127.0.0.1:${options.appPort}/api/inngest`;
  await startRunner(testRunnerOptions(options.databaseUrl, appUrl, options.runnerPort));
}
process.stdout.write(`${JSON.stringify("ready")}\n`);
