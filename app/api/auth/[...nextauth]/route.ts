import type { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { requestPlace } from "@/app/_access/request-place";
import { limitBody, tooLong } from "@/app/api/limit-body";
import { describeDevice } from "@/lib/auth/describe-device";
import { createAuthOptions } from "@/lib/auth/options";
import { getRuntime } from "@/lib/operations/runtime";
import { limitPlace } from "@/lib/operations/sign-in/sign-in-limits";

/** next-auth's own routes. Its client-side log is not taken: anyone could write to our logs through it. */
interface Context {
  readonly params: Promise<{ nextauth: string[] }>;
}

/** A form of next-auth has a token and an address or two. */
const BODY_BYTES_MAX = 16_000;

async function handle(received: NextRequest, context: Context): Promise<Response> {
  const request = await limitBody(received, BODY_BYTES_MAX);
  if (request === null) return tooLong();
  const [action] = (await context.params).nextauth;
  if (action === "_log") return new Response(null, { status: 204 });
  const runtime = await getRuntime();
  const { database, env, logger } = runtime;
  if (action === "signin" && request.method === "POST") {
    const refused = await limitPlace(runtime, requestPlace(request));
    if (refused) return tooMany(refused);
  }
  const options = createAuthOptions({
    database,
    logger,
    device: describeDevice(request.headers.get("user-agent")),
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

/** Said as next-auth's own client hears it: an address to go to. */
function tooMany({ message, waitSeconds }: { message: string; waitSeconds: number }): Response {
  return Response.json(
    { url: "/sign-in?error=TooMany", message },
    { status: 429, headers: { "retry-after": String(waitSeconds), "cache-control": "no-store" } },
  );
}

export { handle as GET, handle as POST };
