import { createHash } from "node:crypto";
import type { ConnectorDefinition, ConnectorSession, TokenSet } from "@/lib/connectors/contract/connector";
import { createXeroConnector } from "@/lib/connectors/xero";
import { systemClock } from "@/lib/kernel/clock";
import { invariant } from "@/lib/kernel/invariant";
import { TIDEWATER_TENANT_ID } from "@/sandbox/seed/xero-organisation";
import { type RunningSandbox, startSandbox } from "@/sandbox/server";
import type { Books } from "@/sandbox/xero/books";
import { XERO_CLIENT_ID, XERO_CLIENT_SECRET } from "@/sandbox/xero/identity/registered-apps";
import { xeroRecords } from "@/sandbox/xero/open-books";
import type { ContractFault, ContractWorld } from "./contract-world";
import { xeroReading, xeroWriting } from "./xero-hooks";
import { seedXeroBooks } from "./xero-seeding";

/**
 * A sandbox with one connected Xero organisation, for the contract suite and the connector's own live tests. The
 * connection is made by the connector's own auth over HTTP; records are typed into the simulator directly.
 */
export interface XeroWorld extends ContractWorld {
  readonly definition: ConnectorDefinition;
  readonly sandbox: RunningSandbox;
  books(): Books;
  /** What the connection holds now. */
  connection(): { readonly tokens: TokenSet; readonly authorisationId: string };
  readonly where: { readonly region: string; readonly apiBase: string };
}

export const REDIRECT_URI = "http://localhost:3000/api/connect/xero/callback";
const REGION = "global";
const CODE_VERIFIER = "a-code-verifier-that-is-long-enough-for-pkce-1234567890";
const REQUEST_TIMEOUT_MS = 900;
/** Small, so that a test's few records are several pages. */
const PAGE_SIZE = 5;
/** Windows of the call limits pass at once: limits have tests of their own. */
const LIMIT_SPEED = 1_000_000;

export interface WorldOptions {
  /** How the organisation is filled at each reset; by default with more than a page of each type. */
  readonly fill?: (books: Books) => void;
}

export async function startXeroWorld({ fill = seedXeroBooks }: WorldOptions = {}): Promise<XeroWorld> {
  const sandbox = await startSandbox({ port: 0, limitSpeed: LIMIT_SPEED });
  const apiBase = `${sandbox.origin}/xero/api`;
  const definition = createXeroConnector({
    clientId: XERO_CLIENT_ID,
    clientSecret: XERO_CLIENT_SECRET,
    authority: `${sandbox.origin}/xero/identity`,
    apiBase,
    requestTimeoutMs: REQUEST_TIMEOUT_MS,
    pageSizeMax: PAGE_SIZE,
  });
  const where = { region: REGION, apiBase };
  const secrets: string[] = [XERO_CLIENT_SECRET];
  let held: { tokens: TokenSet; authorisationId: string } | null = null;
  const connection = () => {
    invariant(held !== null, "the world was reset before its first use");
    return held;
  };
  const hold = (tokens: TokenSet, authorisationId: string): void => {
    secrets.push(tokens.accessToken, tokens.refreshToken);
    held = { tokens, authorisationId };
  };
  const books = (): Books => {
    const found = xeroRecords(sandbox.context).books(TIDEWATER_TENANT_ID);
    invariant(found !== undefined, "the sandbox has the organisation");
    return found;
  };

  return {
    definition,
    sandbox,
    books,
    connection,
    where,
    openSession: async (): Promise<ConnectorSession> => ({
      tenantId: TIDEWATER_TENANT_ID,
      ...where,
      clock: systemClock,
      async accessToken(options) {
        const { tokens, authorisationId } = connection();
        if (options?.force === true) hold(await definition.auth.refresh(tokens, where), authorisationId);
        return connection().tokens.accessToken;
      },
      permit: async () => ({ observe: async () => undefined }),
    }),
    countCalls: async () =>
      sandbox.callLog
        .entries()
        .filter((call) => call.service === "xero" && call.tenant === TIDEWATER_TENANT_ID).length,
    secrets: () => secrets,
    // Only a write can be lost after it was committed; the look-up before one is a GET.
    arm: async (fault) =>
      sandbox.faults.order({
        service: "xero",
        ...(fault === "lostAnswer" ? { method: "PUT" } : {}),
        skip: 0,
        times: 1,
        effect: FAULTS[fault],
      }),
    async revokeAuthorisation() {
      const { tokens, authorisationId } = connection();
      await definition.auth.disconnect(tokens, { ...where, authorisationId });
    },
    async reset() {
      await sandbox.reset();
      fill(books());
      const { tokens } = await connectXeroTenant(definition);
      const tenants = await definition.auth.listTenants(tokens, where);
      const tenant = tenants.find(({ tenantId }) => tenantId === TIDEWATER_TENANT_ID);
      invariant(tenant !== undefined, "the consent connected the organisation");
      hold(tokens, tenant.authorisationId);
    },
    close: () => sandbox.stop(),
    reading: xeroReading(books),
    writing: xeroWriting(books, definition.rules),
  };
}

/** Goes through the consent as a browser would, and exchanges the code. */
export async function connectXeroTenant(
  definition: ConnectorDefinition,
  form: Readonly<Record<string, string>> = {},
): Promise<{ tokens: TokenSet; region: string; apiBase: string }> {
  const callback = await giveConsent(
    definition.auth.authorizeUrl({
      redirectUri: REDIRECT_URI,
      state: "a-state",
      codeChallenge: createHash("sha256").update(CODE_VERIFIER).digest("base64url"),
      region: REGION,
    }),
    form,
  );
  return definition.auth.exchange({
    callback,
    redirectUri: REDIRECT_URI,
    codeVerifier: CODE_VERIFIER,
    region: REGION,
  });
}

/** Presses the button of the consent page and gives the query that Xero redirects back with. */
export async function giveConsent(
  authorizeUrl: string,
  form: Readonly<Record<string, string>> = {},
): Promise<URLSearchParams> {
  const page = new URL(authorizeUrl);
  const answer = await fetch(`${page.origin}${page.pathname.replace(/authorize$/, "consent")}`, {
    method: "POST",
    redirect: "manual",
    body: new URLSearchParams({
      ...Object.fromEntries(page.searchParams),
      user: "olivia@tidewatergifts.test",
      tenant: TIDEWATER_TENANT_ID,
      decision: "allow",
      ...form,
    }),
  });
  const location = answer.headers.get("location");
  invariant(location !== null, `the consent page answered ${answer.status}`);
  return new URL(location).searchParams;
}

const FAULTS: Readonly<Record<ContractFault, Parameters<RunningSandbox["faults"]["order"]>[0]["effect"]>> = {
  rateLimited: status(429, "", { "retry-after": "7", "x-rate-limit-problem": "minute" }),
  serverError: status(500, "<html>Internal Server Error</html>"),
  silence: { type: "delay", milliseconds: 3 * REQUEST_TIMEOUT_MS, afterHandling: false },
  brokenOff: { type: "truncate", bytes: 20 },
  notJson: status(200, '{"Id":"0","Status":"OK","Contac'),
  tokenRefused: status(401, '{"Title":"Unauthorized","Status":401,"Detail":"TokenExpired: token expired"}'),
  lostAnswer: { type: "drop-after" },
};

function status(code: number, body: string, headers: Record<string, string> = {}) {
  return { type: "status" as const, status: code, body, headers, afterHandling: false };
}
