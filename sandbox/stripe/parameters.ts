/**
 * The parameters of the simulated addresses, as text turned into what they mean. A parameter that is not listed is
 * refused as Stripe refuses one that it does not know; so is one of Stripe's that this sandbox does not simulate.
 */
import { z } from "zod";
import { StripeRefusal } from "./errors";
import type { FormValue } from "./form";

export const text = z.string().max(5_000);
export const whole = z
  .string()
  .regex(/^\d{1,12}$/)
  .transform(Number);
export const flag = z.enum(["true", "false"]).transform((value) => value === "true");
export const metadata = z.union([z.literal("").transform(() => ({})), z.record(z.string(), text)]);
export const address = z.url({ protocol: /^https?$/ });
const lines = z.array(z.strictObject({ price: text, quantity: whole.optional() })).length(1);
const tax = z.strictObject({ enabled: flag });

export const productWish = z.strictObject({
  name: text,
  description: text.optional(),
  tax_code: text.optional(),
  metadata: metadata.optional(),
});

export const priceWish = z.strictObject({
  product: text,
  currency: z.string().regex(/^[a-z]{3}$/),
  unit_amount: whole,
  recurring: z
    .strictObject({
      interval: z.enum(["day", "week", "month", "year"]),
      interval_count: whole.optional(),
    })
    .optional(),
  lookup_key: text.optional(),
  transfer_lookup_key: flag.optional(),
  nickname: text.optional(),
  tax_behavior: z.enum(["exclusive", "inclusive", "unspecified"]).optional(),
  metadata: metadata.optional(),
});

export const priceChange = z.strictObject({
  active: flag.optional(),
  nickname: text.optional(),
  lookup_key: text.optional(),
  transfer_lookup_key: flag.optional(),
  metadata: metadata.optional(),
});

export const customerWish = z.strictObject({
  email: text.optional(),
  name: text.optional(),
  metadata: metadata.optional(),
  test_clock: text.optional(),
  payment_method: text.optional(),
  invoice_settings: z.strictObject({ default_payment_method: text }).optional(),
});

export const sessionWish = z.strictObject({
  mode: z.literal("subscription"),
  ui_mode: z.literal("hosted_page").optional(),
  customer: text.optional(),
  customer_email: text.optional(),
  client_reference_id: text.optional(),
  success_url: address,
  cancel_url: address.optional(),
  line_items: lines,
  automatic_tax: tax.optional(),
  tax_id_collection: tax.optional(),
  billing_address_collection: z.enum(["auto", "required"]).optional(),
  customer_update: z
    .strictObject({ address: z.enum(["auto", "never"]), name: z.enum(["auto", "never"]) })
    .partial()
    .optional(),
  metadata: metadata.optional(),
  subscription_data: z
    .strictObject({ metadata: metadata.optional(), trial_period_days: whole.optional() })
    .optional(),
});

const endBehavior = z.strictObject({
  end_behavior: z.strictObject({
    missing_payment_method: z.enum(["cancel", "create_invoice", "pause"]),
  }),
});
const proration = z.enum(["always_invoice", "create_prorations", "none"]);

export const subscriptionWish = z.strictObject({
  customer: text,
  items: lines,
  trial_period_days: whole.optional(),
  trial_settings: endBehavior.optional(),
  default_payment_method: text.optional(),
  payment_behavior: z.enum(["allow_incomplete", "default_incomplete", "error_if_incomplete"]).optional(),
  automatic_tax: tax.optional(),
  metadata: metadata.optional(),
});

export const subscriptionChange = z.strictObject({
  cancel_at_period_end: flag.optional(),
  default_payment_method: text.optional(),
  items: z
    .array(z.strictObject({ id: text, quantity: whole }))
    .length(1)
    .optional(),
  proration_behavior: proration.optional(),
  metadata: metadata.optional(),
});

export const previewWish = z.strictObject({
  customer: text.optional(),
  subscription: text,
  subscription_details: z
    .strictObject({
      items: z.array(z.strictObject({ id: text, quantity: whole })).length(1),
      proration_behavior: proration.optional(),
    })
    .optional(),
});

const feature = z.strictObject({ enabled: flag });
export const portalConfigurationWish = z.strictObject({
  business_profile: z.strictObject({ headline: text.optional() }).optional(),
  metadata: metadata.optional(),
  features: z.strictObject({
    customer_update: z.strictObject({ enabled: flag, allowed_updates: z.array(text).optional() }).optional(),
    invoice_history: feature.optional(),
    payment_method_update: feature.optional(),
    subscription_cancel: z
      .strictObject({
        enabled: flag,
        mode: z.literal("at_period_end").optional(),
        proration_behavior: z.literal("none").optional(),
      })
      .optional(),
    subscription_update: z
      .strictObject({
        enabled: flag,
        default_allowed_updates: z.array(z.enum(["quantity"])).optional(),
        products: z
          .array(
            z.strictObject({
              product: text,
              prices: z.array(text),
              adjustable_quantity: z
                .strictObject({ enabled: flag, minimum: whole.optional(), maximum: whole.optional() })
                .optional(),
            }),
          )
          .optional(),
        proration_behavior: proration.optional(),
      })
      .optional(),
  }),
});

export const portalSessionWish = z.strictObject({
  customer: text,
  configuration: text.optional(),
  return_url: address.optional(),
  flow_data: z
    .strictObject({
      type: z.enum(["payment_method_update", "subscription_cancel", "subscription_update"]),
      subscription_cancel: z.strictObject({ subscription: text }).optional(),
      subscription_update: z.strictObject({ subscription: text }).optional(),
    })
    .optional(),
});

export const endpointWish = z.strictObject({ url: address, enabled_events: z.array(text).min(1) });
export const clockWish = z.strictObject({ frozen_time: whole, name: text.optional() });
export const clockAdvance = z.strictObject({ frozen_time: whole });
export const creditNoteWish = z.strictObject({ invoice: text, refund_amount: whole });
export const nothing = z.strictObject({});

export const page = {
  limit: whole.pipe(z.number().min(1).max(100)).optional(),
  starting_after: text.optional(),
};

/** The parameters as the schema wants them, or Stripe's refusal that names the first that is wrong. */
export function readParameters<T>(schema: z.ZodType<T>, given: Record<string, FormValue>): T {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const path = issue?.path.map(String) ?? [];
  if (issue?.code === "unrecognized_keys") {
    const name = nameOf([...path, issue.keys[0] ?? ""]);
    throw refusal(`Received unknown parameter: ${name}`, name, "parameter_unknown");
  }
  const name = nameOf(path);
  const isMissing = issue?.code === "invalid_type" && valueAt(given, path) === undefined;
  throw isMissing
    ? refusal(`Missing required param: ${name}.`, name, "parameter_missing")
    : refusal(`Invalid ${name}: ${issue?.message ?? "not valid"}`, name, "parameter_invalid");
}

function refusal(message: string, param: string, code: string): StripeRefusal {
  return new StripeRefusal({ status: 400, type: "invalid_request_error", message, param, code });
}

const nameOf = ([first = "", ...rest]: readonly string[]): string =>
  `${first}${rest.map((part) => `[${part}]`).join("")}`;

function valueAt(given: FormValue, path: readonly string[]): FormValue | undefined {
  let value: FormValue | undefined = given;
  for (const part of path) {
    if (value === undefined || typeof value === "string") return undefined;
    value = Array.isArray(value) ? value[Number(part)] : value[part];
  }
  return value;
}
