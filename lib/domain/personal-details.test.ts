import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  maskEmail,
  maskMembers,
  maskNumber,
  maskText,
  seesPersonalDetails,
  sightOf,
} from "./personal-details";
import type { Role } from "./workspace-access";

const letters = (min: number, max: number) =>
  fc.string({ unit: fc.constantFrom(..."abcdefghijklmnop0123456789"), minLength: min, maxLength: max });
const email = fc
  .tuple(letters(2, 20), letters(1, 12), fc.constantFrom("co.uk", "test", "com", "de"))
  .map(([name, host, end]) => ({ name, address: `${name}@${host}.${end}` }));
const phone = fc
  .array(fc.integer({ min: 0, max: 9 }), { minLength: 8, maxLength: 14 })
  .map((digits) => `+${digits.join("")}`);
const prose = fc.string({ unit: fc.constantFrom(..."abc XYZ 019 .,-/£€"), maxLength: 30 });

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

describe("a masked text", () => {
  it("shows of an address its first letter and its domain", () => {
    expect(maskEmail("anna@shop.co.uk")).toBe("a***@shop.co.uk");
    expect(maskEmail("@shop.co.uk")).toBe("***");
  });

  it("shows of a number its last two digits, and nothing of a short one", () => {
    expect(maskNumber("+44 20 7946 0018")).toBe("***18");
    expect(maskNumber("12345")).toBe("***");
  });

  it("holds no address and no telephone number that stood in it, wherever that was", () => {
    fc.assert(
      fc.property(prose, email, prose, phone, (before, { name, address }, between, number) => {
        const masked = maskText(`${before} ${address} ${between} ${number}`);
        expect(masked).not.toContain(address);
        expect(masked).not.toContain(`${name}@`);
        expect(masked).not.toContain(number);
      }),
    );
  });

  it("is the same when it is masked again", () => {
    fc.assert(
      fc.property(prose, email, phone, (words, { address }, number) => {
        const once = maskText(`${words} ${address} ${number} DE89 3704 0044 0532 0130 00`);
        expect(maskText(once)).toBe(once);
      }),
    );
  });

  it("leaves numbers, days and amounts of documents as they are", () => {
    const words = "Invoice INV-1042 of 2026-07-01 over 1,234.56 GBP, VAT 20%, PO-7/3, +5.00 rounding";
    expect(maskText(words)).toBe(words);
  });

  it("hides an IBAN but for its end", () => {
    expect(maskText("Pay to DE89 3704 0044 0532 0130 00, please")).toBe("Pay to ***00, please");
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
