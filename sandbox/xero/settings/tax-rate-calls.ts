/** Calls that change tax rates; reading them stands in api/settings-calls.ts. */
import { postDataInvalid, type XeroAnswer } from "../answer";
import { bodyOf, type XeroCall } from "../api/call";
import { presentTaxRate } from "../present/settings";
import { writeBatch } from "../write/batch";
import { readElement, readElements } from "../write/input";
import { createTaxRate, taxRateInput, updateTaxRate } from "./write-tax-rate";

/** PUT creates, POST updates; one tax rate a call. */
export function writeTaxRates(call: XeroCall, mayUpdate: boolean): XeroAnswer {
  const { books } = call;
  const elements = readElements(bodyOf(call), "TaxRates");
  if (elements.length > 1) throw postDataInvalid("Only one tax rate can be sent in one request.");
  return writeBatch(books, elements, {
    plural: "TaxRates",
    idField: "TaxType",
    summarizeErrors: true,
    apply: (element) => {
      const input = readElement(element, taxRateInput);
      return mayUpdate ? updateTaxRate(books, input) : createTaxRate(books, input);
    },
    present: (id) => {
      const rate = books.taxRates.head(id);
      return rate === undefined ? {} : presentTaxRate(rate);
    },
  });
}
