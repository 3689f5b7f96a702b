import { beforeEach, describe, expect, it } from "vitest";
import { type LooseJson, startZohoAlone, type ZohoAlone } from "../../testing";

let zoho: ZohoAlone;

beforeEach(async () => {
  zoho = await startZohoAlone({ currencies: ["EUR"], scope: "ZohoBooks.fullaccess.all" });
});

const refusal = (code: number, message: string) => ({ status: 400, json: { code, message } });
const FORMAT = { currency_format: "1,234,567.89" };

async function currencyId(code: string): Promise<string> {
  const rows = (await zoho.call("GET", "/settings/currencies")).rows("currencies");
  return String(rows.find(({ currency_code }) => String(currency_code) === code)?.currency_id);
}

describe("a currency", () => {
  it("is added, changed and deleted while nothing is kept in it", async () => {
    const json = { currency_code: "AUD", currency_symbol: "$", price_precision: 2, ...FORMAT };
    const made = await zoho.call("POST", "/settings/currencies", { json });
    expect(made).toMatchObject({
      status: 201,
      json: {
        message: "The currency has been added.",
        currency: { currency_name: "AUD- Australian Dollar", is_base_currency: false },
      },
    });
    const path = `/settings/currencies/${made.json.currency?.currency_id}`;
    const changed = await zoho.call("PUT", path, {
      json: { currency_code: "AUD", currency_symbol: "A$", ...FORMAT },
    });
    expect(changed.json).toMatchObject({
      message: "Currency information has been saved.",
      currency: { currency_symbol: "A$", price_precision: 2 },
    });
    expect((await zoho.call("DELETE", path)).json.message).toBe("The currency has been deleted.");
    expect((await zoho.call("GET", path)).json.message).toBe("Currency does not exist.");
  });

  it.each([
    [{ currency_code: "XYZ", ...FORMAT }, 4, "Invalid value passed for currency_code"],
    [{ currency_code: "AUD" }, 4, "Invalid value passed for currency_format"],
    [{ currency_code: "EUR", ...FORMAT }, 1001, "This currency already exists."],
    [{ currency_code: "AUD", price_precision: 9, ...FORMAT }, 4, "Invalid value passed for price_precision"],
  ])("is refused as %o", async (json, code, message) => {
    expect(await zoho.call("POST", "/settings/currencies", { json })).toMatchObject(refusal(code, message));
  });

  it("that is the base or in use cannot be deleted", async () => {
    expect(await zoho.call("DELETE", `/settings/currencies/${await currencyId("GBP")}`)).toMatchObject(
      refusal(1010, "The base currency cannot be deleted."),
    );
    zoho.seed.addContact({ name: "Bretagne SA", currencyCode: "EUR" });
    expect(await zoho.call("DELETE", `/settings/currencies/${await currencyId("EUR")}`)).toMatchObject(
      refusal(1010, "This currency is used in contacts, accounts or transactions and cannot be deleted."),
    );
  });

  it("is left out of the list when it is the base and the list is asked so", async () => {
    const query = { filter_by: "Currencies.ExcludeBaseCurrency" };
    const rows = (await zoho.call("GET", "/settings/currencies", { query })).rows("currencies");
    expect(rows.map(({ currency_code }) => currency_code)).toEqual(["EUR"]);
  });
});

describe("an exchange rate", () => {
  const add = async (effective_date: string, rate: number): Promise<LooseJson> => {
    const path = `/settings/currencies/${await currencyId("EUR")}/exchangerates`;
    const answer = await zoho.call("POST", path, { json: { effective_date, rate } });
    expect(answer).toMatchObject({ status: 201, json: { message: "The exchange rate has been added." } });
    return answer.json.exchange_rate ?? {};
  };

  it("counts from its date until the next, also for documents", async () => {
    await add("2026-11-01", 0.9);
    const path = `/settings/currencies/${await currencyId("EUR")}/exchangerates`;
    const on = async (from_date: string) =>
      (await zoho.call("GET", path, { query: { from_date } })).rows("exchange_rates");
    expect(await on("2026-11-15")).toMatchObject([{ effective_date: "2026-11-01", rate: 0.9 }]);
    expect(await on("2026-10-31")).toMatchObject([{ effective_date: "2026-10-01", rate: 0.8631 }]);
    const customer_id = zoho.seed.addContact({ name: "Bretagne SA", currencyCode: "EUR" });
    const made = await zoho.call("POST", "/invoices", {
      json: { customer_id, date: "2026-11-15", line_items: [{ name: "x", rate: 1 }] },
    });
    expect(made.json.invoice).toMatchObject({ exchange_rate: 0.9 });
    const ascending = await zoho.call("GET", path, {
      query: { sort_column: "effective_date", sort_order: "A" },
    });
    expect(ascending.rows("exchange_rates").at(-1)).toMatchObject({ effective_date: "2026-11-01" });
    expect(
      (await zoho.call("GET", path, { query: { is_current_date: "true" } })).rows("exchange_rates"),
    ).toEqual([]);
  });

  it("is read, changed and deleted; a second one of a date takes its place", async () => {
    const first = await add("2026-11-01", 0.9);
    const second = await add("2026-11-01", 0.91);
    const path = `/settings/currencies/${await currencyId("EUR")}/exchangerates`;
    expect((await zoho.call("GET", `${path}/${first.exchange_rate_id}`)).status).toBe(404);
    const own = `${path}/${second.exchange_rate_id}`;
    expect((await zoho.call("PUT", own, { json: { rate: 0.92 } })).json).toEqual({
      code: 0,
      message: "The exchange rate has been updated.",
    });
    expect((await zoho.call("GET", own)).json.exchange_rate).toMatchObject({ rate: 0.92 });
    zoho.context.switches.set("zoho.books-answers", "described");
    expect((await zoho.call("GET", own)).json.exchange_rate).toBe(0.92);
    expect((await zoho.call("DELETE", own)).json.message).toBe("Exchange rate successfully deleted");
    expect((await zoho.call("GET", own)).json.message).toBe("Exchange Rate does not exist.");
  });

  it("is above zero, has a date, and never belongs to the base currency", async () => {
    const path = `/settings/currencies/${await currencyId("EUR")}/exchangerates`;
    expect(await zoho.call("POST", path, { json: { rate: 1 } })).toMatchObject(
      refusal(4, "Invalid value passed for effective_date"),
    );
    expect(await zoho.call("POST", path, { json: { rate: 0, effective_date: "2026-11-01" } })).toMatchObject(
      refusal(4, "Invalid value passed for rate"),
    );
    expect(
      await zoho.call("POST", `/settings/currencies/${await currencyId("GBP")}/exchangerates`, {
        json: { rate: 1, effective_date: "2026-11-01" },
      }),
    ).toMatchObject(refusal(1010, "The base currency has no exchange rates."));
  });
});
