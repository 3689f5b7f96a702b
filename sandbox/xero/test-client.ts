/**
 * How tests and benches talk to the simulated Xero without a browser and without the product's connector:
 * the consent form posted as a browser would, then plain HTTP.
 */
import { z } from "zod";
import { invariant } from "@/lib/kernel/invariant";
import { sendPlain } from "@/sandbox/kit/plain-request";
import { TIDEWATER_TENANT_ID } from "@/sandbox/seed/xero-organisation";
import { XERO_CLIENT_ID, XERO_CLIENT_SECRET } from "./identity/registered-apps";

export const TEST_REDIRECT_URI = "http://localhost:3999/callback";
export const TEST_SCOPES =
  "openid profile email offline_access accounting.invoices accounting.payments accounting.banktransactions accounting.contacts accounting.settings";

const tokens = z.object({
  access_token: z.string(),
  refresh_token: z.string().optional(),
  id_token: z.string().optional(),
  expires_in: z.number(),
  scope: z.string(),
});
export type Tokens = z.infer<typeof tokens>;

/** A record of an answer: whatever Xero's JSON holds under these names. */
// biome-ignore lint/suspicious/noExplicitAny: tests read vendor JSON field by field and compare it
export type Answered = Record<string, any>;

export interface XeroReply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body as JSON; empty when it is none. */
  readonly json: Answered;
}

export interface TestClient {
  readonly tokens: Tokens;
  call(
    method: string,
    path: string,
    options?: {
      body?: unknown;
      query?: Record<string, string>;
      headers?: Record<string, string>;
      tenant?: string;
    },
  ): Promise<XeroReply>;
  /** PUT of records under their plural name with summarizeErrors=false; throws unless all are OK. */
  create(plural: string, ...records: object[]): Promise<Answered[]>;
}

/** Posts the consent form; answers the redirect's parameters. */
export async function postConsent(
  origin: string,
  form: Record<string, string>,
): Promise<{ status: number; location: URLSearchParams; body: string }> {
  const response = await sendPlain(`${origin}/xero/identity/connect/consent`, {
    method: "POST",
    body: new URLSearchParams({
      client_id: XERO_CLIENT_ID,
      redirect_uri: TEST_REDIRECT_URI,
      response_type: "code",
      scope: TEST_SCOPES,
      state: "state-1",
      user: "olivia@tidewatergifts.test",
      tenant: TIDEWATER_TENANT_ID,
      decision: "allow",
      ...form,
    }).toString(),
  });
  const location = response.headers.get("location");
  return {
    status: response.status,
    location: new URL(location ?? "http://none/").searchParams,
    body: response.text,
  };
}

/** Calls the token endpoint with the sandbox's client. */
export async function postToken(
  origin: string,
  form: Record<string, string>,
): Promise<{ status: number; json: Answered }> {
  const basic = Buffer.from(`${XERO_CLIENT_ID}:${XERO_CLIENT_SECRET}`).toString("base64");
  const response = await sendPlain(`${origin}/xero/identity/connect/token`, {
    method: "POST",
    headers: { authorization: `Basic ${basic}` },
    body: new URLSearchParams(form).toString(),
  });
  return { status: response.status, json: JSON.parse(response.text) };
}

/** Consents and answers a client for the organisation. */
export async function connectXero(origin: string, form: Record<string, string> = {}): Promise<TestClient> {
  const { location } = await postConsent(origin, form);
  const answer = await postToken(origin, {
    grant_type: "authorization_code",
    code: location.get("code") ?? "",
    redirect_uri: TEST_REDIRECT_URI,
  });
  return clientOf(origin, tokens.parse(answer.json), form.tenant ?? TIDEWATER_TENANT_ID);
}

function clientOf(origin: string, held: Tokens, tenantId: string): TestClient {
  const client: TestClient = {
    tokens: held,
    async call(method, path, { body, query, headers, tenant } = {}) {
      const url = new URL(`${origin}/xero/api/api.xro/2.0${path}`);
      for (const [name, value] of Object.entries(query ?? {})) url.searchParams.set(name, value);
      const response = await sendPlain(url.toString(), {
        method,
        headers: {
          authorization: `Bearer ${held.access_token}`,
          "xero-tenant-id": tenant ?? tenantId,
          accept: "application/json",
          "content-type": "application/json",
          ...headers,
        },
        ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
      });
      const { text } = response;
      const isJson = (response.headers.get("content-type") ?? "").includes("json");
      return {
        status: response.status,
        headers: response.headers,
        text,
        json: isJson ? JSON.parse(text) : {},
      };
    },
    async create(plural, ...records) {
      const reply = await client.call("PUT", `/${plural}`, {
        body: { [plural]: records },
        query: { summarizeErrors: "false", unitdp: "4" },
      });
      const answered: Answered[] = reply.json[plural] ?? [];
      invariant(
        reply.status === 200 && answered.every((record) => record.StatusAttributeString === "OK"),
        `could not create ${plural}: ${reply.text.slice(0, 2000)}`,
      );
      return answered;
    },
  };
  return client;
}

/** An approved sales invoice of one line, changed by `fields`. */
export function anInvoice(contactId: string, fields: object = {}): object {
  return {
    Type: "ACCREC",
    Contact: { ContactID: contactId },
    Date: "2026-05-10",
    DueDate: "2026-06-09",
    Status: "AUTHORISED",
    LineItems: [
      { Description: "Gift box", Quantity: 2, UnitAmount: 10, AccountCode: "200", TaxType: "OUTPUT2" },
    ],
    ...fields,
  };
}
