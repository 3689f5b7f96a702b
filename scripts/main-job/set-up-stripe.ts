import { createStripeDesk } from "@/lib/billing/stripe-desk";
import type { Stack } from "../stack";

/** Makes the plan in the sandbox's Stripe, and has its events sent to the web app. */
export async function setUpStripe({ env, sandbox }: Pick<Stack, "env" | "sandbox">): Promise<void> {
  const { secretKey, webhookSecret, api } = sandbox.stripe;
  await createStripeDesk({ secretKey, webhookSecret, apiBase: api }).ensurePlan();
  const answer = await fetch(`${sandbox.origin}/control/stripe/webhook`, {
    method: "POST",
    body: JSON.stringify({ url: `${env.APP_ORIGIN}/api/webhooks/stripe` }),
  });
  if (!answer.ok) throw new Error(`the sandbox refused the address of Stripe's events: ${answer.status}`);
}
