import { answerForm } from "@/app/_access/answer-form";
import { parseReturnPath } from "@/app/_access/return-path";
import { mailFormSchema } from "@/app/(auth)/sign-in/schema";
import { requestSignInLink } from "@/lib/operations/sign-in/request-link";

/** Asks for a link by mail. The answer is the same for an address that nobody has here. */
export async function POST(request: Request): Promise<Response> {
  return answerForm(request, mailFormSchema, async ({ email, returnPath }, { place }) => {
    const asked = await requestSignInLink({ email, returnPath: parseReturnPath(returnPath), place });
    return asked.ok ? { ok: true, data: null } : asked;
  });
}
