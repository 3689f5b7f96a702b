import type { NextRequest } from "next/server";
import { limitBody, tooLong } from "../limit-body";

/**
 * Where the step runner (embedded, self-hosted or Inngest Cloud) calls the functions; unsigned calls are refused.
 * The client reads the environment when it is loaded, and a build has none: hence the import at the first call.
 */
type Method = "GET" | "POST" | "PUT";
type Context = { readonly params: Promise<unknown> };

async function createHandlers() {
  const [{ serve }, { functions }, { inngest }] = await Promise.all([
    import("inngest/next"),
    import("@/inngest/index"),
    import("@/inngest/inngest"),
  ]);
  return serve({ client: inngest, functions, servePath: "/api/inngest", enableUnauthedSync: false });
}

let handlers: ReturnType<typeof createHandlers> | null = null;

/** Each request carries the results of all steps before it, of which Inngest keeps 32 MB a run at the most. */
const BODY_BYTES_MAX = 33_000_000;

const handle = (method: Method) => async (received: NextRequest, context: Context) => {
  const request = await limitBody(received, BODY_BYTES_MAX);
  if (request === null) return tooLong();
  handlers ??= createHandlers();
  return (await handlers)[method](request, context);
};

export const GET = handle("GET");
export const POST = handle("POST");
export const PUT = handle("PUT");
