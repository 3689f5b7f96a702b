/** What Stripe leaves to the account's settings, as positions that tests choose. */
import type { SwitchDeclarations } from "@/sandbox/kit/switches";

export const STRIPE_SWITCHES = {
  "stripe.after-retries": {
    about:
      "What becomes of a subscription when the last try to collect a renewal fails: an account setting at Stripe (canceled, unpaid, or left past due).",
    positions: ["canceled", "unpaid", "past-due"],
    initial: "canceled",
  },
} as const satisfies SwitchDeclarations;
