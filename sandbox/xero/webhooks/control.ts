/**
 * How a person sets up the app's webhooks, as on Xero's developer site: control calls, and a section of the
 * page. The signing key is the sandbox's own unless another one is given.
 */
import { z } from "zod";
import { escapeHtml, jsonAnswer } from "@/sandbox/kit/answers";
import { addressProblem } from "@/sandbox/kit/delivery-call";
import { type ControlRoutes, type FormRoutes, readOrder } from "@/sandbox/kit/delivery-control";
import type { SandboxContext, SandboxResponse } from "@/sandbox/kit/types";
import { XERO_CLIENT_ID } from "../identity/registered-apps";
import { WEBHOOK_CATEGORIES } from "./event";
import type { XeroWebhooks } from "./webhooks";

const subscriptionOrder = z.object({
  url: z.string().superRefine((address, check) => {
    const problem = addressProblem(address);
    if (problem !== null) check.addIssue({ code: "custom", message: problem });
  }),
  categories: z
    .array(z.enum(WEBHOOK_CATEGORIES))
    .min(1)
    .default([...WEBHOOK_CATEGORIES]),
  key: z.string().min(1).max(200).optional(),
});

const appEventOrder = z.object({
  type: z.enum(["CREATE", "UPDATE"]).default("CREATE"),
  /** Of the app's paid plan; a new one unless told. */
  subscriptionId: z.uuid().optional(),
});

export interface XeroWebhookParts {
  readonly context: SandboxContext;
  readonly webhooks: XeroWebhooks;
  /** What bodies are signed with unless a subscription brings its own. */
  readonly defaultKey: string;
}

/** The calls below /control/xero/webhook. */
export function xeroWebhookRoutes(parts: XeroWebhookParts): ControlRoutes {
  const { webhooks } = parts;
  const orAbsent = (run: () => Promise<unknown> | unknown) => async (): Promise<SandboxResponse> => {
    if (webhooks.subscription() === null) return jsonAnswer(404, { error: "there is no subscription" });
    await run();
    return state(parts);
  };
  return {
    "GET /xero/webhook": () => state(parts),
    "POST /xero/webhook": async (request) => {
      const read = readOrder(request, subscriptionOrder);
      if ("refused" in read) return read.refused;
      await subscribe(parts, read.order);
      return state(parts);
    },
    "POST /xero/webhook/enable": orAbsent(() => webhooks.enable()),
    "POST /xero/webhook/disable": orAbsent(() => webhooks.disable()),
    "DELETE /xero/webhook": () => {
      webhooks.unsubscribe();
      return state(parts);
    },
    "POST /xero/webhook/app-subscription": (request) => {
      const read = readOrder(request, appEventOrder);
      if ("refused" in read) return read.refused;
      if (!webhooks.listensTo("SUBSCRIPTION"))
        return jsonAnswer(400, { error: "no enabled subscription listens to SUBSCRIPTION" });
      recordAppEvent(parts, read.order);
      return state(parts);
    },
  };
}

function subscribe({ webhooks, defaultKey }: XeroWebhookParts, order: z.infer<typeof subscriptionOrder>) {
  const key = order.key ?? webhooks.subscription()?.key ?? defaultKey;
  return webhooks.subscribe({ ...order, clientId: XERO_CLIENT_ID, key });
}

/** The app's own plan in Xero's app store: its tenant is the app, not an organisation. */
function recordAppEvent({ context, webhooks }: XeroWebhookParts, order: z.infer<typeof appEventOrder>): void {
  const resourceId = order.subscriptionId ?? context.newId();
  webhooks.record([
    {
      category: "SUBSCRIPTION",
      type: order.type,
      resourceUrl: `${context.origin}/xero/api/appstore/2.0/subscriptions/${resourceId}`,
      resourceId,
      tenantId: applicationId(),
    },
  ]);
}

/** The app as a GUID: its client id, which is one without dashes. */
function applicationId(): string {
  return XERO_CLIENT_ID.toLowerCase().replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

function state({ webhooks }: XeroWebhookParts): SandboxResponse {
  return jsonAnswer(200, { subscription: webhooks.subscription(), eventsWaiting: webhooks.waiting().length });
}

/** The forms of the section below. */
export function xeroWebhookForms(parts: XeroWebhookParts): FormRoutes {
  const { webhooks } = parts;
  return {
    async "POST /webhooks/xero"(form) {
      const read = subscriptionOrder.safeParse({
        url: form.get("url"),
        categories: form.getAll("category"),
      });
      if (!read.success) return z.prettifyError(read.error);
      const { reason } = await subscribe(parts, read.data);
      return reason;
    },
    async "POST /webhooks/xero/enable"() {
      return webhooks.subscription() === null
        ? "There is no subscription."
        : (await webhooks.enable()).reason;
    },
    "POST /webhooks/xero/disable"() {
      if (webhooks.subscription() === null) return "There is no subscription.";
      webhooks.disable();
      return null;
    },
    "POST /webhooks/xero/delete"() {
      webhooks.unsubscribe();
      return null;
    },
  };
}

const STATUS_WORDS = {
  validating: "Probes are out",
  enabled: "Enabled",
  "intent-failed": "Not enabled: the intent to receive failed",
  disabled: "Disabled",
} as const;

/** The subscription as a person sees and changes it. */
export function xeroWebhookSection({ webhooks, defaultKey }: XeroWebhookParts): string {
  const subscription = webhooks.subscription();
  const chosen: readonly string[] = subscription?.categories ?? WEBHOOK_CATEGORIES;
  const boxes = WEBHOOK_CATEGORIES.map(
    (name) =>
      `<label><input type="checkbox" name="category" value="${name}"${chosen.includes(name) ? " checked" : ""}> ${name}</label>`,
  );
  const probes = (subscription?.probes ?? []).map(
    ({ signature, passed, outcome }) =>
      `<tr><td>${signature}</td><td>${passed ? "passed" : "failed"}</td><td>${escapeHtml(outcome)}</td></tr>`,
  );
  const status =
    subscription === null
      ? "<p>There is no subscription.</p>"
      : `<p>${STATUS_WORDS[subscription.status]}${subscription.reason === null ? "" : `: ${escapeHtml(subscription.reason)}`}. ${webhooks.waiting().length} events wait.</p>
<table><caption>Intent to receive</caption><thead><tr><th scope="col">Signature</th><th scope="col">Outcome</th><th scope="col">Answered</th></tr></thead><tbody>${probes.join("")}</tbody></table>
<div class="row">${["enable", "disable", "delete"].map((act) => `<form method="post" action="/control/webhooks/xero/${act}"><button>${act === "enable" ? "Send the probes again" : act === "disable" ? "Disable" : "Delete"}</button></form>`).join("")}</div>`;
  return `<section aria-labelledby="xero"><h2 id="xero">Xero webhooks</h2>
${status}
<form method="post" action="/control/webhooks/xero"><p><label>Address <input name="url" size="60" required value="${escapeHtml(subscription?.url ?? "")}"></label></p>
<fieldset><legend>Categories</legend>${boxes.join(" ")}</fieldset>
<p>Signing key <code>${escapeHtml(subscription?.key ?? defaultKey)}</code></p><button>Save and validate</button></form></section>`;
}
