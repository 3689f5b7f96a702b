import type Stripe from "stripe";
import type { Plan } from "./plans";
import { priceSchema, toMinor } from "./stripe-wire";

/**
 * Makes what Checkout and the portal need in a Stripe account: a product, its yearly price under the plan's lookup key,
 * and what customers may do in the portal. Run again it makes nothing twice; a price that says something else is put
 * aside, since Stripe never changes an amount, and its key moves to a new one. Subscriptions keep the price they have.
 */
export interface PlanMade {
  readonly productId: string;
  readonly priceId: string;
  readonly portalId: string;
  /** What was not there before: "product", "price" or "portal". */
  readonly created: readonly string[];
}

/** How our own product and portal are told from others of the same account. */
export const PORTAL_MARK = { name: "tieout", value: "connect" } as const;
const MARK = { [PORTAL_MARK.name]: PORTAL_MARK.value };
const PAGE = 100;

export async function ensurePlan(stripe: Stripe, plan: Plan): Promise<PlanMade> {
  const created: string[] = [];
  const { data } = await stripe.prices.list({ lookup_keys: [plan.lookupKey], limit: 1 });
  const [present] = data.map((one) => priceSchema.parse(one));
  const productId = present?.product ?? (await findProduct(stripe));
  const product =
    productId ??
    (await stripe.products.create({ name: plan.name, description: plan.description, metadata: MARK })).id;
  if (productId === null) created.push("product");
  let priceId = present?.id;
  if (present === undefined || !isAsPlanned(present, plan)) {
    const price = await stripe.prices.create({
      product,
      currency: plan.currency.toLowerCase(),
      unit_amount: Number(plan.yearlyMinor),
      recurring: { interval: "year" },
      lookup_key: plan.lookupKey,
      transfer_lookup_key: true,
      tax_behavior: "exclusive",
      metadata: MARK,
    });
    if (present !== undefined) await stripe.prices.update(present.id, { active: false });
    priceId = price.id;
    created.push("price");
  }
  const portal = await ensurePortal(stripe, product, priceId ?? "");
  if (portal.isNew) created.push("portal");
  return { productId: product, priceId: priceId ?? "", portalId: portal.id, created };
}

async function findProduct(stripe: Stripe): Promise<string | null> {
  for await (const product of stripe.products.list({ active: true, limit: PAGE }))
    if (product.metadata[PORTAL_MARK.name] === PORTAL_MARK.value) return product.id;
  return null;
}

function isAsPlanned(price: ReturnType<(typeof priceSchema)["parse"]>, plan: Plan): boolean {
  return (
    price.active &&
    price.currency === plan.currency &&
    price.unit_amount !== null &&
    toMinor(price.unit_amount, price.currency) === plan.yearlyMinor &&
    price.recurring?.interval === "year" &&
    price.recurring.interval_count === 1
  );
}

async function ensurePortal(
  stripe: Stripe,
  product: string,
  price: string,
): Promise<{ id: string; isNew: boolean }> {
  const wish: Stripe.BillingPortal.ConfigurationCreateParams = {
    features: {
      customer_update: { enabled: true, allowed_updates: ["email", "address", "tax_id"] },
      invoice_history: { enabled: true },
      payment_method_update: { enabled: true },
      subscription_cancel: { enabled: true, mode: "at_period_end", proration_behavior: "none" },
      subscription_update: {
        enabled: true,
        default_allowed_updates: ["quantity"],
        products: [{ product, prices: [price] }],
        proration_behavior: "always_invoice",
      },
    },
    metadata: MARK,
  };
  const { data } = await stripe.billingPortal.configurations.list({ active: true, limit: PAGE });
  const own = data.find(({ metadata }) => metadata?.[PORTAL_MARK.name] === PORTAL_MARK.value);
  if (own !== undefined) {
    await stripe.billingPortal.configurations.update(own.id, wish);
    return { id: own.id, isNew: false };
  }
  const made = await stripe.billingPortal.configurations.create(wish);
  return { id: made.id, isNew: true };
}
