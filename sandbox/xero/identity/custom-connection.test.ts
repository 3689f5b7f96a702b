import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { TIDEWATER_TENANT_ID } from "@/sandbox/seed/xero-organisation";
import { type RunningSandbox, startSandbox } from "@/sandbox/server";
import { connectXero } from "../test-client";
import { XERO_CUSTOM_CLIENT_ID, XERO_CUSTOM_CLIENT_SECRET } from "./registered-apps";

let sandbox: RunningSandbox;
beforeEach(async () => {
  sandbox = await startSandbox({ port: 0 });
});
afterEach(() => sandbox.stop());

const token = async (form: Record<string, string> = {}) => {
  const basic = Buffer.from(`${XERO_CUSTOM_CLIENT_ID}:${XERO_CUSTOM_CLIENT_SECRET}`).toString("base64");
  const response = await fetch(`${sandbox.origin}/xero/identity/connect/token`, {
    method: "POST",
    headers: { authorization: `Basic ${basic}` },
    body: new URLSearchParams({ grant_type: "client_credentials", ...form }),
  });
  return { status: response.status, json: await response.json() };
};
const call = (path: string, accessToken: string, method = "GET") =>
  fetch(`${sandbox.origin}/xero/api/${path}`, {
    method,
    headers: { authorization: `Bearer ${accessToken}`, accept: "application/json" },
  });

describe("a custom connection", () => {
  it("gets a token by client credentials alone, and calls its organisation without naming it", async () => {
    const { status, json } = await token({ scope: "accounting.contacts accounting.settings.read" });
    expect(status).toBe(200);
    expect(json).toEqual({
      access_token: expect.any(String),
      expires_in: 1800,
      token_type: "Bearer",
      scope: "accounting.contacts accounting.settings.read",
    });
    const organisation = await (await call("api.xro/2.0/Organisation", json.access_token)).json();
    expect(organisation.Organisations[0].OrganisationID).toBe(TIDEWATER_TENANT_ID);
    expect((await call("api.xro/2.0/Invoices", json.access_token)).status).toBe(401);
    const links = await (await call("connections", json.access_token)).json();
    expect(links).toMatchObject([{ tenantId: TIDEWATER_TENANT_ID }]);
  });

  it("gets all that was allowed where no scope is named, and invalid_scope for what is none", async () => {
    const { json } = await token();
    expect((await call("api.xro/2.0/Invoices", json.access_token)).status).toBe(200);
    for (const scope of ["accounting.transactions", "openid", "accounting.contacts nonsense"])
      expect(await token({ scope })).toEqual({ status: 400, json: { error: "invalid_scope" } });
  });

  it("has no codes and no refresh tokens", async () => {
    for (const grant_type of ["authorization_code", "refresh_token"])
      expect(await token({ grant_type })).toEqual({ status: 400, json: { error: "unauthorized_client" } });
    expect(await token({ grant_type: "password" })).toEqual({
      status: 400,
      json: { error: "unsupported_grant_type" },
    });
  });

  it("is worth nothing once it is disconnected, and other apps still name their organisation", async () => {
    const { json } = await token();
    const web = await connectXero(sandbox.origin);
    expect((await web.call("GET", "/Organisation", { tenant: "" })).status).toBe(403);
    const [link] = await (await call("connections", json.access_token)).json();
    expect((await call(`connections/${link.id}`, json.access_token, "DELETE")).status).toBe(204);
    expect((await call("api.xro/2.0/Organisation", json.access_token)).status).toBe(403);
    expect(await token()).toEqual({ status: 400, json: { error: "unauthorized_client" } });
    expect((await web.call("GET", "/Organisation")).status).toBe(200);
  });
});
