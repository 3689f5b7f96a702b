import { makePlan } from "@/lib/operations/billing/make-plan";
import { closeRuntime } from "@/lib/operations/runtime";

/*
 * npm run stripe:prices: makes the plan in the Stripe account of the environment, or changes it to what the pages say.
 * Run again it makes nothing twice. Prints what there is, and what was not there before.
 */
try {
  const made = await makePlan();
  if (made === null) {
    console.error(
      "STRIPE_SECRET_KEY and STRIPE_WEBHOOK_SECRET are not set, so there is no account to make it in.",
    );
    process.exitCode = 1;
  } else {
    console.log(`product ${made.productId}\nprice   ${made.priceId}\nportal  ${made.portalId}`);
    console.log(made.created.length === 0 ? "All of it was there." : `New: ${made.created.join(", ")}.`);
  }
} finally {
  await closeRuntime();
}
