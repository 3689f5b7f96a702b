import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createFrozenClock } from "@/sandbox/kit/clock";
import { TIDEWATER_TENANT_ID, xeroSeed } from "@/sandbox/seed/xero-organisation";
import { type RunningSandbox, startSandbox } from "@/sandbox/server";
import { type Answered, connectXero, type TestClient } from "../test-client";

let sandbox: RunningSandbox;
let xero: TestClient;
let contacts: Answered[];
let group: Answered;
beforeEach(async () => {
  sandbox = await startSandbox({
    port: 0,
    limitSpeed: 1_000_000,
    clock: createFrozenClock("2026-06-01T09:00:00Z"),
  });
  xero = await connectXero(sandbox.origin);
  contacts = await xero.create("Contacts", { Name: "Ann" }, { Name: "Ben" });
  const { json } = await xero.call("PUT", "/ContactGroups", { body: { ContactGroups: [{ Name: "VIPs" }] } });
  group = json.ContactGroups[0];
});
afterEach(() => sandbox.stop());

const path = (): string => `/ContactGroups/${group.ContactGroupID}`;
const add = (...ids: string[]) =>
  xero.call("PUT", `${path()}/Contacts`, {
    body: { Contacts: ids.map((ContactID) => ({ ContactID })) },
  });
const members = async (): Promise<string[]> => {
  const { json } = await xero.call("GET", path());
  return json.ContactGroups[0].Contacts.map(({ Name }: Answered) => Name);
};

describe("a contact group", () => {
  it("lists its contacts by id alone, and its contacts name it", async () => {
    expect((await add(contacts[0]?.ContactID, contacts[1]?.ContactID)).status).toBe(200);
    await add(contacts[0]?.ContactID);
    expect(await members()).toEqual(["Ann", "Ben"]);
    const listed = await xero.call("GET", "/ContactGroups");
    expect(listed.json.ContactGroups).toMatchObject([{ Name: "VIPs", Contacts: [] }]);
    const { json } = await xero.call("GET", `/Contacts/${contacts[0]?.ContactID}`);
    expect(json.Contacts[0].ContactGroups).toMatchObject([
      { ContactGroupID: group.ContactGroupID, Name: "VIPs", Status: "ACTIVE" },
    ]);
  });

  it("loses one contact, or all of them", async () => {
    await add(contacts[0]?.ContactID, contacts[1]?.ContactID);
    const one = await xero.call("DELETE", `${path()}/Contacts/${contacts[0]?.ContactID}`);
    expect(one.status).toBe(204);
    expect(await members()).toEqual(["Ben"]);
    expect((await xero.call("DELETE", `${path()}/Contacts/${contacts[0]?.ContactID}`)).status).toBe(404);
    expect((await xero.call("DELETE", `${path()}/Contacts`)).status).toBe(204);
    expect(await members()).toEqual([]);
  });

  it("has a unique name, is renamed, and is gone from lists once deleted while its contacts stay", async () => {
    const same = await xero.call("PUT", "/ContactGroups", { body: { Name: "vips" } });
    expect(same.json.Elements[0].ValidationErrors).toEqual([{ Message: "Please enter a unique Name." }]);
    await add(contacts[0]?.ContactID);
    const renamed = await xero.call("POST", path(), { body: { Name: "Best" } });
    expect(renamed.json.ContactGroups[0].Name).toBe("Best");
    const deleted = await xero.call("POST", path(), { body: { Status: "DELETED" } });
    expect(deleted.json.ContactGroups[0].Status).toBe("DELETED");
    expect((await xero.call("GET", "/ContactGroups")).json.ContactGroups).toEqual([]);
    const { json } = await xero.call("GET", `/Contacts/${contacts[0]?.ContactID}`);
    expect(json.Contacts[0].ContactGroups).toEqual([]);
    expect((await xero.call("PUT", "/ContactGroups", { body: { Name: "Best" } })).status).toBe(200);
  });

  it.each([
    ["matched-archived", "The specified contact details matched an archived contact."],
    ["not-active", "The contact specified is not active and cannot be used."],
  ])(
    "takes no contact that is archived or unknown, and then none of the call: %s",
    async (position, words) => {
      sandbox.context.switches.set("xero.archived-contact-text", position);
      xeroSeed(sandbox.context).archiveContact(TIDEWATER_TENANT_ID, contacts[1]?.ContactID);
      const refused = await add(contacts[0]?.ContactID, contacts[1]?.ContactID);
      expect(refused.status).toBe(400);
      expect(refused.text).toContain(words);
      expect((await add(TIDEWATER_TENANT_ID)).status).toBe(400);
      expect(await members()).toEqual([]);
    },
  );
});

describe("a list of contact groups", () => {
  it("refuses a field that it does not have, even while there is none", async () => {
    for (const [name, value] of [
      ["where", 'Nope=="x"'],
      ["order", "Nope DESC"],
    ] as const)
      expect((await xero.call("GET", "/ContactGroups", { query: { [name]: value } })).status).toBe(400);
  });
});

describe("an archived contact", () => {
  it("is archived through the API and comes back only where the switch says so", async () => {
    const post = (ContactStatus: string) =>
      xero.call("POST", `/Contacts/${contacts[0]?.ContactID}`, { body: { ContactStatus } });
    expect((await post("ARCHIVED")).json.Contacts[0].ContactStatus).toBe("ARCHIVED");
    expect((await post("ACTIVE")).status).toBe(400);
    sandbox.context.switches.set("xero.contact-restore", "accept");
    expect((await post("ACTIVE")).json.Contacts[0].ContactStatus).toBe("ACTIVE");
  });
});
