/**
 * xero-node 20 as its own users have it, pointed at a sandbox: base paths and the issuer are set, nothing else. Its
 * four helpers that name Xero's hosts in their code are led there by an interceptor on the axios that it calls. Every
 * call is noted with the method that made it and what the sandbox answered.
 */
import { createRequire } from "node:module";
import { custom, Issuer } from "openid-client";
import { type AccountingApi, type PayrollAuApi, XeroClient } from "xero-node";
import { invariant } from "@/lib/kernel/invariant";
import { type Exchange, watchExchanges } from "@/sandbox/kit/exchanges";
import { TIDEWATER_TENANT_ID } from "@/sandbox/seed/xero-organisation";
import { type RunningSandbox, startSandbox } from "@/sandbox/server";
import { XERO_CLIENT_ID, XERO_CLIENT_SECRET } from "@/sandbox/xero/identity/registered-apps";
import { ALL_SCOPES } from "@/sandbox/xero/identity/scopes";
import { postConsent, TEST_REDIRECT_URI } from "@/sandbox/xero/test-client";

export interface XeroNodeWorld {
  readonly sandbox: RunningSandbox;
  readonly client: XeroClient;
  /** The methods of the SDK; each call is noted under its name. */
  readonly accounting: AccountingApi;
  readonly payroll: PayrollAuApi;
  readonly tenantId: string;
  /** "GET /Invoices/{id}" to the names of the methods that called it and were answered below 400. */
  readonly answered: ReadonlyMap<string, ReadonlySet<string>>;
  /** Every exchange with the accounting API so far. */
  readonly exchanges: readonly Exchange[];
  stop(): Promise<void>;
}

/** Windows of the call limits pass at once: limits have tests of their own. */
const LIMIT_SPEED = 1_000_000;
const HTTP_TIMEOUT_MS = 30_000;
const STATE = "state-of-this-consent";

/** A connected client; the consent, the code and the id_token go through openid-client as they would with Xero. */
export async function startXeroNodeWorld(): Promise<XeroNodeWorld> {
  const sandbox = await startSandbox({ port: 0, limitSpeed: LIMIT_SPEED });
  const answered = new Map<string, Set<string>>();
  const exchanges: Exchange[] = [];
  let method: string | null = null;
  const unwatch = watchExchanges((exchange) => {
    if (exchange.service !== "xero") return;
    exchanges.push(exchange);
    if (method === null || exchange.response.status >= 400) return;
    const operation = `${exchange.request.method} ${exchange.operation}`;
    answered.set(operation, (answered.get(operation) ?? new Set()).add(method));
  });
  const restoreHosts = leadHostsTo(sandbox.origin);
  const client = await connectClient(sandbox.origin);
  const noted = <Api extends object>(api: Api): Api =>
    notedCalls(api, (name) => {
      method = name;
    });
  return {
    sandbox,
    client,
    accounting: noted(client.accountingApi),
    payroll: noted(client.payrollAUApi),
    tenantId: TIDEWATER_TENANT_ID,
    answered,
    exchanges,
    async stop() {
      unwatch();
      restoreHosts();
      await sandbox.stop();
    },
  };
}

/** A client with a token for the organisation. */
export async function connectClient(
  origin: string,
  scopes: readonly string[] = ALL_SCOPES,
): Promise<XeroClient> {
  const client = await newClient(origin, scopes);
  await client.apiCallback(await giveConsent(origin, await client.buildConsentUrl()));
  return client;
}

/** A client before its consent; the endpoints come from the issuer's own discovery document. */
export async function newClient(origin: string, scopes: readonly string[]): Promise<XeroClient> {
  custom.setHttpOptionsDefaults({ timeout: HTTP_TIMEOUT_MS });
  const issuer = await Issuer.discover(`${origin}/xero/identity`);
  const client = new XeroClient({
    clientId: XERO_CLIENT_ID,
    clientSecret: XERO_CLIENT_SECRET,
    redirectUris: [TEST_REDIRECT_URI],
    scopes: [...scopes],
    state: STATE,
  });
  client.openIdClient = new issuer.Client({
    client_id: XERO_CLIENT_ID,
    client_secret: XERO_CLIENT_SECRET,
    redirect_uris: [TEST_REDIRECT_URI],
  });
  client.accountingApi.basePath = `${origin}/xero/api/api.xro/2.0`;
  client.payrollAUApi.basePath = `${origin}/xero/api/payroll.xro/1.0`;
  return client;
}

/** Presses the button of the consent page; answers the address that the browser is sent back to. */
export async function giveConsent(
  origin: string,
  consentUrl: string,
  form: Readonly<Record<string, string>> = {},
): Promise<string> {
  const asked = Object.fromEntries(new URL(consentUrl).searchParams);
  const { location } = await postConsent(origin, { ...asked, ...form });
  return `${TEST_REDIRECT_URI}?${location}`;
}

/** Calls go through to the SDK's object unchanged; only the name is taken down first. */
function notedCalls<Api extends object>(api: Api, note: (name: string) => void): Api {
  return new Proxy(api, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name, target);
      if (typeof member !== "function") return member;
      return (...parts: unknown[]): unknown => {
        note(String(name));
        return Reflect.apply(member, target, parts);
      };
    },
  });
}

interface AxiosModule {
  readonly interceptors: {
    readonly request: {
      use(change: (config: { url?: string }) => { url?: string }): number;
      eject(id: number): void;
    };
  };
}

/** The hosts that updateTenants, disconnect and the two token helpers of the SDK have in their code. */
function leadHostsTo(origin: string): () => void {
  const { interceptors } = createRequire(createRequire(import.meta.url).resolve("xero-node"))(
    "axios",
  ) as AxiosModule;
  const id = interceptors.request.use((config) => ({
    ...config,
    url: config.url
      ?.replace("https://api.xero.com/", `${origin}/xero/api/`)
      .replace("https://identity.xero.com/", `${origin}/xero/identity/`),
  }));
  return () => interceptors.request.eject(id);
}

/** The only entry of an answer's list. */
export function only<Entry>(list: readonly Entry[] | undefined): Entry {
  const [entry, ...others] = list ?? [];
  invariant(entry !== undefined && others.length === 0, `one record was expected, not ${list?.length ?? 0}`);
  return entry;
}

/** An id that an answer must carry. */
export function idOf(id: string | undefined): string {
  invariant(id !== undefined && id !== "", "the answer names the record's id");
  return id;
}
