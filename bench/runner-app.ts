import { z } from "zod";
import { createInngestClient } from "@/inngest/client";
import { serveFunctions } from "@/inngest/serve-node";

/**
 * The functions of the benchmark `runner`, in a process of their own as the web app is: a long chain of steps that goes
 * on in a new run before the old one carries too many, and a job without any step.
 */
const optionsSchema = z.object({
  runnerOrigin: z.string(),
  signingKey: z.string(),
  eventKey: z.string(),
  stepsARun: z.int(),
});
export type RunnerAppOptions = z.output<typeof optionsSchema>;

const chainSchema = z.object({ chain: z.string(), stepsLeft: z.int() });

async function serveBenchFunctions(options: RunnerAppOptions): Promise<string> {
  const client = createInngestClient({
    id: "bench",
    baseUrl: options.runnerOrigin,
    eventKey: options.eventKey,
    signingKey: options.signingKey,
    logger: { info() {}, warn() {}, error() {}, debug() {} },
  });
  const chain = client.createFunction(
    {
      id: "chain",
      triggers: { event: "chain" },
      retries: 4,
      concurrency: { limit: 1, key: "event.data.chain" },
    },
    async ({ event, step }) => {
      const { chain: name, stepsLeft } = chainSchema.parse(event.data);
      const here = Math.min(stepsLeft, options.stepsARun);
      for (let index = 0; index < here; index += 1)
        await step.run(`piece-${index}`, () => ({ done: false, waitMs: 0, index }));
      if (stepsLeft > here)
        await step.sendEvent("continue", {
          name: "chain",
          data: { chain: name, stepsLeft: stepsLeft - here },
        });
    },
  );
  const job = client.createFunction(
    { id: "job", triggers: { event: "job" }, retries: 4 },
    async () => "done",
  );
  const served = await serveFunctions({ client, functions: [chain, job], port: 0 });
  return served.appUrl;
}

const options = optionsSchema.parse(JSON.parse(process.argv[2] ?? "{}"));
process.stdout.write(`${JSON.stringify({ appUrl: await serveBenchFunctions(options) })}\n`);
