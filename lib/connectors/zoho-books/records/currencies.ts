import type { ZohoClient } from "../client";
import { wireMismatch } from "../errors";
import { type WireNamedCurrency, wireNamedCurrencySchema } from "../wire/reference";
import { readAll } from "./reference";

/** The organisation's currencies, for records that name theirs by id or leave the base currency unsaid. Read when first asked. */
export interface Currencies {
  /** Code of a currency id; null where the organisation has none of that id. */
  codeOf(currencyId: string): Promise<string | null>;
  base(): Promise<string>;
}

/** One list call, and one more when an id turns up that came after it. Throws ConnectorError. */
export function createCurrencies(client: ZohoClient): Currencies {
  let read: Promise<readonly WireNamedCurrency[]> | null = null;
  function all(anew = false): Promise<readonly WireNamedCurrency[]> {
    if (read !== null && !anew) return read;
    const asked = readAll(client, "/settings/currencies", "currencies", wireNamedCurrencySchema);
    read = asked;
    // A failed reading is not kept: the next question asks again.
    asked.catch(() => {
      if (read === asked) read = null;
    });
    return asked;
  }
  const codeIn = (currencies: readonly WireNamedCurrency[], id: string): string | null =>
    currencies.find((currency) => currency.currency_id === id)?.currency_code ?? null;
  return {
    async codeOf(id) {
      return codeIn(await all(), id) ?? codeIn(await all(true), id);
    },
    async base() {
      const base = (await all()).find(({ is_base_currency }) => is_base_currency === true);
      if (base === undefined) throw wireMismatch("the list of currencies names no base currency");
      return base.currency_code;
    },
  };
}
