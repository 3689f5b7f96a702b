import { describe, expect, it } from "vitest";
import { pendingCrmNotifications, settleCrmNotification } from "./notify";
import { CRM_SCOPES, type CrmAlone, startCrmAlone } from "./testing";

describe("the front", () => {
  it("refuses no token, a wrong one, and one of another data centre", async () => {
    const { zoho, call } = await startCrmAlone();
    const bare = await zoho.send("GET", "/eu/api/crm/v8/org", {});
    expect([bare.status, bare.json.code]).toEqual([401, "AUTHENTICATION_FAILURE"]);
    const wrong = await call("GET", "/org", undefined, { authorization: "Zoho-oauthtoken x" });
    expect([wrong.status, wrong.json.code]).toEqual([401, "INVALID_TOKEN"]);
    const american = await zoho.connect({ dataCentre: "com", scope: CRM_SCOPES });
    const headers = { authorization: `Zoho-oauthtoken ${american}` };
    expect((await call("GET", "/org", undefined, headers)).json.code).toBe("INVALID_TOKEN");
    expect((await zoho.send("GET", "/com/api/crm/v8/org", { headers })).json.code).toBe("NO_PERMISSION");
  });

  it("keeps the records of two data centres apart", async () => {
    const { zoho, insert } = await startCrmAlone();
    await insert("Leads", { Last_Name: "Penrose" });
    zoho.seed.addOrganization("20090000002", {
      ...{ name: "Second", contactName: "Olivia Shaw", email: "olivia@tidewatergifts.test" },
      ...{ dataCentre: "com", currencyCode: "USD", timeZone: "America/New_York", countryCode: "US" },
    });
    const american = await zoho.connect({ dataCentre: "com", scope: CRM_SCOPES });
    const headers = { authorization: `Zoho-oauthtoken ${american}` };
    const leads = (query: Record<string, string>) =>
      zoho.send("GET", "/com/api/crm/v8/Leads", { headers, query });
    expect((await leads({ fields: "id" })).status).toBe(204);
    const json = { data: [{ Last_Name: "Lighthouse" }] };
    await zoho.send("POST", "/com/api/crm/v8/Leads", { headers, json });
    expect((await leads({ fields: "Last_Name" })).rows("data")).toMatchObject([{ Last_Name: "Lighthouse" }]);
  });

  it("asks for the module's scope and verb", async () => {
    const { call } = await startCrmAlone("ZohoCRM.modules.leads.READ,ZohoCRM.coql.READ");
    expect((await call("GET", "/Leads?fields=id")).status).toBe(204);
    const write = await call("POST", "/Leads", { data: [{ Last_Name: "A" }] });
    expect([write.status, write.json.code]).toEqual([401, "OAUTH_SCOPE_MISMATCH"]);
    expect((await call("GET", "/Deals?fields=id")).json.code).toBe("OAUTH_SCOPE_MISMATCH");
    expect((await call("GET", "/org")).json.code).toBe("OAUTH_SCOPE_MISMATCH");
    const query = { select_query: "select id from Deals where id is not null" };
    expect((await call("POST", "/coql", query)).json.code).toBe("OAUTH_SCOPE_MISMATCH");
  });

  it("knows wrong modules, addresses and methods apart", async () => {
    const { call } = await startCrmAlone();
    expect((await call("GET", "/leads?fields=id")).json.code).toBe("INVALID_MODULE");
    expect((await call("GET", "/Leads/1/2/3")).json.code).toBe("INVALID_URL_PATTERN");
    expect((await call("PATCH", "/Leads")).json.code).toBe("INVALID_REQUEST_METHOD");
  });

  it("says what is left of the credits from half of them on, and then refuses", async () => {
    const { call, zoho } = await startCrmAlone();
    zoho.seed.changeOrganization({ plan: "FREE" });
    // A write of a hundred costs ten, also when nothing of it is stored.
    const data = Array.from({ length: 100 }, () => ({}));
    for (let count = 0; count < 249; count += 1) await call("POST", "/Leads", { data });
    expect((await call("GET", "/org")).headers["x-api-credits-remaining"]).toBeUndefined();
    const last = await call("POST", "/Leads", { data });
    expect(last.headers["x-api-credits-remaining"]).toBe("2499");
    for (let count = 0; count < 249; count += 1) await call("POST", "/Leads", { data });
    for (let count = 0; count < 8; count += 1) await call("GET", "/org");
    expect((await call("GET", "/org")).headers).toMatchObject({ "x-api-credits-remaining": "0" });
    const refused = await call("GET", "/org");
    expect([refused.status, refused.json.code]).toEqual([429, "TOO_MANY_REQUESTS"]);
    zoho.context.clock.advance(86_400_001);
    const token = await zoho.connect({ scope: CRM_SCOPES });
    const headers = { authorization: `Zoho-oauthtoken ${token}` };
    expect((await call("GET", "/org", undefined, headers)).status).toBe(200);
  });

  it("refuses a sixth call at once of a free organisation", async () => {
    const { call, zoho } = await startCrmAlone();
    zoho.seed.changeOrganization({ plan: "FREE" });
    const answers = await Promise.all(Array.from({ length: 6 }, () => call("GET", "/org")));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 200, 200, 200, 200, 429]);
  });

  it("tells of organisation, user, modules and fields", async () => {
    const { call } = await startCrmAlone();
    expect((await call("GET", "/org")).rows("org")[0]).toMatchObject({ iso_code: "GBP" });
    expect((await call("GET", "/users?type=CurrentUser")).rows("users")[0]).toMatchObject({
      status: "active",
    });
    const modules = (await call("GET", "/settings/modules")).rows("modules").map(({ api_name }) => api_name);
    expect(modules).toEqual(["Leads", "Contacts", "Accounts", "Deals"]);
    const fields = (await call("GET", "/settings/fields?module=Deals")).rows("fields");
    expect(fields.filter((field) => Boolean(field.system_mandatory)).map(({ api_name }) => api_name)).toEqual(
      ["Deal_Name", "Stage"],
    );
    expect((await call("GET", "/settings/fields")).json.code).toBe("REQUIRED_PARAM_MISSING");
  });
});

