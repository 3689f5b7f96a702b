import type { ConnectorSession } from "./connector";

/**
 * The access token of a session as one client uses it: asked for once, and renewed once for all calls that run at the same
 * time and find it refused. A renewal that fails is not kept.
 */
export interface SessionToken {
  current(): Promise<string>;
  /** Another token than the one that was refused. */
  renewed(refused: string): Promise<string>;
}

export function createSessionToken(session: Pick<ConnectorSession, "accessToken">): SessionToken {
  let token: Promise<string> | null = null;
  function fetchToken(force: boolean): Promise<string> {
    const asked = session.accessToken(force ? { force } : {});
    token = asked;
    asked.catch(() => {
      if (token === asked) token = null;
    });
    return asked;
  }
  return {
    current: () => token ?? fetchToken(false),
    async renewed(refused) {
      const before = token;
      const current = await before;
      // Another call of this client renews it, or has done so.
      if (token !== null && token !== before) return token;
      return current !== null && current !== refused ? current : fetchToken(true);
    },
  };
}
