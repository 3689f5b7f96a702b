import type { z } from "zod";
import { readRequestBody } from "@/app/_requests/read-request-body";
import { describeDevice } from "@/lib/auth/describe-device";
import { getRuntime } from "@/lib/operations/runtime";
import { requestPlace } from "./request-place";

/**
 * The one way a sign-in form is answered by a route: from our own pages alone, as JSON, with a status that says what
 * happened (413 where it is longer than any form, 429 where it was tried too often). Who sends it has no session, so a
 * limited piece of it is read and no more. What was typed or sent is never logged.
 */
export interface FormCaller {
  readonly place: string;
  readonly device: string;
}

export type FormAnswer =
  | { readonly ok: true; readonly data: unknown }
  | { readonly ok: false; readonly error: { readonly message: string; readonly waitSeconds: number } };

const BODY_BYTES_MAX = 16_000;

export async function answerForm<Input>(
  request: Request,
  schema: z.ZodType<Input>,
  work: (input: Input, caller: FormCaller) => Promise<FormAnswer>,
): Promise<Response> {
  if (!request.headers.get("content-type")?.startsWith("application/json"))
    return say(415, "This form is sent by its own page alone.");
  const body = await readRequestBody(request, BODY_BYTES_MAX);
  if (body === null) return say(413, "That is longer than this form.", { connection: "close" });
  const { env, logger, ids } = await getRuntime();
  if (request.headers.get("origin") !== env.APP_ORIGIN) return say(403, "This form belongs to another site.");
  const parsed = schema.safeParse(jsonOrNull(new TextDecoder().decode(body)));
  if (!parsed.success) return say(400, parsed.error.issues[0]?.message ?? "Something is missing.");
  try {
    const answer = await work(parsed.data, {
      place: requestPlace(request),
      device: describeDevice(request.headers.get("user-agent")),
    });
    if (answer.ok) return Response.json({ data: answer.data }, { headers: NOT_KEPT });
    const { message, waitSeconds } = answer.error;
    return waitSeconds === 0 ? say(409, message) : say(429, message, { "retry-after": String(waitSeconds) });
  } catch (thrown) {
    const errorId = ids.next().slice(0, 8);
    logger.error({ err: thrown, errorId }, "a sign-in form failed unexpectedly");
    return say(
      500,
      `That did not work, and it is not your doing. Try again in a moment. Reference ${errorId}`,
    );
  }
}

const NOT_KEPT = { "cache-control": "no-store" };

const say = (status: number, message: string, headers: Record<string, string> = {}): Response =>
  Response.json({ message }, { status, headers: { ...NOT_KEPT, ...headers } });

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
