import { beforeAll, describe, expect, it } from "vitest";
import { invariant } from "@/lib/kernel/invariant";
import { MODULE_NAMES, type ModuleName } from "@/sandbox/zoho/crm/modules";
import { crmOperation, FIXED_ROUTES, MODULE_ROUTES } from "@/sandbox/zoho/crm/routes";
import { type CrmAlone, startCrmAlone } from "@/sandbox/zoho/crm/testing";
import { checkAnswer, checkRequest } from "./check-exchange";
import { isNode, listAt, type Node } from "./json";
import { type Recording, recordExchanges } from "./recorded";
import { hasReference } from "./reference";

const CHANNEL = "1000000068001";
const UNKNOWN = "480211000009999999";

/** Records of each module are made, changed, looked for and deleted; the organisation is read, a channel lives and dies. */
describe.runIf(hasReference("Zoho CRM's calls and answers against its descriptions"))("Zoho CRM", () => {
  let recording: Recording;

  beforeAll(async () => {
    const crm = await startCrmAlone();
    await convertOne(crm);
    recording = recordExchanges("zoho");
    for (const status of ["400-or-207", "202"]) {
      crm.zoho.context.switches.set("zoho.crm-failed-write-status", status);
      for (const name of MODULE_NAMES) await keepRecords(crm, name);
      await beRefused(crm);
      await watchRecords(crm);
    }
    await readSettings(crm);
    recording.stop();
  });

  it("answers what Zoho describes", () => {
    expect(recording.answerProblems()).toEqual({});
  });

  it("takes nothing but what Zoho describes", () => {
    const taken = recording.exchanges.filter(({ response }) => response.status < 400);
    expect(taken.flatMap(checkRequest)).toEqual([]);
  });

  it("shows in a record the fields that Get Fields names, with their types", () => {
    expect([...new Set(recording.exchanges.flatMap(fieldProblems(recording)))]).toEqual([]);
  });

  it("is asked at each address that the sandbox has and Zoho describes", () => {
    const asked = new Set(recording.exchanges.map(({ request }) => addressOf(request.method, request.path)));
    expect(described().filter((address) => !asked.has(address))).toEqual([]);
  });

  it("answers each address with what was asked, not with a refusal alone", () => {
    const answered = new Set(
      recording.exchanges
        .filter(({ response }) => response.status === 200 || response.status === 201)
        .map(({ request }) => addressOf(request.method, request.path)),
    );
    expect(described().filter((address) => !answered.has(address))).toEqual([]);
  });

  it("is found out at each address when it answers a field that nobody describes", () => {
    const silent = planted((body) => ({ ...body, planted_by_a_test: 1 }));
    expect(silent).toEqual([]);
  });

  it("is found out at each address that answers an id, when the id is a number", () => {
    const silent = planted((body) => JSON.parse(JSON.stringify(body).replaceAll(/"id":"\d+"/g, '"id":7')));
    expect(silent).toEqual([]);
  });

  it("is found out when a taken request holds a field that nobody describes", () => {
    const watched = recording.exchanges.find(
      ({ request }) => request.path.endsWith("/actions/watch") && request.method === "POST",
    );
    invariant(watched !== undefined, "a channel is opened");
    const body = Buffer.from(JSON.stringify({ watch: [{ channel_id: CHANNEL, planted_by_a_test: 1 }] }));
    expect(checkRequest({ ...watched, request: { ...watched.request, body } })).toEqual([
      "Enable Notifications: watch[].planted_by_a_test is unknown",
    ]);
  });

  /** Addresses with an answer that the change makes wrong and the check lets pass. */
  function planted(change: (body: Node) => unknown): string[] {
    return recording.exchanges.flatMap((exchange) => {
      const text = Buffer.from(exchange.response.body ?? "").toString("utf8");
      if (text === "" || exchange.response.status >= 300) return [];
      const changed = JSON.stringify(change(JSON.parse(text)));
      if (changed === text) return [];
      const response = { ...exchange.response, body: changed };
      const { method, path } = exchange.request;
      return checkAnswer({ ...exchange, response }).length > 0 ? [] : [addressOf(method, path)];
    });
  }
});

const JSON_TYPES: Readonly<Record<string, string>> = {
  ...{ string: "string", integer: "number", double: "number", boolean: "boolean", jsonobject: "object" },
};

/** Zoho leaves records open, since their fields are the customer's own: Get Fields describes them instead. */
function fieldProblems({ exchanges }: Recording): (exchange: Recording["exchanges"][number]) => string[] {
  const types = new Map<string, string>();
  for (const { request, response } of exchanges)
    if (request.path.endsWith("/settings/fields") && response.status === 200)
      for (const field of rowsOf(response.body, "fields"))
        types.set(
          `${request.query.get("module")}.${field.api_name}`,
          JSON_TYPES[String(field.json_type)] ?? "",
        );
  return ({ request, response }) => {
    const [, module = "", rest] = request.path.slice(BASE.length).split("/");
    const isRead = request.method === "GET" && response.status === 200 && /^(search|\d+)?$/.test(rest ?? "");
    if (!isRead || !MODULE_NAMES.some((name) => name === module)) return [];
    return rowsOf(response.body, "data").flatMap((record) =>
      Object.entries(record)
        .filter(([name, value]) => !name.startsWith("$") && name !== "id" && name !== "Tag" && value !== null)
        .filter(([name, value]) => types.get(`${module}.${name}`) !== typeof value)
        .map(([name, value]) => `${module}.${name}: ${typeof value}`),
    );
  };
}

