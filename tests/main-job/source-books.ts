import { z } from "zod";
import { ZOHO_ORGANIZATION_ID } from "@/sandbox/seed/zoho-reference-data";
import { ZOHO_CLIENT } from "@/sandbox/zoho/accounts/oauth";

/** Zoho Books as the owner's own desk changes it: over its API, with a consent that may write. */
export interface SourceBooks {
  /** Throws with Zoho's words where it refuses. */
  call(method: string, path: string, body?: object): Promise<SourceAnswer>;
  /** Id of the one record with this value in a list; throws where there is none or more than one. */
  findId(list: SourceList, value: string): Promise<string>;
  /** Id of an account by its name. */
  accountId(name: string): Promise<string>;
  /** Ids of all records with this value in a list. */
  findIds(list: SourceList, value: string): Promise<string[]>;
}

export type SourceList = keyof typeof LISTS;
export type SourceAnswer = z.output<typeof answerSchema>;

const LISTS = {
  contacts: { filter: "contact_name", id: "contact_id" },
  invoices: { filter: "invoice_number", id: "invoice_id" },
  bills: { filter: "bill_number", id: "bill_id" },
  expenses: { filter: "reference_number", id: "expense_id" },
} as const;

const REDIRECT_URI = "http://localhost:3999/callback";
const SCOPES = [
  ...["contacts", "invoices", "customerpayments", "settings", "accountants"],
  ...["bills", "debitnotes", "vendorpayments", "expenses", "purchaseorders"],
]
  .map((module) => `ZohoBooks.${module}.ALL`)
  .join(",");
const answerSchema = z.record(z.string(), z.unknown());
const accountSchema = z.object({ account_id: z.string(), account_name: z.string() });
const tokenSchema = z.object({ access_token: z.string() });

export async function openSource(origin: string): Promise<SourceBooks> {
  const accounts = `${origin}/zoho/eu/accounts/oauth/v2`;
  const consent = await fetch(`${accounts}/auth`, {
    method: "POST",
    redirect: "manual",
    body: new URLSearchParams({
      response_type: "code",
      client_id: ZOHO_CLIENT.clientId,
      redirect_uri: REDIRECT_URI,
      scope: SCOPES,
      state: "desk",
      access_type: "offline",
      decision: "accept",
    }),
  });
  const code = new URL(consent.headers.get("location") ?? "http://none/").searchParams.get("code") ?? "";
  const exchange = await fetch(`${accounts}/token`, {
    method: "POST",
    body: new URLSearchParams({
      grant_type: "authorization_code",
      code,
      redirect_uri: REDIRECT_URI,
      client_id: ZOHO_CLIENT.clientId,
      client_secret: ZOHO_CLIENT.clientSecret,
    }),
  });
  const token = tokenSchema.parse(await exchange.json()).access_token;
  return booksOf(origin, token);
}

function booksOf(origin: string, token: string): SourceBooks {
  async function call(method: string, path: string, body?: object): Promise<SourceAnswer> {
    const url = new URL(`${origin}/zoho/eu/api/books/v3${path}`);
    url.searchParams.set("organization_id", ZOHO_ORGANIZATION_ID);
    const answer = await fetch(url, {
      method,
      headers: { authorization: `Zoho-oauthtoken ${token}`, "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`Zoho Books refused ${method} ${path}: ${await answer.text()}`);
    return answerSchema.parse(await answer.json());
  }
  async function findIds(list: SourceList, value: string): Promise<string[]> {
    const { filter, id } = LISTS[list];
    const answer = await call("GET", `/${list}?${new URLSearchParams({ [filter]: value })}`);
    return z
      .array(answerSchema)
      .parse(answer[list])
      .filter((row) => row[filter] === value)
      .map((row) => String(row[id]));
  }
  return {
    call,
    findIds,
    async accountId(name) {
      const { chartofaccounts } = await call("GET", "/chartofaccounts?per_page=200");
      const found = z.array(accountSchema).parse(chartofaccounts);
      const account = found.find(({ account_name }) => account_name === name);
      if (!account) throw new Error(`there is no account "${name}"`);
      return account.account_id;
    },
    async findId(list, value) {
      const [only, ...others] = await findIds(list, value);
      if (only === undefined || others.length > 0)
        throw new Error(`${list} with "${value}" is not one record`);
      return only;
    },
  };
}
