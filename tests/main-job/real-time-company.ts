import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { ZOHO_SIGNATURE_HEADER } from "@/sandbox/zoho/webhooks/request";
import type { ProductWorld } from "../setup/product-world";
import { waitUntil } from "./company";
import type { SourceBooks } from "./source-books";
import { hexSignature, post } from "./webhook-address";

/** A company whose vendors tell Tieout of what changes: webhooks set up on both sides, as its owner would do it. */

export interface ZohoWebhook {
  readonly url: string;
  readonly secret: string;
}

/** Makes the connection's own address, and the rules in Zoho Books that call it. */
export async function setUpZohoWebhook(
  world: ProductWorld,
  access: WorkspaceAccess,
  webOrigin: string,
): Promise<ZohoWebhook> {
  const { listConnections } = await import("@/lib/operations/connections/list-connections");
  const { createWebhook } = await import("@/lib/operations/notices/create-webhook");
  const connection = (await listConnections(access)).find((one) => one.connectorId === "zoho-books");
  const made = await createWebhook(access, connection?.connectionId ?? "");
  if (!made.ok) throw new Error(made.error.message);
  const url = `${webOrigin}${new URL(made.value.url).pathname}`;
  for (const module of ["contact", "item", "invoice", "creditnote", "customerpayment"])
    await control(world, "/zoho/webhooks", { module, url, secret: made.value.secret });
  return { url, secret: made.value.secret };
}

/** Enters the address at Xero's developer site, which probes it. */
export async function setUpXeroWebhook(world: ProductWorld, webOrigin: string): Promise<string> {
  const answer = await control(world, "/xero/webhook", { url: `${webOrigin}/api/webhooks/xero/app` });
  const { subscription } = JSON.parse(answer) as { subscription: { status: string } };
  return subscription.status;
}

async function control(world: ProductWorld, path: string, order: object): Promise<string> {
  const answer = await fetch(`${world.sandbox.origin}/control${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(order),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`the sandbox refused ${path}: ${text}`);
  return text;
}

/** A signed notice of a change, as Zoho would send it with a raw body. */
export const tellOf = (webhook: ZohoWebhook, body: string): Promise<number> =>
  post(webhook.url, body, {
    "content-type": "application/json",
    [ZOHO_SIGNATURE_HEADER]: hexSignature(webhook.secret, body),
  });

/** An invoice that is new in Zoho Books; the answer has its id. */
export async function addInvoice(
  source: SourceBooks,
  number: string,
  customer = "Anchor  Bay Traders",
): Promise<string> {
  const customerId = await source.findId("contacts", customer);
  const model = await source.call("GET", `/invoices/${await source.findId("invoices", "INV-1108")}`);
  const [line] = (model.invoice as { line_items: Record<string, unknown>[] }).line_items;
  const made = await source.call("POST", "/invoices?ignore_auto_number_generation=true", {
    customer_id: customerId,
    invoice_number: number,
    date: "2026-11-10",
    line_items: [{ item_id: line?.item_id, tax_id: line?.tax_id, rate: 25, quantity: 1 }],
  });
  const { invoice_id } = made.invoice as { invoice_id: string };
  await source.call("POST", `/invoices/${invoice_id}/status/sent`);
  return invoice_id;
}

export interface RunRow {
  readonly trigger: string;
  readonly state: string;
  readonly startedAt: Date;
  readonly appliedFrom: Date | null;
}

export async function listRunRows(access: WorkspaceAccess): Promise<RunRow[]> {
  const { getRuntime } = await import("@/lib/operations/runtime");
  const { database } = await getRuntime();
  return database.withWorkspace(access.workspaceId, (tx) =>
    tx.syncRun.findMany({ orderBy: { startedAt: "asc" } }),
  );
}

/** Nothing is on its way any more: nothing to be sent or delivered, no notice that waits, no run at work. */
export async function untilSettled(world: ProductWorld, access: WorkspaceAccess): Promise<void> {
  const { getRuntime } = await import("@/lib/operations/runtime");
  const { WORKING_STATES } = await import("@/lib/operations/runs/run-states");
  const { database } = await getRuntime();
  await waitUntil(async () => {
    await world.sandbox.deliveries().settled();
    return database.withWorkspace(access.workspaceId, async (tx) => {
      const waiting = await tx.changeNotice.count({ where: { state: "waiting" } });
      const working = await tx.syncRun.count({ where: { state: { in: [...WORKING_STATES] } } });
      const unsent = await tx.outboxEvent.count({ where: { sentAt: null } });
      return waiting + working + unsent === 0;
    });
  });
}
