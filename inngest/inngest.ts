import { getEnv } from "@/lib/env";
import { createLogger } from "@/lib/telemetry/logger";
import { createInngestClient } from "./client";

/** The project's client, from the environment: the embedded runner, a self-hosted server and Inngest Cloud differ only there. */
const env = getEnv();

export const inngest = createInngestClient({
  baseUrl: env.INNGEST_BASE_URL,
  eventKey: env.INNGEST_EVENT_KEY,
  signingKey: env.INNGEST_SIGNING_KEY,
  logger: createLogger(env.LOG_LEVEL),
});