describe("notifications", () => {
  const CHANNEL = {
    channel_id: "1000000068001",
    events: ["Leads.create", "Contacts.all"],
    token: "a secret of ours",
    notify_url: "http://localhost:3000/hook?key1=val1",
  };
  const subscribe = (crm: CrmAlone, change: object = {}) =>
    crm.call("POST", "/actions/watch", { watch: [{ ...CHANNEL, ...change }] });

  it("lie ready for each channel that watches, with its token and all ids of the call", async () => {
    const crm = await startCrmAlone();
    const made = await subscribe(crm, { return_affected_field_values: true });
    expect(made.status).toBe(201);
    expect(made.rows("watch")[0]?.details).toMatchObject({
      events: [
        { resource_name: "Leads", channel_expiry: "2026-11-21T10:00:00+00:00", channel_id: "1000000068001" },
        { resource_name: "Contacts" },
      ],
    });
    const ids = await crm.insert("Leads", { Last_Name: "A" }, {}, { Last_Name: "B" });
    await crm.call("PUT", `/Leads/${ids[0]}`, { data: [{ Last_Name: "A2" }] });
    const [contact] = await crm.insert("Contacts", { Last_Name: "C" });
    await crm.call("DELETE", `/Contacts/${contact}`);
    const pending = pendingCrmNotifications(crm.zoho.context);
    expect(pending.map(([, { payload }]) => [payload.module, payload.operation, payload.ids])).toEqual([
      ["Leads", "insert", [ids[0], ids[2]]],
      ["Contacts", "insert", [contact]],
      ["Contacts", "delete", [contact]],
    ]);
    expect(pending[0]?.[1]).toMatchObject({
      notifyUrl: CHANNEL.notify_url,
      payload: {
        token: CHANNEL.token,
        channel_id: CHANNEL.channel_id,
        query_params: { key1: "val1" },
        affected_fields: [{ [String(ids[0])]: ["Last_Name"] }, { [String(ids[2])]: ["Last_Name"] }],
        affected_values: [{ record_id: ids[0], values: { Last_Name: "A" } }, { record_id: ids[2] }],
        resource_uri: "http://localhost:4010/zoho/eu/api/crm/v8/Leads",
      },
    });
    settleCrmNotification(crm.zoho.context, pending[0]?.[0] ?? "");
    expect(pendingCrmNotifications(crm.zoho.context)).toHaveLength(2);
  });

  it("hold no more than ids, module, operation, channel and token where the switch says so", async () => {
    const crm = await startCrmAlone();
    crm.zoho.context.switches.set("zoho.crm-notification", "short");
    await subscribe(crm, { return_affected_field_values: true });
    const ids = await crm.insert("Leads", { Last_Name: "A" });
    expect(pendingCrmNotifications(crm.zoho.context).map(([, { payload }]) => payload)).toEqual([
      {
        ...{ module: "Leads", operation: "insert", ids },
        ...{ channel_id: CHANNEL.channel_id, token: CHANNEL.token },
      },
    ]);
  });

  it("end with the channel's expiry: an hour unless asked, a day or a week at most", async () => {
    const crm = await startCrmAlone();
    const expiryOf = async (channel_expiry: string): Promise<unknown> => {
      const made = await subscribe(crm, { channel_expiry });
      const events: unknown = made.rows("watch")[0]?.details?.events;
      return Array.isArray(events) ? events[0].channel_expiry : undefined;
    };
    expect(await expiryOf("2026-11-22T08:00:00Z")).toBe("2026-11-22T08:00:00+00:00");
    expect(await expiryOf("2026-11-24T08:00:00Z")).toBe("2026-11-21T10:00:00+00:00");
    crm.zoho.context.switches.set("zoho.crm-channel-expiry", "week");
    expect(await expiryOf("2026-11-24T08:00:00Z")).toBe("2026-11-24T08:00:00+00:00");
    await subscribe(crm);
    crm.zoho.context.clock.advance(3_599_000);
    await crm.insert("Leads", { Last_Name: "In time" });
    crm.zoho.context.clock.advance(1_000);
    const token = await crm.zoho.connect({ scope: CRM_SCOPES });
    const headers = { authorization: `Zoho-oauthtoken ${token}` };
    await crm.call("POST", "/Leads", { data: [{ Last_Name: "Late" }] }, headers);
    expect(pendingCrmNotifications(crm.zoho.context)).toHaveLength(1);
    expect((await crm.call("GET", "/actions/watch", undefined, headers)).status).toBe(204);
  });

  it.each([
    [{ token: "x".repeat(51) }, "INVALID_DATA", "token"],
    [{ notify_url: undefined }, "MANDATORY_NOT_FOUND", "notify_url"],
    [{ events: [] }, "MANDATORY_NOT_FOUND", "events"],
    [{ events: ["Leads.paint"] }, "INVALID_DATA", "events[0]"],
    [{ channel_id: "mine" }, "INVALID_DATA", "channel_id"],
    [{ channel_id: undefined }, "MANDATORY_NOT_FOUND", "channel_id"],
  ])("are not subscribed with %j", async (change, code, field) => {
    const answer = await subscribe(await startCrmAlone(), change);
    expect(answer.status).toBe(202);
    expect(answer.rows("watch")[0]).toMatchObject({ code, details: { api_name: field } });
  });

  it("are replaced by PUT, changed by PATCH, ended by DELETE", async () => {
    const crm = await startCrmAlone();
    const change = (method: string, body: object) =>
      crm.call(method, "/actions/watch", { watch: [{ channel_id: CHANNEL.channel_id, ...body }] });
    expect((await change("PUT", CHANNEL)).rows("watch")[0]?.code).toBe("NOT_SUBSCRIBED");
    await subscribe(crm);
    const url = "http://localhost:3000/other";
    expect((await change("PATCH", { notify_url: url })).status).toBe(200);
    expect((await crm.call("GET", "/actions/watch?module=Leads")).rows("watch")).toMatchObject([
      { notify_url: url, token: CHANNEL.token, events: ["Leads.create"] },
    ]);
    await change("PATCH", { events: ["Contacts.all"], _delete_events: true });
    expect((await crm.call("GET", "/actions/watch")).rows("watch")).toHaveLength(1);
    await change("PUT", { events: ["Deals.all"], notify_url: url });
    expect((await crm.call("GET", "/actions/watch")).rows("watch")).toMatchObject([
      { resource_name: "Deals", token: null },
    ]);
    const gone = await crm.call("DELETE", `/actions/watch?channel_ids=${CHANNEL.channel_id},7`);
    expect(gone.rows("watch").map(({ code }) => code)).toEqual(["SUCCESS", "NOT_SUBSCRIBED"]);
    expect((await crm.call("GET", "/actions/watch")).status).toBe(204);
  });
});
