import { z } from "zod";

/**
 * What Tieout reads of Stripe's objects, parsed at the edge: amounts become bigint minor units, Unix seconds become
 * instants. Stripe's minor units are those of ISO 4217 but for the currencies below.
 * https://docs.stripe.com/currencies (checked 2026-11-21)
 */
const instant = z.int().transform((seconds) => new Date(seconds * 1000));
const currency = z
  .string()
  .regex(/^[a-z]{3}$/)
  .transform((code) => code.toUpperCase());
/** An object, or its id where it is not expanded. */
const idOf = z
  .union([z.string(), z.object({ id: z.string() })])
  .transform((one) => (typeof one === "string" ? one : one.id));

/** Stripe counts hundredths of these, which have none in ISO 4217. */
const HUNDREDTHS: ReadonlySet<string> = new Set(["ISK", "UGX"]);

/** Minor units of ISO 4217 in an amount on Stripe's wire. */
export function toMinor(amount: number, code: string): bigint {
  return HUNDREDTHS.has(code) ? BigInt(amount) / 100n : BigInt(amount);
}

export const priceSchema = z.object({
  id: z.string(),
  active: z.boolean(),
  currency,
  unit_amount: z.int().nullable(),
  product: idOf,
  recurring: z.object({ interval: z.string(), interval_count: z.int() }).nullable(),
});

export const subscriptionSchema = z.object({
  id: z.string(),
  status: z.enum([
    "incomplete",
    "incomplete_expired",
    "trialing",
    "active",
    "past_due",
    "canceled",
    "unpaid",
    "paused",
  ]),
  created: instant,
  cancel_at: instant.nullable(),
  ended_at: instant.nullable(),
  items: z.object({
    data: z
      .array(
        z.object({
          quantity: z.int().default(1),
          current_period_start: instant,
          current_period_end: instant,
          price: z.object({ id: z.string() }),
        }),
      )
      .min(1),
  }),
});

export const invoiceSchema = z.object({
  id: z.string().optional(),
  number: z.string().nullable(),
  status: z.enum(["draft", "open", "paid", "void", "uncollectible"]).nullable(),
  created: instant,
  currency,
  total: z.int(),
  amount_due: z.int(),
  next_payment_attempt: instant.nullable(),
  post_payment_credit_notes_amount: z.int(),
  hosted_invoice_url: z.url().nullish(),
  invoice_pdf: z.url().nullish(),
});

export const sessionSchema = z.object({ id: z.string(), url: z.url().nullable() });

/** Of an event only what is needed to know whom it is about; what happened is read again from Stripe. */
export const eventSchema = z.object({
  id: z.string().min(1).max(255),
  type: z.string().min(1).max(255),
  created: instant,
  data: z.object({
    object: z.object({
      object: z.string().optional(),
      id: z.string().optional(),
      customer: idOf.nullish(),
    }),
  }),
});
