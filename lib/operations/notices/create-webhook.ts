import { randomBytes } from "node:crypto";
import { z } from "zod";
import { recordEvent } from "@/lib/audit/record-event";
import type { NewWebhookView } from "@/lib/domain/views/webhook-view";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { err, ok, type Result } from "@/lib/kernel/result";
import { definitionOf, getRuntime } from "../runtime";
import { webhookAddress } from "./list-webhooks";
import { makeWebhookSecret, storeWebhookSecret } from "./webhook-secret";

const TOKEN_BYTES = 24;

/**
 * Makes the address and the secret that an owner enters at the vendor. The secret is shown this once; making another
 * one ends the old one at once, while the address stays.
 */
export async function createWebhook(
  access: WorkspaceAccess,
  connectionId: string,
): Promise<Result<NewWebhookView, { message: string }>> {
  const runtime = await getRuntime();
  const { workspaceId } = access;
  if (!z.uuid().safeParse(connectionId).success) return err({ message: "There is no such connection." });
  const secret = makeWebhookSecret();
  return runtime.database.withWorkspace(
    workspaceId,
    async (tx): Promise<Result<NewWebhookView, { message: string }>> => {
      const row = await tx.connection.findUnique({ where: { id: connectionId } });
      if (row?.status !== "active") return err({ message: "Connect it first." });
      if (definitionOf(runtime, row.connectorId).webhooks?.scope !== "connection")
        return err({ message: "This connection needs no address of its own." });
      const token = row.webhookToken ?? randomBytes(TOKEN_BYTES).toString("base64url");
      await tx.connection.update({ where: { id: connectionId }, data: { webhookToken: token } });
      await storeWebhookSecret(runtime, tx, { workspaceId, connectionId }, secret);
      await recordEvent(tx, {
        workspaceId,
        actorUserId: access.userId,
        action: row.webhookToken === null ? "webhook.created" : "webhook.secretReplaced",
        subject: connectionId,
        at: runtime.clock.now(),
      });
      return ok({ url: webhookAddress(runtime, row.connectorId, token), secret });
    },
  );
}
