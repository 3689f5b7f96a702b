import type { ConnectionPlace, Tenant, TokenSet } from "@/lib/connectors/contract/connector";
import { ConnectorError } from "@/lib/connectors/contract/connector-error";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { err, ok, type Result } from "@/lib/kernel/result";
import { DELETION_IS_DUE, isDeletionDue } from "../privacy/deletion-due";
import { definitionOf, type Runtime } from "../runtime";
import { connectTenant } from "./connect-tenant";
import { storeTokens } from "./token-store";

/** From granted tokens to a connected tenant, whether a consent page gave them or a form. */
export interface Granted extends ConnectionPlace {
  readonly tokens: TokenSet;
}

/** Connected, or a choice to make: one login can reach several organisations, and a person says which. */
export type Finished =
  | { readonly connectionId: string; readonly choose: null }
  | {
      readonly choose: {
        readonly token: string;
        readonly tenants: readonly { tenantId: string; name: string }[];
      };
    };

/** `grant` asks the vendor; what it refuses to a person is said in its own words where it speaks of what was typed. */
export async function connectGranted(
  runtime: Runtime,
  access: WorkspaceAccess,
  connectorId: string,
  grant: () => Promise<Granted>,
): Promise<Result<Finished, { message: string }>> {
  const {
    auth,
    manifest: { label, connectionFields },
  } = definitionOf(runtime, connectorId);
  // Before the vendor grants anything, so that nothing is left open there.
  const { workspaceId } = access;
  if (await runtime.database.withWorkspace(workspaceId, (tx) => isDeletionDue(tx, workspaceId)))
    return err({ message: DELETION_IS_DUE });
  try {
    const granted = await grant();
    const tenants = await auth.listTenants(granted.tokens, granted);
    const where = { connectorId, ...granted };
    const [first] = tenants;
    if (!first)
      return err({
        message: `Your ${label} login has no organisation there. Choose the right data centre or login.`,
      });
    const ended = tenants.length > 1 ? await findEndedTenant(runtime, access, connectorId, tenants) : null;
    if (tenants.length > 1 && !ended)
      return ok({ choose: await storePendingChoice(runtime, access, where, tenants) });
    const connected = await connectTenant(runtime, access, {
      ...where,
      tenant: ended ?? first,
      isOnlyTenant: tenants.length === 1,
    });
    return connected.ok ? ok({ ...connected.value, choose: null }) : connected;
  } catch (thrown) {
    if (!(thrown instanceof ConnectorError)) throw thrown;
    runtime.logger.warn({ err: thrown, connectorId }, "a connection could not be made");
    const sentence = connectionFields ? thrown.message : `${label} did not complete the connection.`;
    return err({ message: `${sentence} ${connectionFields ? "Nothing was changed." : "Please try again."}` });
  }
}

/** The organisation whose connection had ended, where the consent reaches it: a person reconnects what they had. */
async function findEndedTenant(
  runtime: Runtime,
  access: WorkspaceAccess,
  connectorId: string,
  tenants: readonly Tenant[],
): Promise<Tenant | null> {
  const ended = await runtime.database.withWorkspace(access.workspaceId, (tx) =>
    tx.connection.findMany({ where: { connectorId, status: "reconnectNeeded" }, select: { tenantId: true } }),
  );
  return tenants.find(({ tenantId }) => ended.some((row) => row.tenantId === tenantId)) ?? null;
}

/** The tokens wait in the vault, never in the browser, until a person has chosen. */
async function storePendingChoice(
  runtime: Runtime,
  access: WorkspaceAccess,
  where: Granted & { readonly connectorId: string },
  tenants: readonly Tenant[],
): Promise<{ token: string; tenants: { tenantId: string; name: string }[] }> {
  const { workspaceId } = access;
  const connectionId = runtime.ids.next();
  await runtime.database.withWorkspace(workspaceId, async (tx) => {
    await tx.connection.create({
      data: {
        id: connectionId,
        workspaceId,
        connectorId: where.connectorId,
        tenantId: "",
        tenantName: "",
        baseCurrency: "",
        region: where.region,
        apiBase: where.apiBase,
        settings: { ...where.settings },
        scopes: [...where.tokens.scopes],
        status: "choosing",
        connectedByUserId: access.userId,
        connectedByName: access.userName,
        connectedAt: runtime.clock.now(),
      },
    });
    await storeTokens(runtime, tx, { workspaceId, connectionId }, where.tokens);
  });
  return { token: connectionId, tenants: tenants.map(({ tenantId, name }) => ({ tenantId, name })) };
}
