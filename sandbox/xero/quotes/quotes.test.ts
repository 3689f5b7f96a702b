import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createFrozenClock } from "@/sandbox/kit/clock";
import { type RunningSandbox, startSandbox } from "@/sandbox/server";
import { type Answered, connectXero, type TestClient } from "../test-client";

let sandbox: RunningSandbox;
let xero: TestClient;
let ann: string;
beforeEach(async () => {
  sandbox = await startSandbox({
    port: 0,
    limitSpeed: 1_000_000,
    clock: createFrozenClock("2026-06-01T09:00:00Z"),
  });
  xero = await connectXero(sandbox.origin);
  ann = (await xero.create("Contacts", { Name: "Ann" }))[0]?.ContactID;
});
afterEach(() => sandbox.stop());

const aQuote = (fields: object = {}): object => ({
  Contact: { ContactID: ann },
  Date: "2026-05-10",
  ExpiryDate: "2026-06-10",
  Title: "Your quote",
  LineItems: [{ Description: "Box", Quantity: 2, UnitAmount: 10, DiscountRate: 10, AccountCode: "200" }],
  ...fields,
});
const put = (fields: object = {}) => xero.call("PUT", "/Quotes", { body: { Quotes: [aQuote(fields)] } });
const post = (id: string, fields: object) =>
  xero.call("POST", `/Quotes/${id}`, {
    body: { Contact: { ContactID: ann }, Date: "2026-05-10", ...fields },
  });
const refusal = async (call: ReturnType<typeof put>): Promise<string> => {
  const { status, json } = await call;
  expect(status).toBe(400);
  return json.Elements[0].ValidationErrors.map(({ Message }: Answered) => Message).join(" ");
};

describe("a quote", () => {
  it("has a number, discounts, and its line amount types in capitals", async () => {
    const { json } = await put();
    expect(json.Quotes[0]).toMatchObject({
      QuoteNumber: "QU-0001",
      Status: "DRAFT",
      LineAmountTypes: "EXCLUSIVE",
      SubTotal: 18,
      TotalTax: 3.6,
      Total: 21.6,
      TotalDiscount: 2,
      DateString: "2026-05-10T00:00:00",
      ExpiryDateString: "2026-06-10T00:00:00",
      Contact: { ContactID: ann, Name: "Ann" },
    });
    const { QuoteID } = json.Quotes[0];
    expect((await xero.call("GET", `/Quotes/${QuoteID}`)).json.Quotes).toEqual(json.Quotes);
  });

  it("goes through its statuses, and not from draft to accepted", async () => {
    const { QuoteID: id } = (await put()).json.Quotes[0];
    expect(await refusal(post(id, { Status: "ACCEPTED" }))).toBe(
      "Quote status cannot be changed from DRAFT to ACCEPTED.",
    );
    for (const Status of ["SENT", "ACCEPTED", "INVOICED", "DELETED"])
      expect((await post(id, { Status })).json.Quotes[0].Status).toBe(Status);
    expect(await refusal(post(id, { Status: "SENT" }))).toBe("Quote not of valid status for modification");
    expect(await refusal(put({ Status: "ACCEPTED" }))).toContain("not valid for a new quote");
  });

  it("needs contact and date in updates too, lines, a unique number and short texts", async () => {
    const { QuoteID: id } = (await put({ QuoteNumber: "Q-1" })).json.Quotes[0];
    expect(await refusal(xero.call("POST", `/Quotes/${id}`, { body: { Title: "New" } }))).toBe(
      "Contact is required for a quote. Date is required for a quote.",
    );
    expect(await refusal(put({ LineItems: [] }))).toBe("One or more line items must be specified");
    expect(await refusal(put({ QuoteNumber: "q-1" }))).toBe("Quote # must be unique.");
    expect(await refusal(put({ Title: "x".repeat(101) }))).toBe("Title must be at most 100 characters.");
  });

  it("is listed by status, number, contact and days", async () => {
    await put({ QuoteNumber: "Q-1" });
    await put({ QuoteNumber: "Q-2", Status: "SENT", Date: "2026-05-20", ExpiryDate: "2026-07-01" });
    const listed = async (query: Record<string, string>): Promise<string[]> => {
      const { json } = await xero.call("GET", "/Quotes", { query });
      return json.Quotes.map(({ QuoteNumber }: Answered) => QuoteNumber);
    };
    expect(await listed({ ContactID: ann })).toEqual(["Q-1", "Q-2"]);
    expect(await listed({ Status: "SENT" })).toEqual(["Q-2"]);
    expect(await listed({ QuoteNumber: "Q-1" })).toEqual(["Q-1"]);
    expect(await listed({ DateFrom: "2026-05-15" })).toEqual(["Q-2"]);
    expect(await listed({ ExpiryDateTo: "2026-06-30" })).toEqual(["Q-1"]);
    expect(await listed({ page: "2" })).toEqual([]);
  });
});
