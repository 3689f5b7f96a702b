import { createHash } from "node:crypto";
import type { NoticedRecord, WebhookMessage } from "@/lib/connectors/contract/webhooks";
import { wakeOutbox } from "../outbox/send-outbox";
import { getRuntime, type Runtime } from "../runtime";
import { loadWebhookSecret } from "./webhook-secret";

/**
 * A webhook as it came in: checked against its signature, stored with the event that tells of it in one transaction,
 * and nothing more, so that the vendor has its answer at once. Of its content only ids are kept, as a hint where to
 * look; what changed is read again from the vendor.
 */
export interface WebhookRequest {
  readonly connectorId: string;
  /** Last part of the address: a connection's own, or the app's. */
  readonly endpoint: string;
  readonly message: WebhookMessage;
}

/** `unknown`: no webhook has this address. `refused`: the signature is not the vendor's. */
export type WebhookOutcome = "stored" | "refused" | "unknown";

/** Last part of the address of webhooks that a vendor sends for all tenants of the app. */
export const APP_ENDPOINT = "app";

export async function receiveWebhook(request: WebhookRequest): Promise<WebhookOutcome> {
  const runtime = await getRuntime();
  const webhooks = runtime.registry.get(request.connectorId)?.webhooks;
  const address = webhooks && (await findAddress(runtime, webhooks.scope, request));
  if (!webhooks || !address) return "unknown";
  const { message } = request;
  if (!webhooks.isGenuine(message, address.secret)) return "refused";
  const notices = await addressNotices(runtime, request, address, webhooks.readNotices(message));
  if (notices.length === 0) return "stored";
  const told = await runtime.database.system.receiveWebhook({
    connectorId: request.connectorId,
    endpoint: request.endpoint,
    digest: createHash("sha256").update(message.body).digest("hex"),
    body: message.body,
    receivedAt: runtime.clock.now(),
    isBodyUnique: webhooks.isBodyUnique,
    notices,
  });
  if (told.length > 0) wakeOutbox(runtime);
  return "stored";
}

interface WebhookAddress {
  readonly secret: string;
  /** Null where one address serves all tenants. */
  readonly connectionId: string | null;
}

async function findAddress(
  runtime: Runtime,
  scope: "app" | "connection",
  { connectorId, endpoint }: WebhookRequest,
): Promise<WebhookAddress | null> {
  if (scope === "app") {
    const secret = endpoint === APP_ENDPOINT ? runtime.webhookKeys.get(connectorId) : undefined;
    return secret === undefined ? null : { secret, connectionId: null };
  }
  const connection = await runtime.database.system.findConnectionOfWebhook(connectorId, endpoint);
  const secret = connection && (await loadWebhookSecret(runtime, connection));
  return connection && secret ? { secret, connectionId: connection.connectionId } : null;
}

type AddressedNotice = { connectionId: string; recordType: string; externalId: string };

/** Which connections the notices are about; those of a tenant that nobody has connected are about none. */
async function addressNotices(
  runtime: Runtime,
  { connectorId }: WebhookRequest,
  address: WebhookAddress,
  records: readonly NoticedRecord[],
): Promise<AddressedNotice[]> {
  const connectionsOf = new Map<string, readonly string[]>();
  for (const { tenantId } of records) {
    if (address.connectionId !== null || tenantId === null || connectionsOf.has(tenantId)) continue;
    const found = await runtime.database.system.connectionsOfTenant(connectorId, tenantId);
    connectionsOf.set(
      tenantId,
      found.map((one) => one.connectionId),
    );
  }
  return records.flatMap(({ tenantId, recordType, externalId }) => {
    const connectionIds =
      address.connectionId === null ? (connectionsOf.get(tenantId ?? "") ?? []) : [address.connectionId];
    return connectionIds.map((connectionId) => ({
      connectionId,
      recordType: recordType ?? "",
      externalId: externalId ?? "",
    }));
  });
}
