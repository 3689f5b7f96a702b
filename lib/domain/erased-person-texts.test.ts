import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { encode } from "@/lib/kernel/json";
import { buildEntry } from "@/lib/reconciliation/build-entry";
import { aContact, anInvoice, aPayment, gbp } from "@/tests/builders/records";
import { concealRecord, makeToken } from "./erased-person";
import { makeConcealer } from "./erased-person-texts";

const TOKEN = makeToken("11111111-2222-4333-8444-ABCDEF012345");
const concealer = (name: string, more: { emails?: string[]; others?: string[] } = {}) =>
  makeConcealer({ names: [name], emails: [], others: ["2100", "100", "2026-05-10"], ...more }, TOKEN);

const theirInvoice = (name: string) =>
  anInvoice({
    contactName: name,
    number: "2100",
    reference: "PO 2100",
    externalId: "100",
    net: gbp("2100.00"),
    gross: gbp("210.00"),
  });

describe.each(["Net", "Tax", "GBP", "open", "invoice", "2100", "Ada Lovelace"])(
  "a person named %s",
  (name) => {
    it("leaves of a document everything but the contact's name", () => {
      const invoice = theirInvoice(name);
      expect(concealer(name).body("invoice", encode(invoice))).toEqual(
        encode({ ...invoice, contactName: TOKEN }),
      );
    });

    it("leaves the members, amounts and days of what is compared, under the keys that the next reading builds", () => {
      const tokens = new Map([["z-ada", TOKEN]]);
      for (const record of [theirInvoice(name), aPayment({ contactId: "z-ada", contactName: name })]) {
        const entryOf = (one: typeof record) => encode(buildEntry(one, "m", new Map(), null));
        expect(concealer(name).body(record.recordType, entryOf(record))).toEqual(
          entryOf(concealRecord(record, tokens)),
        );
      }
    });

    it("leaves no detail in the copy of the contact, as the next reading would store it", () => {
      const contact = aContact({ name, phone: "100" });
      const tokens = new Map([[contact.externalId, TOKEN]]);
      expect(concealer(name).body("contact", encode(contact))).toEqual(
        encode(concealRecord(contact, tokens)),
      );
      const entryOf = (one: typeof contact) => encode(buildEntry(one, "", new Map(), null));
      expect(concealer(name).body("contact", entryOf(contact))).toEqual(
        entryOf(concealRecord(contact, tokens)),
      );
    });

    it("is replaced in labels, and in keys only where these hold the name", () => {
      const one = concealer(name);
      expect(one.label(name)).toBe(TOKEN);
      expect(one.label(`${name}, invoice 2100`)).toBe(`${TOKEN}, invoice 2100`);
      expect(one.naturalKey("contact", name.toLowerCase())).toBe(TOKEN);
      expect(one.naturalKey("overpayment", `${name.toLowerCase()} | 2026-05-10 | 21.00`)).toBe(
        `${TOKEN} | 2026-05-10 | 21.00`,
      );
      for (const key of ["2100", "INV-100", name.toLowerCase()])
        expect(one.naturalKey("invoice", key)).toBe(key);
    });
  },
);

describe("a sentence", () => {
  const anna = concealer("Anna Marsh", {
    emails: ["Anna@shop.test"],
    others: ["2100", "020 7946 0018", "07700900123", "1 Quay Street", "EC1A 1BB"],
  });

  it("loses details that stand in it as words of their own, however they are spelled", () => {
    expect(anna.sentence("anna marsh of 1 Quay Street, EC1A 1BB (anna@shop.test, 020 7946 0018)")).toBe(
      `${TOKEN} of ${TOKEN}, ${TOKEN} (${TOKEN}@erased.invalid, ${TOKEN})`,
    );
  });

  it("keeps numbers, parts of longer words and names that are ordinary words", () => {
    const words = "Invoice 2100 of 07700900123: 2,100.00 GBP, Joanna Marshall, 31 Quay Streets";
    expect(anna.sentence(words)).toBe(words);
    const totals = "Net 2100.00, Tax 100";
    expect(concealer("Net").sentence(totals)).toBe(totals);
  });
});

describe("fields in which the two sides or two readings differ", () => {
  it("keep amounts, days and numbers, and lose names", () => {
    const fields = [
      { field: "number", before: "2100", after: "100" },
      { field: "date", before: "2026-05-10", after: "2026-05-11" },
      { field: "amount", source: "GBP 2100.00", ledger: "GBP 210.00" },
      { field: "contact", source: "Net", ledger: "Somebody else" },
    ];
    expect(concealer("Net").body("invoice", encode(fields))).toEqual([
      ...fields.slice(0, 3),
      { field: "contact", source: TOKEN, ledger: "Somebody else" },
    ]);
  });

  it("lose every value of a contact's own fields, also one that nobody has any more", () => {
    const fields = [
      { field: "name", before: "An earlier name", after: "Net" },
      { field: "phone", before: "100", after: "" },
    ];
    expect(concealer("Net").body("contact", encode(fields))).toEqual([
      { field: "name", before: TOKEN, after: TOKEN },
      { field: "phone", before: "", after: "" },
    ]);
  });
});

it("whatever a person is called, a body keeps its form, its numbers and its members", () => {
  const word = fc.constantFrom(
    "minor",
    "net",
    "2100",
    "id",
    "GBP",
    "date",
    "21000",
    "true",
    "null",
    "strictKey",
  );
  fc.assert(
    fc.property(fc.string(), word, fc.array(word), (odd, name, others) => {
      const body = encode(theirInvoice("Somebody"));
      const one = makeConcealer({ names: [name, odd], emails: [odd], others }, TOKEN);
      const shown = one.body("invoice", { ...Object(body), contactName: "", reference: "", lines: [] });
      expect(shown).toEqual({ ...Object(body), contactName: "", reference: "", lines: [] });
    }),
  );
});
