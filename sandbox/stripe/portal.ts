/** The customer portal: what an account lets its customers do, and the sessions that lead there. */
import type { z } from "zod";
import { newestFirst, type StripeBooks } from "./books";
import { invalid, missing } from "./errors";
import type { portalConfigurationWish, portalSessionWish } from "./parameters";
import { presentPortalSession } from "./present-payments";
import type { PortalConfiguration, PortalSession } from "./wire";

/** Makes a configuration, or puts the wish over one that is there. The first one is the account's default. */
export function createPortalConfiguration(
  books: StripeBooks,
  wish: z.infer<typeof portalConfigurationWish>,
  before?: PortalConfiguration,
): PortalConfiguration {
  const { features } = wish;
  const configuration: PortalConfiguration = {
    id: before?.id ?? books.newId("bpc"),
    created: before?.created ?? books.now(),
    active: true,
    is_default: before?.is_default ?? books.portalConfigurations.size === 0,
    metadata: wish.metadata ?? before?.metadata ?? {},
    headline: wish.business_profile?.headline ?? before?.headline ?? null,
    mayUpdateCard: features.payment_method_update?.enabled ?? false,
    mayCancel: features.subscription_cancel?.enabled ?? false,
    mayChangeQuantity: features.subscription_update?.enabled ?? false,
    prorationBehavior: features.subscription_update?.proration_behavior ?? "none",
    products: (features.subscription_update?.products ?? []).map(({ product, prices }) => ({
      product,
      prices,
    })),
  };
  if (configuration.mayChangeQuantity && configuration.products.length === 0)
    throw invalid(
      "You must specify `products` when enabling subscription updates.",
      "features[subscription_update][products]",
    );
  books.portalConfigurations.put(configuration.id, configuration);
  return configuration;
}

export function createPortalSession(
  books: StripeBooks,
  wish: z.infer<typeof portalSessionWish>,
): ReturnType<typeof presentPortalSession> {
  if (books.customers.get(wish.customer) === undefined)
    throw missing("customer", wish.customer, "parameter", "customer");
  const configuration =
    wish.configuration === undefined
      ? newestFirst(books.portalConfigurations).find(({ is_default }) => is_default)
      : books.portalConfigurations.get(wish.configuration);
  if (configuration === undefined)
    throw wish.configuration === undefined
      ? invalid(
          "No configuration provided and your test mode default configuration has not been created. Provide a configuration or create your default by saving your customer portal settings in test mode at https://dashboard.stripe.com/test/settings/billing/portal.",
        )
      : missing("configuration", wish.configuration, "parameter", "configuration");
  const flow = wish.flow_data;
  const subscription =
    flow?.subscription_cancel?.subscription ?? flow?.subscription_update?.subscription ?? null;
  if (flow !== undefined && flow.type !== "payment_method_update") {
    if (subscription === null)
      throw invalid(`Missing required param: flow_data[${flow.type}].`, `flow_data[${flow.type}]`);
    if (books.subscriptions.get(subscription)?.customer !== wish.customer)
      throw missing("subscription", subscription, "parameter", `flow_data[${flow.type}][subscription]`);
  }
  const session: PortalSession = {
    id: books.newId("bps"),
    created: books.now(),
    customer: wish.customer,
    configuration: configuration.id,
    return_url: wish.return_url ?? null,
    secret: books.newId("test"),
    flow: flow === undefined ? null : { type: flow.type, subscription },
  };
  books.portalSessions.put(session.id, session);
  return presentPortalSession(books, session);
}
