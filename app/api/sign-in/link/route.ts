import { cookies } from "next/headers";
import { answerForm } from "@/app/_access/answer-form";
import { linkSchema } from "@/app/(auth)/sign-in/schema";
import { isSecure, secondStepCookieName } from "@/lib/auth/session-token";
import { getRuntime } from "@/lib/operations/runtime";
import { takeSignInLink } from "@/lib/operations/sign-in/take-link";

/** Uses up a mailed link. A press of a person's, never a visit: mail scanners open links and press nothing. */
export async function POST(request: Request): Promise<Response> {
  return answerForm(request, linkSchema, async ({ token }, { place }) => {
    const taken = await takeSignInLink({ token, place });
    if (!taken.ok) return taken;
    const { env } = await getRuntime();
    (await cookies()).set(secondStepCookieName(env.APP_ORIGIN), taken.value.token, {
      httpOnly: true,
      sameSite: "lax",
      secure: isSecure(env.APP_ORIGIN),
      path: "/",
      expires: taken.value.expires,
    });
    return { ok: true, data: null };
  });
}
