/** xero-node and its openid-client on consent, tokens, tenants, revocation and disconnecting. */
import { decodeJwt } from "jose";
import { expect, it } from "vitest";
import { TIDEWATER_TENANT_ID } from "@/sandbox/seed/xero-organisation";
import { connectClient, giveConsent, newClient, type XeroNodeWorld } from "./xero-node-world";

const SCOPES = ["openid", "profile", "email", "offline_access", "accounting.settings", "accounting.contacts"];

export function describeIdentity(world: () => XeroNodeWorld): void {
  it("takes a consent, checks its state and the signature of its id_token", async () => {
    const { origin } = world().sandbox;
    const client = await connectClient(origin, SCOPES);
    const tokens = client.readTokenSet();
    expect(tokens).toMatchObject({
      token_type: "Bearer",
      scope: expect.stringContaining("accounting.contacts"),
    });
    expect(tokens.expires_in).toBeGreaterThan(1790);
    // openid-client has checked the signature by the published key; a wrong one would have thrown above.
    expect(tokens.claims()).toMatchObject({
      email: "olivia@tidewatergifts.test",
      given_name: "Olivia",
      iss: `${origin}/xero/identity`,
    });
    const forged = await newClient(origin, SCOPES);
    const callback = new URL(await giveConsent(origin, await forged.buildConsentUrl()));
    callback.searchParams.set("state", "another-state");
    await expect(forged.apiCallback(callback.toString())).rejects.toThrow(/state mismatch/);
  });

  it("takes a consent without OpenID, which answers no id_token", async () => {
    const client = await connectClient(world().sandbox.origin, ["offline_access", "accounting.contacts"]);
    expect(client.readTokenSet().id_token).toBeUndefined();
  });

  it("refuses the broad scopes to an app made today", async () => {
    const { origin } = world().sandbox;
    const client = await newClient(origin, [...SCOPES, "accounting.transactions"]);
    const answer = await fetch(await client.buildConsentUrl(), { redirect: "manual" });
    expect(`${answer.headers.get("location") ?? ""}${await answer.text()}`).toContain("invalid_scope");
  });

  it("refreshes by both of the SDK's ways, each time with another refresh token", async () => {
    const { origin } = world().sandbox;
    const client = await connectClient(origin, SCOPES);
    const first = client.readTokenSet();
    const second = await client.refreshToken();
    expect(second.refresh_token).not.toBe(first.refresh_token);
    const { clientId, clientSecret } = client.config ?? {};
    const third = await client.refreshWithRefreshToken(clientId, clientSecret, second.refresh_token);
    expect(third.refresh_token).not.toBe(second.refresh_token);
    expect(await namesOfTenants(client)).toContain("Tidewater Gifts Ltd");
  });

  it("lists the tenants with their organisations, as updateTenants does by default", async () => {
    const client = await connectClient(world().sandbox.origin, SCOPES);
    client.accountingApi.basePath = `${world().sandbox.origin}/xero/api/api.xro/2.0`;
    const tenants = await client.updateTenants();
    expect(tenants.map(({ tenantId }) => tenantId)).toContain(TIDEWATER_TENANT_ID);
    expect(tenants.find(({ tenantId }) => tenantId === TIDEWATER_TENANT_ID).orgData).toMatchObject({
      name: "Tidewater Gifts Ltd",
    });
  });

  it("disconnects one organisation, which the next call feels", async () => {
    const { origin } = world().sandbox;
    const client = await connectHarbour(origin);
    const tenants = await client.updateTenants(false);
    const harbour = tenants.find(({ tenantName }) => tenantName === "Harbour Café Ltd");
    await client.accountingApi.getOrganisations(harbour.tenantId);
    await client.disconnect(harbour.id);
    const refusal: unknown = await client.accountingApi
      .getOrganisations(harbour.tenantId)
      .catch((thrown) => thrown);
    expect(JSON.parse(String(refusal)).response.statusCode).toBe(403);
  });

  it("revokes the consent, after which the refresh token is worth nothing", async () => {
    const { origin } = world().sandbox;
    const client = await connectHarbour(origin);
    const { refresh_token } = client.readTokenSet();
    await client.revokeToken();
    await expect(client.openIdClient.refresh(refresh_token ?? "")).rejects.toThrow(/invalid_grant/);
  });

  it("names the consent in the access token, as a claim that the connections can be asked by", async () => {
    const client = await connectClient(world().sandbox.origin, SCOPES);
    const claims = decodeJwt(client.readTokenSet().access_token ?? "");
    expect(claims).toMatchObject({ authentication_event_id: expect.any(String), scope: expect.any(Array) });
  });
}

async function namesOfTenants(client: Awaited<ReturnType<typeof connectClient>>): Promise<string[]> {
  return (await client.updateTenants(false)).map(({ tenantName }) => tenantName);
}

/** Another person's consent to another organisation, so that the shared connection stays. */
async function connectHarbour(origin: string) {
  const client = await newClient(origin, SCOPES);
  const consent = await giveConsent(origin, await client.buildConsentUrl(), {
    user: "marcus@webbandpartners.test",
    tenant: "5c1d3a60-7b0e-4f5a-9a51-0d8e5f1c7a02",
  });
  await client.apiCallback(consent);
  return client;
}
