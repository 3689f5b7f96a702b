/** What the tests of the simulated Stripe share: an account with one yearly plan, and a person on its pages. */
import { sendPlain } from "@/sandbox/kit/plain-request";

/** Presses a button of a hosted page; answers where the browser is sent, or the page that it stays on. */
export async function press(
  url: string,
  form: Readonly<Record<string, string>>,
): Promise<{ status: number; location: string | null; text: string }> {
  const answer = await sendPlain(url, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams(form).toString(),
  });
  return { status: answer.status, location: answer.headers.get("location"), text: answer.text };
}
