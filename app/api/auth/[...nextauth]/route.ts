import type { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { createAuthOptions } from "@/lib/auth/options";
import { getRuntime } from "@/lib/operations/runtime";

/** next-auth's own routes. Its client-side log is not taken: anyone could write to our logs through it. */
interface Context {
  readonly params: Promise<{ nextauth: string[] }>;
}

async function handle(request: NextRequest, context: Context): Promise<Response> {
  const [action] = (await context.params).nextauth;
  if (action === "_log") return new Response(null, { status: 204 });
  const { database, env, logger } = await getRuntime();
  const options = createAuthOptions({
    database,
    logger,
    origin: env.APP_ORIGIN,
    secret: env.NEXTAUTH_SECRET,
    xero: {
      authority: env.XERO_AUTHORITY,
      clientId: env.XERO_CLIENT_ID,
      clientSecret: env.XERO_CLIENT_SECRET,
    },
  });
  return NextAuth(request, context, options);
}

export { handle as GET, handle as POST };
