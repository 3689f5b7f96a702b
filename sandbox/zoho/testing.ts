/**
 * A simulated Zoho alone, for tests of it: a context in memory at a fixed time, calls without a network, and
 * a token got by the same consent and exchange that an app goes through.
 */
import { createFrozenClock } from "@/sandbox/kit/clock";
import { createMemoryContext } from "@/sandbox/kit/context";
import { publishExchange } from "@/sandbox/kit/exchanges";
import type { SandboxContext, SandboxResponse } from "@/sandbox/kit/types";
import { type ZohoSeed, zohoSeed } from "@/sandbox/seed/zoho-organisation";
import { type OrganizationOptions, ZOHO_ORGANIZATION_ID } from "@/sandbox/seed/zoho-reference-data";
import { ZOHO_CLIENT } from "./accounts/oauth";
import type { DataCentre } from "./data-centres";
import { createZohoService } from "./service";
import { ZOHO_SWITCHES } from "./switches";

export const REDIRECT_URI = "http://localhost:3000/api/connect/zoho-books/callback";

export const ALL_SCOPES = [
  ...["contacts", "invoices", "creditnotes", "customerpayments", "settings"].map(
    (name) => `ZohoBooks.${name}.ALL`,
  ),
  ...["bills", "vendorpayments", "debitnotes", "purchaseorders", "salesorders", "estimates", "expenses"].map(
    (name) => `ZohoBooks.${name}.ALL`,
  ),
  "ZohoBooks.accountants.ALL",
].join(",");

interface Sent {
  readonly query?: Readonly<Record<string, string>>;
  readonly form?: Readonly<Record<string, string>>;
  readonly json?: object;
  /** A body of another kind, with its content type among the headers. */
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** JSON whose shape the test knows: a value is compared as it is, or turned into text by String(). */
export interface LooseJson {
  readonly [name: string]: LooseJson | undefined;
}

export interface Answered {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  /** The body as JSON; empty when it is none. */
  readonly json: LooseJson;
  /** The rows under a name of the JSON body. */
  rows(name: string): readonly LooseJson[];
}

export interface ZohoAlone {
  readonly context: SandboxContext;
  readonly seed: ZohoSeed;
  /** The clock of tokens. */
  readonly machine: { nowMs: number };
  send(method: string, path: string, sent?: Sent): Promise<Answered>;
  /** The redirect after pressing Accept (or Reject). */
  consent(options?: {
    dataCentre?: DataCentre;
    scope?: string;
    accessType?: string;
    /** "" for none. */
    prompt?: string;
    decision?: string;
  }): Promise<URL>;
  /** The answer of the token endpoint for a code. */
  exchange(
    code: string,
    options?: { dataCentre?: DataCentre; change?: Record<string, string> },
  ): Promise<Answered>;
  /** An access token. */
  connect(options?: { dataCentre?: DataCentre; scope?: string }): Promise<string>;
  /** A call to the Books API of the seeded organisation, with a token of all scopes. */
  call(
    method: string,
    path: string,
    options?: { query?: Record<string, string>; json?: object },
  ): Promise<Answered>;
}

/** A Zoho with the demo organisation and no records. */
export async function startZohoAlone(
  options: OrganizationOptions & { limitSpeed?: number; scope?: string } = {},
): Promise<ZohoAlone> {
  const { limitSpeed = 1, scope: scopeOfCalls = ALL_SCOPES, ...organization } = options;
  const context = await createMemoryContext(ZOHO_SWITCHES, {
    clock: createFrozenClock("2026-11-21T09:00:00Z"),
    origin: "http://localhost:4010",
    limitSpeed,
  });
  const machine = { nowMs: Date.parse("2026-11-21T09:00:00Z") };
  const service = createZohoService(context, { machineNow: () => machine.nowMs });
  const seed = zohoSeed(context);
  seed.putOrganization(organization);
  let token: string | null = null;

  async function send(method: string, path: string, sent: Sent = {}): Promise<Answered> {
    const body =
      sent.body ??
      (sent.json === undefined ? new URLSearchParams(sent.form).toString() : JSON.stringify(sent.json));
    const request = {
      method,
      path,
      query: new URLSearchParams(sent.query),
      headers: {
        "content-type": sent.json === undefined ? "application/x-www-form-urlencoded" : "application/json",
        ...sent.headers,
      },
      body: Buffer.from(body),
    };
    const response = await service.handle(request);
    publishExchange({
      service: service.prefix,
      operation: service.describe(request).operation,
      request,
      response,
    });
    return answered(response);
  }

  const alone: ZohoAlone = {
    context,
    seed,
    machine,
    send,
    async consent({
      dataCentre = "eu",
      scope = ALL_SCOPES,
      accessType = "offline",
      prompt = "consent",
      decision = "accept",
    } = {}) {
      const form = {
        ...{ response_type: "code", client_id: ZOHO_CLIENT.clientId, redirect_uri: REDIRECT_URI },
        ...{ scope, state: "a state", access_type: accessType, prompt, decision },
      };
      const redirect = await send("POST", `/${dataCentre}/accounts/oauth/v2/auth`, { form });
      return new URL(redirect.headers.location ?? "about:blank");
    },
    exchange(code, { dataCentre = "eu", change = {} } = {}) {
      const form = {
        ...{ grant_type: "authorization_code", code, redirect_uri: REDIRECT_URI },
        ...{ client_id: ZOHO_CLIENT.clientId, client_secret: ZOHO_CLIENT.clientSecret, ...change },
      };
      return send("POST", `/${dataCentre}/accounts/oauth/v2/token`, { form });
    },
    async connect({ dataCentre = "eu", scope = ALL_SCOPES } = {}) {
      const redirect = await alone.consent({ dataCentre, scope });
      const tokens = await alone.exchange(redirect.searchParams.get("code") ?? "", { dataCentre });
      return String(tokens.json.access_token);
    },
    async call(method, path, { query = {}, json } = {}) {
      token ??= await alone.connect({ scope: scopeOfCalls });
      return send(method, `/eu/api/books/v3${path}`, {
        query: { organization_id: ZOHO_ORGANIZATION_ID, ...query },
        headers: { authorization: `Zoho-oauthtoken ${token}` },
        ...(json === undefined ? {} : { json }),
      });
    },
  };
  return alone;
}

function answered(response: SandboxResponse): Answered {
  const text = (response.body ?? "").toString();
  const json: LooseJson = (response.headers?.["content-type"] ?? "").includes("json") ? JSON.parse(text) : {};
  return {
    status: response.status,
    headers: response.headers ?? {},
    text,
    json,
    rows(name) {
      const rows: unknown = json[name];
      return Array.isArray(rows) ? rows : [];
    },
  };
}
