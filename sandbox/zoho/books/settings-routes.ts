/** Addresses of the organisation, its chart, taxes, currencies, tags, locks and items. */
import * as reference from "./reference";
import { type Route, route } from "./route";

export const SETTINGS_ROUTES: readonly Route[] = [
  route("GET", "/organizations/{id}", "settings", reference.getOrganization),
  route("GET", "/chartofaccounts", "accountants", reference.listAccounts),
  route("GET", "/chartofaccounts/{id}", "accountants", reference.getAccount),
  route("GET", "/settings/taxes", "settings", reference.listTaxes),
  route("GET", "/settings/taxes/{id}", "settings", reference.getTax),
  route("GET", "/settings/currencies", "settings", reference.listCurrencies),
  route("GET", "/settings/currencies/{id}", "settings", reference.getCurrency),
  route("GET", "/settings/currencies/{id}/exchangerates", "settings", reference.listExchangeRates),
  route("GET", "/reportingtags", "settings", reference.listTags),
  route("GET", "/reportingtags/{id}/options/all", "settings", reference.listTagOptions),
  route("GET", "/transactionlocks", "accountants", reference.listTransactionLocks),

  route("GET", "/items", "settings", reference.listItems),
  route("POST", "/items", "settings", reference.createItem),
  route("GET", "/items/{id}", "settings", reference.getItem),
  route("PUT", "/items/{id}", "settings", reference.updateItem),
  route("POST", "/items/{id}/active", "settings", reference.activateItem),
  route("POST", "/items/{id}/inactive", "settings", reference.deactivateItem),
];
