/** The webhooks of a running sandbox's Xero, by its context: a Xero that is tried alone has none. */
import type { SandboxContext } from "@/sandbox/kit/types";
import type { XeroWebhooks } from "./webhooks";

const byContext = new WeakMap<SandboxContext, XeroWebhooks>();

/** The webhooks of this context, or undefined when nothing delivers them. */
export function xeroWebhooks(context: SandboxContext): XeroWebhooks | undefined {
  return byContext.get(context);
}

/** Has the books of this context tell these webhooks of their changes. */
export function connectWebhooks(context: SandboxContext, webhooks: XeroWebhooks): void {
  byContext.set(context, webhooks);
}