function rowsOf(body: string | Uint8Array | undefined, name: string): readonly Node[] {
  const text = Buffer.from(body ?? "").toString("utf8");
  return listAt(JSON.parse(text), name).filter(isNode);
}

const BASE = "/eu/api/crm/v8";

function addressOf(method: string, path: string): string {
  return `${method} ${crmOperation(path.slice(BASE.length))}`;
}

/** Every address of the simulator but lead conversion, which Zoho has no document of. */
function described(): string[] {
  const below = MODULE_NAMES.flatMap((name) =>
    MODULE_ROUTES.filter(({ leadsOnly }) => leadsOnly !== true).map(
      ({ method, operation }) => `${method} /${name}${operation}`,
    ),
  );
  return [...FIXED_ROUTES.map(({ method, operation }) => `${method} ${operation}`), ...below];
}

type Fields = Readonly<Record<string, unknown>>;

/** A record of each module with a field of each kind that the module has. */
const RECORDS: Readonly<Record<ModuleName, Fields>> = {
  Leads: {
    Last_Name: "Penrose",
    Company: "Penrose Home",
    Email: "amy@penrose.test",
    Annual_Revenue: 120_000,
    Email_Opt_Out: true,
    Lead_Source: "Trade Show",
    No_of_Employees: 12,
  },
  Contacts: { Last_Name: "Quick", First_Name: "Sol", Email: "sol@quick.test", Date_of_Birth: "1980-05-01" },
  Accounts: { Account_Name: "Quay Traders", Website: "https://quay.test", Employees: 4 },
  Deals: { Deal_Name: "Forty lamps", Stage: "Qualification", Closing_Date: "2026-12-01", Amount: 1234.56 },
};

async function keepRecords({ call, insert }: CrmAlone, name: ModuleName): Promise<void> {
  const sample = RECORDS[name];
  const ids = await insert(
    name,
    sample,
    { ...sample, Email: `third@${name}.test` },
    { ...sample, Email: `other@${name}.test` },
  );
  const [id = "", other = "", third = ""] = ids;
  const fields = Object.keys(sample).join(",");
  await call("GET", `/${name}?fields=${fields}&per_page=1`);
  await call("GET", `/${name}?fields=${fields}&sort_by=Modified_Time&sort_order=asc&page=1`);
  await call("GET", `/${name}`);
  await call("GET", `/${name}/${id}`);
  await call("GET", `/${name}/${id}?fields=Owner,Created_Time`);
  await call("GET", `/${name}/${UNKNOWN}`);
  await call("PUT", `/${name}`, {
    data: [
      { id, Description: "Called on Friday" },
      { id: UNKNOWN, Description: "" },
    ],
  });
  await call("PUT", `/${name}`, { data: [{ id, Description: "Called on Monday" }] });
  await call("PUT", `/${name}/${id}`, { data: [{ Description: null }] });
  await call("POST", `/${name}/upsert`, { data: [sample], duplicate_check_fields: [Object.keys(sample)[0]] });
  await call("POST", `/${name}/upsert`, {
    data: [{ ...sample, [Object.keys(sample)[0] ?? ""]: "Nobody", Email: "new@nobody.test" }],
  });
  await call("POST", `/${name}`, { data: [{ Description: "No name" }] });
  await call("POST", `/${name}`, { data: [] });
  await call("GET", `/${name}/search?criteria=(id:equals:${id})`);
  await call(
    "GET",
    `/${name}/search?word=${String(Object.values(sample)[0]).split(" ")[0]}&per_page=1&page=1`,
  );
  await call("GET", `/${name}/search?criteria=(id:equals:${UNKNOWN})`);
  await call("GET", `/${name}/search`);
  await call("GET", `/${name}/actions/count`);
  await call("GET", `/${name}/actions/count?criteria=(id:equals:${id})`);
  await call("GET", `/${name}/deleted`);
  await call("GET", `/${name}/${id}`, undefined, { "if-modified-since": "2027-01-01T00:00:00+00:00" });
  await call("DELETE", `/${name}/${id}`);
  await call("DELETE", `/${name}?ids=${other}`);
  await call("DELETE", `/${name}?ids=${third},${UNKNOWN}`);
  await call("DELETE", `/${name}?ids=${UNKNOWN}`);
  await call("GET", `/${name}/deleted?type=recycle&per_page=1`);
  await call("POST", "/coql", {
    select_query: `select id, Created_Time from ${name} where id is not null limit 1`,
  });
  await call("POST", "/coql", { select_query: `select Nothing from ${name}` });
  await call("GET", `/settings/fields?module=${name}`);
  await call("GET", `/settings/modules/${name}`);
}

