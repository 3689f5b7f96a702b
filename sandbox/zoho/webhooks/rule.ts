/**
 * A workflow rule with its webhook, as a person makes both under Settings > Automation: which records, upon
 * what, and what is sent where. https://www.zoho.com/books/help/settings/automation/workflow-actions/webhooks.html
 * (checked 2026-11-21)
 */
import { z } from "zod";
import { addressProblem } from "@/sandbox/kit/delivery-call";
import type { Books } from "../books/open-books";

/** Modules that a rule can watch: their table, and the path that shows one of their records. */
export const WEBHOOK_MODULES = {
  contact: { table: "contacts", path: "/contacts" },
  item: { table: "items", path: "/items" },
  invoice: { table: "invoices", path: "/invoices" },
  creditnote: { table: "creditNotes", path: "/creditnotes" },
  customerpayment: { table: "payments", path: "/customerpayments" },
  estimate: { table: "estimates", path: "/estimates" },
  salesorder: { table: "salesOrders", path: "/salesorders" },
  bill: { table: "bills", path: "/bills" },
  purchaseorder: { table: "purchaseOrders", path: "/purchaseorders" },
  vendorcredit: { table: "vendorCredits", path: "/vendorcredits" },
  vendorpayment: { table: "vendorPayments", path: "/vendorpayments" },
  expense: { table: "expenses", path: "/expenses" },
  journal: { table: "journals", path: "/journals" },
} as const satisfies Record<string, { table: keyof Books; path: string }>;
export type WebhookModule = keyof typeof WEBHOOK_MODULES;

export const RULE_EVENTS = ["created", "edited", "created-or-edited", "deleted"] as const;
export type RecordEvent = "created" | "edited" | "deleted";

const PAIRS_MAX = 50;
const pair = z.object({ name: z.string().min(1).max(100), value: z.string().max(1_000) });
/** Names that the call itself needs, and the one that only Zoho may write. */
const OWN_HEADERS = new Set([
  ...["host", "connection", "content-length", "transfer-encoding", "content-type"],
  "x-zoho-webhook-signature",
]);
const header = pair.refine(
  ({ name, value }) =>
    /^[A-Za-z0-9-]+$/.test(name) && /^[\t\x20-\x7e]*$/.test(value) && !OWN_HEADERS.has(name.toLowerCase()),
  "is no header that a webhook may have",
);

export const ruleOrder = z
  .object({
    name: z.string().min(1).max(100).default("Webhook"),
    /** The first organisation of the sandbox unless told. */
    organizationId: z.string().regex(/^\d+$/).optional(),
    module: z.enum(Object.keys(WEBHOOK_MODULES)).pipe(z.custom<WebhookModule>((name) => isModule(name))),
    event: z.enum(RULE_EVENTS).default("created-or-edited"),
    /** Of an edit: only when one of these fields of the payload has changed; none = any field. */
    fields: z.array(z.string().min(1)).max(PAIRS_MAX).default([]),
    method: z.enum(["POST", "PUT", "DELETE"]).default("POST"),
    url: z.string().superRefine((address, check) => {
      const problem = addressProblem(address);
      if (problem !== null) check.addIssue({ code: "custom", message: problem });
    }),
    /** The module's fields as JSON; the same in a form; or `raw`. */
    body: z.enum(["default", "form", "raw"]).default("default"),
    /** JSON with ${MODULE.FIELD} for a field of the record. */
    raw: z.string().max(100_000).default(""),
    /** Among the pairs of a form, otherwise in the query. */
    parameters: z.array(pair).max(PAIRS_MAX).default([]),
    headers: z.array(header).max(PAIRS_MAX).default([]),
    secret: z
      .string()
      .regex(/^[A-Za-z0-9]{12,50}$/, "takes 12 to 50 letters and digits")
      .nullable()
      .default(null),
    active: z.boolean().default(true),
  })
  .refine((rule) => rule.body !== "raw" || rule.raw !== "", "a raw body needs its text in `raw`");

export type RuleOrder = z.infer<typeof ruleOrder>;
export type StoredRule = RuleOrder & { readonly organizationId: string };

export function isModule(name: unknown): name is WebhookModule {
  return typeof name === "string" && Object.hasOwn(WEBHOOK_MODULES, name);
}

/** Whether the rule wants to know of an event of its module. */
export function wants({ event, active }: StoredRule, happened: RecordEvent): boolean {
  if (!active) return false;
  return event === happened || (event === "created-or-edited" && happened !== "deleted");
}
