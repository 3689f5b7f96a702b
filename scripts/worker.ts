import { functions } from "@/inngest";
import { inngest } from "@/inngest/inngest";
import { serveFunctions } from "@/inngest/serve-node";

/**
 * The step functions without web pages: a worker process. Port by WORKER_PORT in the arguments (`worker.ts 4020`).
 * Prints its address once it answers.
 */
const port = Number(process.argv[2] ?? "0");
const served = await serveFunctions({ client: inngest, functions, port });
process.stdout.write(`${JSON.stringify({ appUrl: served.appUrl })}\n`);

const end = (): void => {
  served.stop().then(
    () => process.exit(0),
    () => process.exit(1),
  );
};
process.once("SIGTERM", end);
process.once("SIGINT", end);
