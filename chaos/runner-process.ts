import { z } from "zod";
import { startRunner } from "@/inngest/runner/start-runner";

/** The embedded step runner as a process of its own, so that it can be killed apart from what it drives. */
const optionsSchema = z.object({
  databaseUrl: z.string(),
  appUrl: z.string(),
  port: z.int(),
  signingKey: z.string(),
  eventKey: z.string(),
  pollIntervalMs: z.int(),
  retryDelayMs: z.int(),
  requestTimeoutMs: z.int(),
});
export type RunnerProcessOptions = z.output<typeof optionsSchema>;

const { retryDelayMs, ...options } = optionsSchema.parse(JSON.parse(process.argv[2] ?? "{}"));
const runner = await startRunner({ ...options, retryDelayMs: () => retryDelayMs, stopGraceMs: 500 });
process.stdout.write(`${JSON.stringify({ origin: runner.origin })}\n`);

const end = (): void => {
  runner.stop().then(
    () => process.exit(0),
    () => process.exit(1),
  );
};
process.once("SIGTERM", end);
process.once("SIGINT", end);
// The pipe to the starter closes when it is gone, also when it was killed.
process.stdin.once("close", end);
process.stdin.resume();
