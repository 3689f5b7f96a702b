import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createFrozenClock } from "@/sandbox/kit/clock";
import { createMemoryContext } from "@/sandbox/kit/context";
import { zohoSeed } from "@/sandbox/seed/zoho-organisation";
import { ZOHO_ORGANIZATION_ID } from "@/sandbox/seed/zoho-reference-data";
import { type RunningSandbox, startSandbox } from "@/sandbox/server";
import { ZOHO_CLIENT } from "./accounts/oauth";
import { createZohoService } from "./service";
import { ZOHO_SWITCHES } from "./switches";
import { ALL_SCOPES, REDIRECT_URI } from "./testing";

describe("over HTTP", () => {
  let sandbox: RunningSandbox;

  beforeEach(async () => {
    sandbox = await startSandbox({ port: 0, clock: createFrozenClock("2026-11-21T09:00:00Z") });
    zohoSeed(sandbox.context).putOrganization();
  });
  afterEach(() => sandbox.stop());

  it("an app gets from consent to invoices, and the call log says what was called", async () => {
    const accounts = `${sandbox.origin}/zoho/eu/accounts`;
    const asked = new URLSearchParams({
      ...{ response_type: "code", client_id: ZOHO_CLIENT.clientId, redirect_uri: REDIRECT_URI },
      ...{ scope: ALL_SCOPES, state: "s", access_type: "offline", prompt: "consent" },
    });
    const page = await fetch(`${accounts}/oauth/v2/auth?${asked}`);
    expect(page.headers.get("content-type")).toContain("text/html");
    expect(await page.text()).toContain(
      '<button type="submit" name="decision" value="accept">Accept</button>',
    );
    const consent = await fetch(`${accounts}/oauth/v2/auth`, {
      method: "POST",
      body: new URLSearchParams([...asked, ["decision", "accept"]]),
      redirect: "manual",
    });
    expect(consent.status).toBe(302);
    const back = new URL(consent.headers.get("location") ?? "");
    expect(back.searchParams.get("accounts-server")).toBe(accounts);
    const tokens = await fetch(`${accounts}/oauth/v2/token`, {
      method: "POST",
      body: new URLSearchParams({
        ...{ grant_type: "authorization_code", code: back.searchParams.get("code") ?? "" },
        ...{
          redirect_uri: REDIRECT_URI,
          client_id: ZOHO_CLIENT.clientId,
          client_secret: ZOHO_CLIENT.clientSecret,
        },
      }),
    }).then((answer) => answer.json());
    const invoices = await fetch(
      `${tokens.api_domain}/books/v3/invoices?organization_id=${ZOHO_ORGANIZATION_ID}`,
      {
        headers: { authorization: `Zoho-oauthtoken ${tokens.access_token}` },
      },
    ).then((answer) => answer.json());
    expect(invoices).toMatchObject({ code: 0, invoices: [] });
    expect(sandbox.callLog.entries().map(({ operation, kind, tenant }) => [operation, kind, tenant])).toEqual(
      [
        ["/oauth/v2/auth", "page", null],
        ["/oauth/v2/auth", "page", null],
        ["/oauth/v2/token", "auth", null],
        ["/invoices", "read", ZOHO_ORGANIZATION_ID],
      ],
    );
  });

  it("a reset leaves no records, and the sandbox can be seeded again", async () => {
    await sandbox.reset();
    expect(zohoSeed(sandbox.context).books.organizations.size).toBe(0);
    expect(await sandbox.seed({ kind: "demo-company" })).toMatchObject({ invoices: 96 });
  });

  it("an address outside any data centre is no Zoho address", async () => {
    const answer = await fetch(`${sandbox.origin}/zoho/moon/api/books/v3/invoices`);
    expect([answer.status, await answer.json()]).toEqual([404, { code: 5, message: "Invalid URL Passed" }]);
  });
});

describe("the call log's words", () => {
  it("file a write under its operation without ids", async () => {
    const service = createZohoService(await createMemoryContext(ZOHO_SWITCHES));
    const described = service.describe({
      method: "POST",
      path: "/eu/api/books/v3/invoices/480211000000000123/status/void",
      query: new URLSearchParams({ organization_id: "7" }),
      headers: {},
      body: Buffer.alloc(0),
    });
    expect(described).toEqual({ tenant: "7", operation: "/invoices/{id}/status/void", kind: "write" });
  });
});

describe("a seed", () => {
  it("shares its records with the service of the same context", async () => {
    const context = await createMemoryContext(ZOHO_SWITCHES);
    const seed = zohoSeed(context);
    createZohoService(context);
    seed.putOrganization();
    expect(zohoSeed(context).books.organizations.size).toBe(1);
  });
});
