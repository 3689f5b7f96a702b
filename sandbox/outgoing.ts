/**
 * Everything that the sandbox sends by itself: the vendors' webhooks and notifications over the deliveries that
 * they share, and how a person steers them below /control. Opened for each context; a reset closes it.
 */

import { STRIPE_WEBHOOK_SECRET } from "./addresses";
import { escapeHtml, htmlAnswer, readForm, redirectAnswer } from "./kit/answers";
import { STYLE } from "./kit/control-page";
import { type Deliveries, openDeliveries } from "./kit/deliveries";
import {
  type ControlRoutes,
  deliveryForms,
  deliveryRoutes,
  deliverySection,
  type FormRoutes,
} from "./kit/delivery-control";
import type { SandboxContext, SandboxRequest, SandboxResponse } from "./kit/types";
import { openStripeBooks } from "./stripe/books";
import { stripeForms, stripeRoutes, stripeSection } from "./stripe/control";
import { connectStripeWebhooks } from "./stripe/events";
import { xeroWebhookForms, xeroWebhookRoutes, xeroWebhookSection } from "./xero/webhooks/control";
import { openXeroWebhooks } from "./xero/webhooks/webhooks";
import { connectWebhooks } from "./xero/webhooks/xero-webhooks";
import { zohoWebhookForms, zohoWebhookRoutes, zohoWebhookSection } from "./zoho/webhooks/control";
import { openZohoWebhooks } from "./zoho/webhooks/webhooks";

export interface Outgoing {
  readonly deliveries: Deliveries;
  /** Answers the calls below /control that are about deliveries; null when the call is another one. */
  control(request: SandboxRequest): Promise<SandboxResponse | null>;
}

/** Opens what this sandbox sends, and goes on with what an earlier process left. */
export function openOutgoing(context: SandboxContext, keys: { readonly xero: string }): Outgoing {
  const deliveries = openDeliveries(context);
  const webhooks = openXeroWebhooks(context, deliveries);
  connectWebhooks(context, webhooks);
  const xero = { context, webhooks, defaultKey: keys.xero };
  const zoho = openZohoWebhooks(context, deliveries);
  const stripe = { books: openStripeBooks(context), defaultSecret: STRIPE_WEBHOOK_SECRET };
  connectStripeWebhooks(stripe.books, deliveries);
  deliveries.resume();
  const routes: ControlRoutes = {
    ...deliveryRoutes(deliveries),
    ...xeroWebhookRoutes(xero),
    ...zohoWebhookRoutes(zoho),
    ...stripeRoutes(stripe),
  };
  const forms: FormRoutes = {
    ...deliveryForms(deliveries),
    ...xeroWebhookForms(xero),
    ...zohoWebhookForms(zoho),
    ...stripeForms(stripe),
  };
  const page = (problem: string | null): string => `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Sandbox webhooks</title><style>${STYLE}</style></head>
<body><main><h1>Sandbox webhooks</h1><p><a href="/control">Sandbox control</a></p>
${problem === null ? "" : `<p role="alert" class="problem">${escapeHtml(problem)}</p>`}
${xeroWebhookSection(xero)}
${zohoWebhookSection(zoho)}
${stripeSection(stripe)}
${deliverySection(deliveries)}
</main></body></html>`;
  return {
    deliveries,
    async control(request) {
      const address = `${request.method} ${request.path}`;
      if (address === "GET /webhooks") return htmlAnswer(200, page(null));
      const form = forms[address];
      if (form !== undefined) {
        const problem = await form(readForm(request));
        return problem === null ? redirectAnswer("/control/webhooks") : htmlAnswer(400, page(problem));
      }
      return (await routes[address]?.(request)) ?? null;
    },
  };
}
