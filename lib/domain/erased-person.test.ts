import { describe, expect, it } from "vitest";
import { aContact, anInvoice, anItem } from "@/tests/builders/records";
import { contentHash } from "./content-hash";
import { concealRecord, isErased, makeToken } from "./erased-person";

const TOKEN = makeToken("11111111-2222-4333-8444-ABCDEF012345");
const contact = aContact({ email: "anna@shop.test", phone: "+44 20 7946 0018" });
const tokens = new Map([[contact.externalId, TOKEN]]);

describe("a record of somebody who was erased", () => {
  it("keeps ids and switches, and holds none of the details", () => {
    const shown = concealRecord(contact, tokens);
    expect(shown).toMatchObject({ externalId: contact.externalId, isCustomer: contact.isCustomer });
    const text = JSON.stringify(shown);
    for (const detail of [contact.name, contact.email, contact.phone]) expect(text).not.toContain(detail);
    expect([isErased(contact), isErased(shown)]).toEqual([false, true]);
  });

  it("is the same however its details change at the source, so that no change is seen in it", () => {
    const moved = { ...contact, version: "2", name: "Another name", email: "other@shop.test" };
    const hashes = [contact, moved].map((one) => contentHash(concealRecord(one, tokens)));
    expect(hashes[0]).toBe(hashes[1]);
  });

  it("bears the token as the contact's name on a document, whose own content stays what it was", () => {
    const invoice = anInvoice({ contactId: contact.externalId, contactName: contact.name });
    const shown = concealRecord(invoice, tokens);
    expect(shown).toEqual({ ...invoice, contactName: TOKEN });
    expect(contentHash(shown)).toBe(contentHash(invoice));
  });
});

it("a record of anybody else is left as it is", () => {
  const others = [aContact({ externalId: "other" }), anInvoice({ contactId: "other" }), anItem()];
  for (const record of others) expect(concealRecord(record, tokens)).toBe(record);
});
