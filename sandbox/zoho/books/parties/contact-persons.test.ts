import { beforeEach, describe, expect, it } from "vitest";
import { type LooseJson, startZohoAlone, type ZohoAlone } from "../../testing";

let zoho: ZohoAlone;
let contact_id: string;

beforeEach(async () => {
  zoho = await startZohoAlone();
  const made = await zoho.call("POST", "/contacts", { json: { contact_name: "Okafor" } });
  contact_id = String(made.json.contact?.contact_id);
});

const refusal = (code: number, message: string) => ({ status: 400, json: { code, message } });

async function add(json: object): Promise<LooseJson> {
  const answer = await zoho.call("POST", "/contacts/contactpersons", { json: { contact_id, ...json } });
  expect(answer).toMatchObject({ status: 201, json: { message: "The contactperson has been Created" } });
  return answer.rows("contact_person")[0] ?? {};
}

const contact = async (): Promise<LooseJson> =>
  (await zoho.call("GET", `/contacts/${contact_id}`)).json.contact ?? {};

describe("a contact person", () => {
  it("is the primary one when it is the first, and lends the contact its name and numbers", async () => {
    const john = await add({ first_name: "John", last_name: "Okafor", email: "john@okafor.test" });
    expect(john).toMatchObject({ contact_id, is_primary_contact: true, is_added_in_portal: false });
    await add({ first_name: "Ada", designation: "Buyer" });
    expect(await contact()).toMatchObject({
      primary_contact_id: john.contact_person_id,
      email: "john@okafor.test",
      contact_persons: [
        { first_name: "John", is_primary_contact: true },
        { first_name: "Ada", designation: "Buyer", is_primary_contact: false },
      ],
    });
    expect(
      (await zoho.call("GET", "/contacts", { query: { first_name: "john" } })).rows("contacts"),
    ).toHaveLength(1);
  });

  it("is listed, read, changed and made primary", async () => {
    await add({ first_name: "John" });
    const ada = await add({ first_name: "Ada" });
    const list = await zoho.call("GET", `/contacts/${contact_id}/contactpersons`);
    expect(list.rows("contact_persons")).toHaveLength(2);
    expect(list.json.page_context).toEqual({
      ...{ page: 1, per_page: 200, has_more_page: false },
      ...{ sort_column: "contact_person_id", sort_order: "A" },
    });
    const path = `/contacts/contactpersons/${ada.contact_person_id}`;
    const changed = await zoho.call("PUT", path, {
      json: { contact_id, first_name: "Adaeze", email: "ada@okafor.test" },
    });
    expect(changed).toMatchObject({
      status: 200,
      json: { message: "The contactperson details has been updated." },
    });
    expect((await zoho.call("POST", `${path}/primary`)).json.message).toBe(
      "This contact person has been marked as your primary contact person.",
    );
    for (const address of [path, `/contacts/${contact_id}/contactpersons/${ada.contact_person_id}`])
      expect((await zoho.call("GET", address)).json.contact_person).toMatchObject({
        first_name: "Adaeze",
        is_primary_contact: true,
      });
    expect(await contact()).toMatchObject({ first_name: "Adaeze", email: "ada@okafor.test" });
  });

  it("is deleted, the next one taking its place", async () => {
    const john = await add({ first_name: "John" });
    await add({ first_name: "Ada" });
    expect((await zoho.call("DELETE", `/contacts/contactpersons/${john.contact_person_id}`)).json).toEqual({
      code: 0,
      message: "The contact person has been deleted.",
    });
    expect(await contact()).toMatchObject({
      contact_persons: [{ first_name: "Ada", is_primary_contact: true }],
    });
    expect((await zoho.call("GET", `/contacts/contactpersons/${john.contact_person_id}`)).json).toEqual({
      code: 1002,
      message: "Contact Person does not exist.",
    });
  });

  it.each([
    [{ first_name: "" }, 4, "Invalid value passed for first_name"],
    [{ contact_id: undefined, first_name: "A" }, 4, "Invalid value passed for contact_id"],
    [{ first_name: "A", email: "nobody" }, 4, "Invalid value passed for email"],
    [{ first_name: "x".repeat(101) }, 4, "Invalid value passed for first_name"],
  ])("is refused as %o", async (json, code, message) => {
    expect(
      await zoho.call("POST", "/contacts/contactpersons", { json: { contact_id, ...json } }),
    ).toMatchObject(refusal(code, message));
  });

  it("of a seeded contact, which has no list, can be read and changed by the id that is shown", async () => {
    contact_id = zoho.seed.addContact({ name: "Lighthouse", firstName: "Mary", email: "mary@light.test" });
    const [mary] = (await zoho.call("GET", `/contacts/${contact_id}/contactpersons`)).rows("contact_persons");
    const path = `/contacts/contactpersons/${mary?.contact_person_id}`;
    await zoho.call("PUT", path, { json: { first_name: "Maria" } });
    expect((await zoho.call("GET", path)).json.contact_person).toMatchObject({
      contact_id,
      first_name: "Maria",
      email: "mary@light.test",
    });
  });

  it("list that is sent with a contact takes the place of the one there was", async () => {
    const john = await add({ first_name: "John", phone: "1" });
    await add({ first_name: "Ada" });
    const contact_persons = [
      { first_name: "Ben" },
      { contact_person_id: john.contact_person_id, mobile: "2", is_primary_contact: true },
    ];
    await zoho.call("PUT", `/contacts/${contact_id}`, { json: { contact_persons } });
    expect(await contact()).toMatchObject({
      contact_persons: [
        { first_name: "Ben", is_primary_contact: false },
        { first_name: "John", phone: "1", mobile: "2", is_primary_contact: true },
      ],
    });
    const unknown = { contact_persons: [{ contact_person_id: "1", first_name: "X" }] };
    expect(await zoho.call("PUT", `/contacts/${contact_id}`, { json: unknown })).toMatchObject(
      refusal(4, "Invalid value passed for contact_person_id"),
    );
  });
});