/** Records that are wrong in a way each, and lists that nobody can have. */
async function beRefused({ call, zoho }: CrmAlone): Promise<void> {
  const { switches } = zoho.context;
  const wrong: readonly Fields[] = [
    { Annual_Revenue: "much" },
    { Email: "nobody" },
    { Company: "x".repeat(300) },
    { Email_Opt_Out: "perhaps" },
    { Lead_Source: "Nowhere" },
    { Owner: { id: UNKNOWN } },
    { No_of_Employees: 1.5 },
  ];
  const right = RECORDS.Leads;
  await call("POST", "/Leads", { data: wrong.map((fields) => ({ ...right, ...fields })) });
  await call("POST", "/Deals", {
    data: [{ ...RECORDS.Deals, Account_Name: { id: UNKNOWN }, Closing_Date: "soon" }],
  });
  await call("POST", "/Leads", { data: Array.from({ length: 101 }, () => right) });
  await call("POST", "/Leads", { data: right });
  await call("PUT", "/Leads", { data: [right] });
  switches.set("zoho.crm-unique-email", "yes");
  await call("POST", "/Contacts", { data: [RECORDS.Contacts, RECORDS.Contacts] });
  switches.set("zoho.crm-unique-email", "no");
  const converted = await call("GET", "/Leads?fields=Last_Name&converted=true");
  const id = String(converted.rows("data")[0]?.id);
  await call("PUT", `/Leads/${id}`, { data: [{ Company: "Late" }] });
  const many = Array.from({ length: 101 }, (_, index) => String(index)).join(",");
  for (const query of [
    ...["per_page=900", "page=0", "page=11", "sort_by=Company", "sort_order=up", "page_token=none"],
    ...["page=1&page_token=none", `ids=${many}`],
  ])
    await call("GET", `/Leads?fields=Last_Name&${query}`);
  await call("GET", `/Leads?fields=${Array.from({ length: 51 }, (_, index) => `Field${index}`).join(",")}`);
  await call("DELETE", `/Leads?ids=${many}`);
  await call("DELETE", "/Leads");
  await call("GET", "/Leads/deleted?type=gone");
  const tests = Array.from({ length: 16 }, () => "(Company:equals:x)").join("and");
  for (const criteria of ["(", "(Nothing:equals:1)", `(${tests})`])
    await call("GET", `/Leads/search?criteria=${criteria}`);
  await call("GET", "/Leads/search?word=x&page=11");
  await call("POST", "/coql", { select_query: "select" });
  await call("POST", "/coql", { select_query: "select id from Leads" });
  await call("POST", "/coql", { select_query: "select id from Leads where id is not null limit 9000" });
  await call("PATCH", "/Leads", {});
}

async function readSettings({ call }: CrmAlone): Promise<void> {
  await call("GET", "/org");
  await call("GET", "/Leads?fields=Last_Name&converted=true");
  const users = await call("GET", "/users?type=ActiveUsers");
  await call("GET", "/users?type=DeactiveUsers");
  await call("GET", `/users/${String(users.rows("users")[0]?.id)}`);
  await call("GET", `/users/${UNKNOWN}`);
  await call("GET", "/settings/modules");
  await call("GET", "/settings/modules/Nothing");
  await call("GET", "/settings/fields?module=Nothing");
  await call("GET", "/settings/fields");
  await call("GET", "/Nothing?fields=id");
}

async function watchRecords({ call }: CrmAlone): Promise<void> {
  const channel = { channel_id: CHANNEL, notify_url: "https://hooks.test/zoho", token: "lamp" };
  const events = ["Leads.all", "Deals.edit"];
  await call("GET", "/actions/watch");
  await call("POST", "/actions/watch", {
    watch: [
      { ...channel, events, channel_expiry: "2026-11-21T20:00:00+00:00", return_affected_field_values: true },
    ],
  });
  await call("POST", "/actions/watch", { watch: [{ ...channel, events: ["Nothing.all"] }] });
  await call("GET", "/actions/watch");
  await call("GET", `/actions/watch?channel_id=${CHANNEL}&module=Leads&page=1&per_page=10`);
  await call("PUT", "/actions/watch", { watch: [{ ...channel, events }] });
  await call("PUT", "/actions/watch", { watch: [{ ...channel, channel_id: "77", events }] });
  await call("PATCH", "/actions/watch", { watch: [{ channel_id: CHANNEL, token: "shade" }] });
  await call("PATCH", "/actions/watch", {
    watch: [{ channel_id: CHANNEL, events: ["Deals.edit"], _delete_events: true }],
  });
  await call("DELETE", `/actions/watch?channel_ids=${CHANNEL}`);
  await call("DELETE", `/actions/watch?channel_ids=${CHANNEL}`);
  await call("DELETE", "/actions/watch");
}

/** Before anything is written down: Zoho describes no conversion, but what it leaves is listed. */
async function convertOne({ call, insert }: CrmAlone): Promise<void> {
  const [id = ""] = await insert("Leads", RECORDS.Leads);
  await call("POST", `/Leads/${id}/actions/convert`, { data: [{}] });
}
