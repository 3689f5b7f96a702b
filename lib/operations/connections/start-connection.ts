import { createHash, randomBytes } from "node:crypto";
import { isConnectedByForm } from "@/lib/connectors/contract/connector";
import { RECORD_TYPES, type RecordType } from "@/lib/domain/record-type";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { invariant } from "@/lib/kernel/invariant";
import { definitionOf, getRuntime, type Runtime } from "../runtime";
import { openState, STATE_COOKIE, STATE_SECONDS, sealState } from "./state-cookie";

/** Where to send the browser for consent, and the cookie that the callback will be checked against. */
export async function startConnection(
  access: WorkspaceAccess,
  request: { connectorId: string; region: string },
): Promise<{ redirectUrl: string; stateCookie: { name: string; value: string; maxAgeSeconds: number } }> {
  const runtime = await getRuntime();
  const definition = definitionOf(runtime, request.connectorId);
  invariant(!isConnectedByForm(definition), "a connector without a consent page is connected by its form");
  const state = randomBytes(24).toString("base64url");
  const codeVerifier = randomBytes(48).toString("base64url");
  const value = await sealState(
    {
      slug: access.slug,
      userId: access.userId,
      connectorId: request.connectorId,
      region: request.region,
      state,
      codeVerifier,
    },
    runtime.env,
  );
  const redirectUrl = definition.auth.authorizeUrl({
    redirectUri: callbackAddress(runtime, request.connectorId),
    state,
    codeChallenge: createHash("sha256").update(codeVerifier).digest("base64url"),
    region: request.region,
    writes: await loadWrites(runtime, access.workspaceId),
  });
  return { redirectUrl, stateCookie: { name: STATE_COOKIE, value, maxAgeSeconds: STATE_SECONDS } };
}

/** Record types that an owner wants written back to the source: leave for them is asked for, and for no other. */
async function loadWrites(runtime: Runtime, workspaceId: string): Promise<readonly RecordType[]> {
  const rows = await runtime.database.withWorkspace(workspaceId, (tx) =>
    tx.flow.findMany({
      where: { direction: "toSource", state: { not: "off" } },
      select: { recordType: true },
    }),
  );
  return RECORD_TYPES.filter((type) => rows.some((row) => row.recordType === type));
}

/** Which workspace and connector a callback belongs to; null where the cookie is missing or not ours. */
export async function readStateCookie(
  value: string | null,
): Promise<{ slug: string; connectorId: string } | null> {
  const { env } = await getRuntime();
  const state = await openState(value, env);
  return state ? { slug: state.slug, connectorId: state.connectorId } : null;
}

export function callbackAddress(runtime: Runtime, connectorId: string): string {
  return `${runtime.env.APP_ORIGIN}/api/connect/${connectorId}/callback`;
}
