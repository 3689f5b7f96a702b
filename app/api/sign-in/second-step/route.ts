import { cookies } from "next/headers";
import { answerForm } from "@/app/_access/answer-form";
import { codeFormSchema } from "@/app/(auth)/sign-in/schema";
import { isSecure, secondStepCookieName, sessionCookieName } from "@/lib/auth/session-token";
import { getRuntime } from "@/lib/operations/runtime";
import { passSecondStep } from "@/lib/operations/sign-in/second-step";

/** Takes the code of the second step and begins the session, in a cookie that scripts cannot read. */
export async function POST(request: Request): Promise<Response> {
  return answerForm(request, codeFormSchema, async ({ code, name }, caller) => {
    const { env } = await getRuntime();
    const jar = await cookies();
    const pending = secondStepCookieName(env.APP_ORIGIN);
    const token = jar.get(pending)?.value ?? "";
    const passed = await passSecondStep({ token, code, name: name || null, ...caller });
    if (!passed.ok) return passed;
    jar.delete(pending);
    jar.set(sessionCookieName(env.APP_ORIGIN), passed.value.token, {
      httpOnly: true,
      sameSite: "lax",
      secure: isSecure(env.APP_ORIGIN),
      path: "/",
      expires: passed.value.expires,
    });
    return { ok: true, data: { recoveryCodes: passed.value.recoveryCodes } };
  });
}
