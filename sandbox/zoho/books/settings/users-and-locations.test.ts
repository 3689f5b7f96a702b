import { beforeEach, describe, expect, it } from "vitest";
import { startZohoAlone, type ZohoAlone } from "../../testing";

let zoho: ZohoAlone;

beforeEach(async () => {
  zoho = await startZohoAlone({ scope: "ZohoBooks.fullaccess.all" });
});

const refusal = (code: number, message: string) => ({ status: 400, json: { code, message } });

describe("a user", () => {
  it("is whoever calls, an admin, also as /users/me", async () => {
    const me = await zoho.call("GET", "/users/me");
    expect(me.json.user).toMatchObject({
      name: "Olivia Shaw",
      email_ids: [{ email: "olivia@tidewatergifts.test", is_selected: true }],
      user_role: "admin",
      status: "active",
    });
    expect((await zoho.call("GET", `/users/${me.json.user?.user_id}`)).json.user).toEqual(me.json.user);
    for (const [method, action] of [
      ["DELETE", ""],
      ["POST", "/inactive"],
    ] as const)
      expect(await zoho.call(method, `/users/${me.json.user?.user_id}${action}`)).toMatchObject(
        refusal(1010, "You cannot perform this action on yourself."),
      );
  });

  it("is invited, changed, put aside and removed", async () => {
    const json = { name: "Marcus Webb", email: "marcus@webb.test" };
    expect((await zoho.call("POST", "/users", { json })).json).toEqual({
      code: 0,
      message: "Your invitation has been sent.",
    });
    const list = await zoho.call("GET", "/users");
    expect(list.rows("users")).toMatchObject([
      { name: "Marcus Webb", status: "invited", is_current_user: false },
      { name: "Olivia Shaw", status: "active", is_current_user: true },
    ]);
    expect(list.json.page_context).toEqual({
      ...{ page: 1, per_page: 200, has_more_page: false, report_name: "Users" },
      ...{ sort_column: "name", sort_order: "A" },
    });
    const path = `/users/${list.rows("users")[0]?.user_id}`;
    expect((await zoho.call("PUT", path, { json: { ...json, name: "Marc" } })).json.message).toBe(
      "The user information has been updated.",
    );
    expect((await zoho.call("POST", `${path}/active`)).status).toBe(200);
    expect((await zoho.call("POST", `${path}/inactive`)).status).toBe(200);
    const query = { filter_by: "Status.Inactive" };
    expect((await zoho.call("GET", "/users", { query })).rows("users")).toMatchObject([{ name: "Marc" }]);
    expect((await zoho.call("DELETE", path)).json.message).toBe(
      "The user has been removed from your organization.",
    );
    expect((await zoho.call("GET", path)).json.message).toBe("User does not exist.");
  });

  it.each([
    [{ email: "a@b.test" }, 4, "Invalid value passed for name"],
    [{ name: "A", email: "nobody" }, 4, "Invalid value passed for email"],
    [
      { name: "A", email: "OLIVIA@tidewatergifts.test" },
      1001,
      "A user with this email address already exists in your organization.",
    ],
  ])("is refused as %o", async (json, code, message) => {
    expect(await zoho.call("POST", "/users", { json })).toMatchObject(refusal(code, message));
  });
});

describe("locations", () => {
  const json = { location_name: "Hull", country: "United Kingdom", tax_settings_id: "7" };

  it("have to be switched on, which makes a primary one", async () => {
    expect((await zoho.call("GET", "/locations")).rows("locations")).toEqual([]);
    expect(await zoho.call("POST", "/locations", { json })).toMatchObject(
      refusal(1010, "Locations are not enabled for your organization."),
    );
    expect((await zoho.call("POST", "/settings/locations/enable")).json.message).toBe(
      "We're enabling locations for your organization.",
    );
    expect((await zoho.call("GET", "/locations")).rows("locations")).toMatchObject([
      { location_name: "Head Office", type: "general" },
    ]);
  });

  it("are added, changed, made primary and deleted; the primary one stays", async () => {
    await zoho.call("POST", "/settings/locations/enable");
    const [head] = (await zoho.call("GET", "/locations")).rows("locations");
    const made = await zoho.call("POST", "/locations", { json });
    expect(made).toMatchObject({
      status: 201,
      json: {
        message: "Location has been created.",
        locations: { location_name: "Hull", is_primary: false, status: "active" },
      },
    });
    const path = `/locations/${made.json.locations?.location_id}`;
    expect((await zoho.call("PUT", path, { json: { ...json, phone: "01482" } })).json).toMatchObject({
      message: "Location has been updated.",
      locations: { phone: "01482" },
    });
    expect(await zoho.call("DELETE", `/locations/${head?.location_id}`)).toMatchObject(
      refusal(1010, "The primary location cannot be deleted."),
    );
    expect((await zoho.call("POST", `${path}/markasprimary`)).status).toBe(200);
    expect(await zoho.call("POST", `${path}/inactive`)).toMatchObject(
      refusal(1010, "This action cannot be performed on this location."),
    );
    expect((await zoho.call("DELETE", `/locations/${head?.location_id}`)).status).toBe(200);
    expect((await zoho.call("POST", "/locations/1/active")).status).toBe(404);
  });

  it.each([
    [{ location_name: "" }, 4, "Invalid value passed for location_name"],
    [{ country: "" }, 4, "Invalid value passed for country"],
    [{ tax_settings_id: "" }, 4, "Invalid value passed for tax_settings_id"],
    [{ parent_location_id: "1" }, 4, "Invalid value passed for parent_location_id"],
    [{ location_name: "head office" }, 1001, "A location with this name already exists."],
  ])("are refused with %o", async (change, code, message) => {
    await zoho.call("POST", "/settings/locations/enable");
    expect(await zoho.call("POST", "/locations", { json: { ...json, ...change } })).toMatchObject(
      refusal(code, message),
    );
  });
});
