import { describe, expect, it } from "vitest";
import { maskMembers, seesPersonalDetails, sightOf } from "./personal-details";
import type { Role } from "./workspace-access";

describe("who sees the details of people", () => {
  it.each<[Role, boolean, boolean]>([
    ["owner", true, true],
    ["admin", true, true],
    ["bookkeeper", true, false],
    ["readOnly", false, false],
  ])("%s: %s, and %s where bookkeepers are kept from them too", (role, usually, strictly) => {
    expect(seesPersonalDetails({ role })).toBe(usually);
    expect(seesPersonalDetails({ role, masksBookkeepers: true })).toBe(strictly);
  });
});

describe("masked fields and bodies", () => {
  it("hide an address of any form by the name of its field, and leave the name of the contact", () => {
    const sight = sightOf({ role: "readOnly" });
    const field = (name: string, before: string | null, after: string) => ({
      ...{ field: name, before, after, isChanged: false },
    });
    expect(
      sight
        .fields([
          field("Name", "Harbour Lights", "Harbour Lights"),
          field("E-mail", null, "anna@shop.co.uk"),
          field("Phone", "020 7946 0018", ""),
          field("Address", "1 Quay Street, Leith", "1 Quay Street, Leith"),
        ])
        .map(({ before, after }) => [before, after]),
    ).toEqual([
      ["Harbour Lights", "Harbour Lights"],
      [null, "a***@shop.co.uk"],
      ["***18", ""],
      ["***", "***"],
    ]);
  });

  it("hide whatever stands under a member of a person, and keep lines and totals", () => {
    const body = {
      Contact: {
        Name: "Harbour Lights",
        EmailAddress: "anna@shop.co.uk",
        Phones: [{ PhoneType: "MOBILE", PhoneNumber: "07700 900123" }],
        Addresses: [{ AddressLine1: "1 Quay Street", City: "Leith" }],
        BankAccountDetails: "12-34-56 12345678",
      },
      LineItems: [{ Description: "Lamp", LineAmount: "12.50", AccountCode: "200" }],
      billing_address: { street: "1 Quay Street" },
    };
    const text = JSON.stringify(maskMembers(body));
    for (const detail of ["anna@", "900123", "Quay", "Leith", "12345678"]) expect(text).not.toContain(detail);
    for (const kept of ["Harbour Lights", "Lamp", "12.50", "200"]) expect(text).toContain(kept);
  });

  it("mask a body that was cut and is no JSON any more by the look of what is in it", () => {
    const sight = sightOf({ role: "readOnly" });
    expect(sight.body('{"Email":"anna@shop.co.uk","Na… (cut)')).not.toContain("anna@");
  });

  it("are not masked for who may see them", () => {
    const sight = sightOf({ role: "bookkeeper" });
    expect(sight.text("anna@shop.co.uk")).toBe("anna@shop.co.uk");
    expect(sight.body('{"Email":"anna@shop.co.uk"}')).toBe('{"Email":"anna@shop.co.uk"}');
  });
});
