import type { PlanMade } from "@/lib/billing/stripe-plan";
import { getRuntime } from "../runtime";

/** Makes product, price and portal in the Stripe account of the environment; null where there is none. */
export async function makePlan(): Promise<PlanMade | null> {
  const { stripe } = await getRuntime();
  return stripe?.ensurePlan() ?? null;
}
