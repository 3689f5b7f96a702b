/**
 * Which organisations an app is connected to: GET /connections and DELETE /connections/{id} as the app calls
 * them, and what a person does inside Xero. Every API call looks here first, so an end is felt at once.
 */
import { jsonAnswer } from "@/sandbox/kit/answers";
import type { SandboxRequest, SandboxResponse } from "@/sandbox/kit/types";
import { XeroRefusal } from "../answer";
import { type ApiParts, identifyCaller } from "../api/api";
import type { Connection } from "../records";

/** The organisations that the caller's consents have connected; DELETE takes one off. */
export async function answerConnections(
  parts: ApiParts,
  id: string,
  request: SandboxRequest,
): Promise<SandboxResponse> {
  const { records } = parts;
  try {
    const caller = await identifyCaller(parts, request);
    const mine = records.connections.by("user", `${caller.clientId} ${caller.userId}`);
    if (request.method !== "GET" && request.method !== "DELETE") return { status: 405 };
    if (request.method === "DELETE") {
      const asked = id.replace(/\/$/, "").toLowerCase();
      if (!mine.has(asked)) return { status: 404 };
      records.connections.delete(asked);
      return { status: 204 };
    }
    const authEventId = request.query.get("authEventId");
    const shown = [...mine].flatMap((connectionId) => {
      const link = records.connections.head(connectionId);
      if (link === undefined || (authEventId !== null && link.authEventId !== authEventId)) return [];
      return {
        id: link.id,
        authEventId: link.authEventId,
        tenantId: link.tenantId,
        tenantType: "ORGANISATION",
        tenantName: records.organisations.head(link.tenantId)?.name ?? "",
        createdDateUtc: connectionTime(link.createdMs),
        updatedDateUtc: connectionTime(link.updatedMs),
      };
    });
    return jsonAnswer(200, shown);
  } catch (error) {
    if (error instanceof XeroRefusal && typeof error.answer.body === "object" && error.answer.body !== null)
      return jsonAnswer(error.answer.status, error.answer.body);
    throw error;
  }
}

/** Ends every connection of an organisation, as a person does it inside Xero; answers how many there were. */
export function disconnectTenant({ context, records, grants }: ApiParts, tenantId: string): number {
  const ended: Connection[] = [];
  for (const [, link] of [...records.connections.heads()])
    if (link.tenantId === tenantId.toLowerCase()) ended.push(link);
  for (const link of ended) records.connections.delete(link.id);
  if (context.switches.get("xero.refresh-after-user-disconnect") === "invalid-grant")
    for (const { clientId, userId } of ended)
      if (records.connections.by("user", `${clientId} ${userId}`).size === 0)
        grants.revokeAll({ clientId, userId });
  return ended.length;
}

/** "2019-07-09T23:40:30.1833130": seven decimals of a second and no zone. */
function connectionTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/Z$/, "0000");
}
