/** Addresses that change an organisation's settings, and the smaller ones that only read them. */
import { CONTACTS, type Route, route, SETTINGS } from "../api/route";
import { removeAccount, writeAccounts } from "./account-calls";
import {
  addGroupContacts,
  getContactGroup,
  listContactGroups,
  removeGroupContacts,
  writeContactGroups,
} from "./contact-group-calls";
import {
  getActions,
  getBrandingTheme,
  getContactCis,
  getOrganisationCis,
  getUser,
  listBrandingThemes,
  listUsers,
} from "./organisation-calls";
import { writeTaxRates } from "./tax-rate-calls";
import {
  addTrackingOptions,
  removeTrackingCategory,
  removeTrackingOption,
  updateTrackingOption,
  writeTrackingCategories,
} from "./tracking-calls";

export const SETTINGS_WRITE_ROUTES: readonly Route[] = [
  route("GET", "/Organisation/Actions", SETTINGS, getActions),
  route("GET", "/Organisation/{id}/CISSettings", SETTINGS, getOrganisationCis),
  route("GET", "/Contacts/{id}/CISSettings", SETTINGS, getContactCis),
  route("GET", "/Users", SETTINGS, listUsers),
  route("GET", "/Users/{id}", SETTINGS, getUser),
  route("GET", "/BrandingThemes", SETTINGS, listBrandingThemes),
  route("GET", "/BrandingThemes/{id}", SETTINGS, getBrandingTheme),
  route("PUT", "/Accounts", SETTINGS, writeAccounts),
  route("POST", "/Accounts/{id}", SETTINGS, writeAccounts),
  route("DELETE", "/Accounts/{id}", SETTINGS, removeAccount),
  route("PUT", "/TaxRates", SETTINGS, (call) => writeTaxRates(call, false)),
  route("POST", "/TaxRates", SETTINGS, (call) => writeTaxRates(call, true)),
  route("PUT", "/TrackingCategories", SETTINGS, writeTrackingCategories),
  route("POST", "/TrackingCategories/{id}", SETTINGS, writeTrackingCategories),
  route("DELETE", "/TrackingCategories/{id}", SETTINGS, removeTrackingCategory),
  route("PUT", "/TrackingCategories/{id}/Options", SETTINGS, addTrackingOptions),
  route("POST", "/TrackingCategories/{id}/Options/{id}", SETTINGS, updateTrackingOption),
  route("DELETE", "/TrackingCategories/{id}/Options/{id}", SETTINGS, removeTrackingOption),
  route("GET", "/ContactGroups", CONTACTS, listContactGroups),
  route("PUT", "/ContactGroups", CONTACTS, writeContactGroups),
  route("GET", "/ContactGroups/{id}", CONTACTS, getContactGroup),
  route("POST", "/ContactGroups/{id}", CONTACTS, writeContactGroups),
  route("PUT", "/ContactGroups/{id}/Contacts", CONTACTS, addGroupContacts),
  route("DELETE", "/ContactGroups/{id}/Contacts", CONTACTS, removeGroupContacts),
  route("DELETE", "/ContactGroups/{id}/Contacts/{id}", CONTACTS, removeGroupContacts),
];
