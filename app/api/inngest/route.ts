import type { NextRequest } from "next/server";

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

const handle = (method: Method) => async (request: NextRequest, context: Context) => {
  handlers ??= createHandlers();
  return (await handlers)[method](request, context);
};

export const GET = handle("GET");
export const POST = handle("POST");
export const PUT = handle("PUT");
