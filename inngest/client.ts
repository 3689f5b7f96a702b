import { Inngest, type Logger } from "inngest";
import { httpFetch } from "@/lib/http/http-fetch";

/*
 * The one Inngest client of the project, always in signed mode, whatever server it talks to. All of its settings are
 * passed in: options win over the environment in the SDK. Where an option is absent the SDK itself reads
 * INNGEST_BASE_URL, INNGEST_EVENT_KEY, INNGEST_SIGNING_KEY (and _FALLBACK), INNGEST_ENV, and, in serve(),
 * INNGEST_SERVE_ORIGIN and INNGEST_SERVE_PATH; INNGEST_DEV does nothing, since isDev is set here.
 */

/** Part of every function's id on the server: changing it orphans all open runs. */
export const INNGEST_APP_ID = "tieout";

export interface InngestClientOptions {
  readonly id?: string;
  /** The runner's origin, or an Inngest server's; absent means Inngest Cloud. */
  readonly baseUrl?: string;
  readonly eventKey: string;
  readonly signingKey: string;
  readonly logger?: Logger;
  /** False sends one request a step, as servers without checkpoints need. */
  readonly checkpointing?: boolean;
}

export function createInngestClient(options: InngestClientOptions): Inngest {
  return new Inngest({
    id: options.id ?? INNGEST_APP_ID,
    isDev: false,
    baseUrl: options.baseUrl,
    eventKey: options.eventKey,
    signingKey: options.signingKey,
    logger: options.logger,
    checkpointing: options.checkpointing ?? true,
    aiMetadata: false,
    fetch: httpFetch,
  });
}
