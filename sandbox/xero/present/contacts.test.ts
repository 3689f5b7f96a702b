import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createFrozenClock } from "@/sandbox/kit/clock";
import { type RunningSandbox, startSandbox } from "@/sandbox/server";
import { type Answered, anInvoice, connectXero, type TestClient } from "../test-client";

let sandbox: RunningSandbox;
let xero: TestClient;
beforeAll(async () => {
  sandbox = await startSandbox({
    port: 0,
    limitSpeed: 1_000_000,
    clock: createFrozenClock("2026-06-01T09:00:00Z"),
  });
  xero = await connectXero(sandbox.origin);
});
afterAll(() => sandbox.stop());

const kinds = (parts: Answered[], kind: string): string[] => parts.map((part) => part[kind]);

describe("a whole contact", () => {
  it("has an address and a phone of each kind, empty where none was given", async () => {
    const [contact] = await xero.create("Contacts", { Name: "Bare" });
    expect(kinds(contact?.Addresses, "AddressType")).toEqual(["STREET", "POBOX"]);
    expect(kinds(contact?.Phones, "PhoneType")).toEqual(["DDI", "DEFAULT", "FAX", "MOBILE"]);
    expect(contact?.Phones[3]).toEqual({
      PhoneType: "MOBILE",
      PhoneNumber: "",
      PhoneAreaCode: "",
      PhoneCountryCode: "",
    });
  });

  it("shows what was given among them, each kind once", async () => {
    const [contact] = await xero.create("Contacts", {
      Name: "Full",
      Addresses: [
        { AddressType: "POBOX", AddressLine1: "1 Quay Street", City: "Bristol" },
        { AddressType: "DELIVERY", City: "Bath" },
      ],
      Phones: [{ PhoneType: "mobile", PhoneNumber: "5550100" }],
    });
    expect(contact?.Addresses).toEqual([
      { AddressType: "STREET", City: "", Region: "", PostalCode: "", Country: "" },
      {
        AddressType: "POBOX",
        AddressLine1: "1 Quay Street",
        City: "Bristol",
        Region: "",
        PostalCode: "",
        Country: "",
      },
      { AddressType: "DELIVERY", City: "Bath" },
    ]);
    expect(kinds(contact?.Phones, "PhoneType")).toEqual(["DDI", "DEFAULT", "FAX", "MOBILE"]);
    expect(contact?.Phones[3].PhoneNumber).toBe("5550100");
  });

  it("stands in a single invoice, and only its name in a list of invoices", async () => {
    const [contact] = await xero.create("Contacts", { Name: "Buyer" });
    const [invoice] = await xero.create("Invoices", anInvoice(contact?.ContactID));
    expect(invoice?.Contact.Phones).toHaveLength(4);
    const { json } = await xero.call("GET", "/Invoices", { query: { page: "1" } });
    expect(json.Invoices[0].Contact).toMatchObject({ Name: "Buyer", Addresses: [], Phones: [] });
  });
});
