import type { AnyConnectorDefinition, ConnectionPlace, TokenSet } from "@/lib/connectors/contract/connector";
import { ConnectorError } from "@/lib/connectors/contract/connector-error";
import type { Runtime } from "../runtime";
import { loadTokens, releaseRefreshLease, storeTokens, takeRefreshLease } from "./token-store";

/**
 * A usable access token, refreshed by one process at a time. Refresh tokens rotate, so two refreshes at once would
 * cost the connection: callers in this process share one promise, others wait for the lease and read again.
 */
export interface TokenPlace extends ConnectionPlace {
  readonly workspaceId: string;
  readonly connectionId: string;
}

const FRESH_FOR_MS = 60_000;
const LEASE_MS = 40_000;
const POLL_MS = 50;
const refreshing = new Map<string, Promise<TokenSet>>();

/** The function for a session: `force` after the vendor refused the token that was handed out last. */
export function createTokenSupplier(
  runtime: Runtime,
  definition: AnyConnectorDefinition,
  place: TokenPlace,
): (options?: { force?: boolean }) => Promise<string> {
  let last: TokenSet | null = null;
  let renewedAt: Date | null = null;
  /** Calls that left before the renewal may still come back refused; they mean the token before this one. */
  const isJustRenewed = (): boolean =>
    renewedAt !== null && runtime.clock.now().getTime() - renewedAt.getTime() < runtime.env.CALL_DEADLINE_MS;
  const isFresh = (tokens: TokenSet): boolean =>
    new Date(tokens.expiresAt).getTime() - runtime.clock.now().getTime() > FRESH_FOR_MS;
  return async (options = {}) => {
    if (last && isFresh(last) && (!options.force || isJustRenewed())) return last.accessToken;
    const stored = await requireTokens(runtime, place);
    const refused = options.force ? last?.accessToken : undefined;
    last =
      isFresh(stored) && stored.accessToken !== refused
        ? stored
        : await refreshOnce(runtime, definition, place, stored);
    if (options.force) renewedAt = runtime.clock.now();
    return last.accessToken;
  };
}

async function requireTokens(runtime: Runtime, place: TokenPlace): Promise<TokenSet> {
  const tokens = await loadTokens(runtime, place);
  if (!tokens) throw new ConnectorError("authExpired", "the connection has no tokens");
  return tokens;
}

function refreshOnce(
  runtime: Runtime,
  definition: AnyConnectorDefinition,
  place: TokenPlace,
  stale: TokenSet,
): Promise<TokenSet> {
  const running = refreshing.get(place.connectionId);
  if (running) return running;
  const started = refreshUnderLease(runtime, definition, place, stale).finally(() =>
    refreshing.delete(place.connectionId),
  );
  refreshing.set(place.connectionId, started);
  return started;
}

async function refreshUnderLease(
  runtime: Runtime,
  definition: AnyConnectorDefinition,
  place: TokenPlace,
  stale: TokenSet,
): Promise<TokenSet> {
  while (!(await takeRefreshLease(runtime, place, LEASE_MS))) {
    const current = await requireTokens(runtime, place);
    if (current.accessToken !== stale.accessToken) return current;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  const current = await requireTokens(runtime, place);
  if (current.accessToken !== stale.accessToken) {
    await releaseRefreshLease(runtime, place);
    return current;
  }
  try {
    const fresh = await definition.auth.refresh(current, place);
    await runtime.database.withWorkspace(place.workspaceId, (tx) => storeTokens(runtime, tx, place, fresh));
    return fresh;
  } catch (thrown) {
    await releaseRefreshLease(runtime, place);
    throw thrown;
  }
}
