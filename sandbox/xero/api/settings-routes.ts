/** Addresses of the organisation, its chart, rates, currencies, tracking and items. */
import { type Route, route, SETTINGS } from "./route";
import {
  addCurrency,
  deleteItem,
  getAccount,
  getItem,
  getOrganisation,
  getTaxRate,
  getTrackingCategory,
  listAccounts,
  listCurrencies,
  listItems,
  listTaxRates,
  listTrackingCategories,
  writeItems,
} from "./settings-calls";

export const SETTINGS_ROUTES: readonly Route[] = [
  route("GET", "/Organisation", SETTINGS, getOrganisation),
  route("GET", "/Organisations", SETTINGS, getOrganisation),
  route("GET", "/Accounts", SETTINGS, listAccounts),
  route("GET", "/Accounts/{id}", SETTINGS, getAccount),
  route("GET", "/TaxRates", SETTINGS, listTaxRates),
  route("GET", "/TaxRates/{id}", SETTINGS, getTaxRate),
  route("GET", "/Currencies", SETTINGS, listCurrencies),
  route("PUT", "/Currencies", SETTINGS, addCurrency),
  route("GET", "/TrackingCategories", SETTINGS, listTrackingCategories),
  route("GET", "/TrackingCategories/{id}", SETTINGS, getTrackingCategory),
  route("GET", "/Items", SETTINGS, listItems),
  route("PUT", "/Items", SETTINGS, (call) => writeItems(call, false)),
  route("POST", "/Items", SETTINGS, (call) => writeItems(call, true)),
  route("GET", "/Items/{id}", SETTINGS, getItem),
  route("POST", "/Items/{id}", SETTINGS, (call) => writeItems(call, true)),
  route("DELETE", "/Items/{id}", SETTINGS, deleteItem),
];