describe("the addresses of a contact", () => {
  it("are billing, shipping and any besides, which are written one by one", async () => {
    const billing_address = { address: "1 Quay", city: "Hull", zip: 12345, state_code: "HU" };
    await zoho.call("PUT", `/contacts/${contact_id}`, { json: { billing_address } });
    expect(await contact()).toMatchObject({
      billing_address: { city: "Hull", zip: "12345", state_code: "HU" },
    });
    const path = `/contacts/${contact_id}/address`;
    const made = await zoho.call("POST", path, { json: { city: "York", fax: "7" } });
    expect(made.json).toMatchObject({
      message: "The address has been created.",
      address_info: { city: "York", fax: "7" },
    });
    const own = `${path}/${made.json.address_info?.address_id}`;
    expect((await zoho.call("PUT", own, { json: { city: "Leeds" } })).json).toMatchObject({
      message: "The address has been updated.",
      address_info: { city: "Leeds", fax: "7" },
    });
    expect((await zoho.call("GET", path)).rows("addresses").map(({ city }) => city)).toEqual([
      "Hull",
      "",
      "Leeds",
    ]);
    expect((await zoho.call("DELETE", own)).json.message).toBe("The address has been deleted.");
    expect((await zoho.call("DELETE", own)).json.message).toBe("Address does not exist.");
  });
});

describe("contacts", () => {
  it("are deleted several at once, all or none", async () => {
    const used = zoho.seed.addContact({ name: "Used" });
    zoho.seed.addPayment({ number: "1", customerId: used, date: "2026-10-01", amount: "1", applied: [] });
    const all = { contact_ids: `${contact_id},${used}` };
    expect(await zoho.call("DELETE", "/contacts", { query: all })).toMatchObject(
      refusal(1010, "A contact with transactions cannot be deleted."),
    );
    expect((await zoho.call("GET", `/contacts/${contact_id}`)).status).toBe(200);
    const one = { contact_ids: contact_id };
    expect((await zoho.call("DELETE", "/contacts", { query: one })).json).toEqual({
      code: 0,
      message: "The contacts have been deleted.",
    });
  });

  it("are found by address and text, and sorted by what they owe", async () => {
    zoho.seed.addContact({ name: "Lighthouse", notes: "pays late", shipping: { city: "Whitby" } });
    const rows = async (query: Record<string, string>) =>
      (await zoho.call("GET", "/contacts", { query })).rows("contacts").map((row) => row.contact_name);
    expect(await rows({ address_contains: "whit" })).toEqual(["Lighthouse"]);
    expect(await rows({ search_text: "LATE" })).toEqual(["Lighthouse"]);
    const accountId = zoho.seed.accountId("Sales");
    const lines = [{ description: "x", rate: "9", quantity: "1", accountId }];
    zoho.seed.addInvoice({ number: "1", customerId: contact_id, date: "2026-10-01", lines });
    expect(await rows({ sort_column: "outstanding_receivable_amount", sort_order: "D" })).toEqual([
      "Okafor",
      "Lighthouse",
    ]);
  });

  it("keep the fields that only they use", async () => {
    const json = { credit_limit: 500, customer_sub_type: "individual", facebook: "okafor" };
    await zoho.call("PUT", `/contacts/${contact_id}`, { json });
    expect(await contact()).toMatchObject({ ...json, has_transaction: false, is_taxable: true });
  });
});
