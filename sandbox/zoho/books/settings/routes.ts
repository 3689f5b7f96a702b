/** Addresses of organisations, accounts, banks, taxes, currencies, tags, users, locations, locks and items. */
import { type Route, route } from "../route";
import * as accounts from "./accounts";
import * as banks from "./bank-accounts";
import * as currencies from "./currencies";
import * as rates from "./exchange-rates";
import * as items from "./items";
import * as locations from "./locations";
import * as organizations from "./organizations";
import * as options from "./tag-options";
import * as tags from "./tags";
import * as groups from "./tax-groups";
import * as taxes from "./taxes";
import * as locks from "./transaction-locks";
import * as users from "./users";

const ORGANIZATION_ROUTES: readonly Route[] = [
  route("GET", "/organizations/{id}", "settings", organizations.getOrganization),
  route("PUT", "/organizations/{id}", "settings", organizations.updateOrganization),
  route("POST", "/organizations/{id}/inactive", "settings", organizations.deactivateOrganization),

  route("GET", "/users", "settings", users.listUsers),
  route("POST", "/users", "settings", users.createUser),
  route("GET", "/users/me", "settings", users.getCurrentUser),
  route("GET", "/users/{id}", "settings", users.getUser),
  route("PUT", "/users/{id}", "settings", users.updateUser),
  route("DELETE", "/users/{id}", "settings", users.deleteUser),
  route("POST", "/users/{id}/invite", "settings", users.inviteUser),
  route("POST", "/users/{id}/active", "settings", users.activateUser),
  route("POST", "/users/{id}/inactive", "settings", users.deactivateUser),

  route("POST", "/settings/locations/enable", "settings", locations.enableLocations),
  route("GET", "/locations", "settings", locations.listLocations),
  route("POST", "/locations", "settings", locations.createLocation),
  route("PUT", "/locations/{id}", "settings", locations.updateLocation),
  route("DELETE", "/locations/{id}", "settings", locations.deleteLocation),
  route("POST", "/locations/{id}/active", "settings", locations.activateLocation),
  route("POST", "/locations/{id}/inactive", "settings", locations.deactivateLocation),
  route("POST", "/locations/{id}/markasprimary", "settings", locations.markLocationPrimary),
];

const ACCOUNT_ROUTES: readonly Route[] = [
  route("GET", "/chartofaccounts", "accountants", accounts.listAccounts),
  route("POST", "/chartofaccounts", "accountants", accounts.createAccount),
  route("POST", "/chartofaccounts/active", "accountants", accounts.activateAccounts),
  route("POST", "/chartofaccounts/inactive", "accountants", accounts.deactivateAccounts),
  route("DELETE", "/chartofaccounts/bulkdelete", "accountants", accounts.deleteAccounts),
  route("GET", "/chartofaccounts/{id}", "accountants", accounts.getAccount),
  route("PUT", "/chartofaccounts/{id}", "accountants", accounts.updateAccount),
  route("DELETE", "/chartofaccounts/{id}", "accountants", accounts.deleteAccount),
  route("POST", "/chartofaccounts/{id}/active", "accountants", accounts.activateAccount),
  route("POST", "/chartofaccounts/{id}/inactive", "accountants", accounts.deactivateAccount),

  route("GET", "/bankaccounts", "banking", banks.listBankAccounts),
  route("POST", "/bankaccounts", "banking", banks.createBankAccount),
  route("GET", "/bankaccounts/{id}", "banking", banks.getBankAccount),
  route("PUT", "/bankaccounts/{id}", "banking", banks.updateBankAccount),
  route("DELETE", "/bankaccounts/{id}", "banking", banks.deleteBankAccount),
  route("POST", "/bankaccounts/{id}/active", "banking", banks.activateBankAccount),
  route("POST", "/bankaccounts/{id}/inactive", "banking", banks.deactivateBankAccount),

  route("GET", "/transactionlocks", "accountants", locks.listTransactionLocks),
  route("GET", "/transactionlock", "accountants", locks.getTransactionLock),
  route("PUT", "/transactionlock", "accountants", locks.updateTransactionLock),
  route("DELETE", "/transactionlock", "accountants", locks.deleteTransactionLock),
  route("PUT", "/transactionlock/partialunlock", "accountants", locks.updatePartialUnlock),
  route("GET", "/accountingperiods/transactionlock", "accountants", locks.getTransactionLock),
];

const TAX_ROUTES: readonly Route[] = [
  route("GET", "/settings/taxes", "settings", taxes.listTaxes),
  route("POST", "/settings/taxes", "settings", taxes.createTax),
  route("GET", "/settings/taxes/{id}", "settings", taxes.getTax),
  route("PUT", "/settings/taxes/{id}", "settings", taxes.updateTax),
  route("DELETE", "/settings/taxes/{id}", "settings", taxes.deleteTax),
  route("POST", "/settings/taxgroups", "settings", groups.createTaxGroup),
  route("GET", "/settings/taxgroups/{id}", "settings", groups.getTaxGroup),
  route("PUT", "/settings/taxgroups/{id}", "settings", groups.updateTaxGroup),
  route("DELETE", "/settings/taxgroups/{id}", "settings", groups.deleteTaxGroup),

  route("GET", "/settings/currencies", "settings", currencies.listCurrencies),
  route("POST", "/settings/currencies", "settings", currencies.createCurrency),
  route("GET", "/settings/currencies/{id}", "settings", currencies.getCurrency),
  route("PUT", "/settings/currencies/{id}", "settings", currencies.updateCurrency),
  route("DELETE", "/settings/currencies/{id}", "settings", currencies.deleteCurrency),
  route("GET", "/settings/currencies/{id}/exchangerates", "settings", rates.listExchangeRates),
  route("POST", "/settings/currencies/{id}/exchangerates", "settings", rates.createExchangeRate),
  route("GET", "/settings/currencies/{id}/exchangerates/{id}", "settings", rates.getExchangeRate),
  route("PUT", "/settings/currencies/{id}/exchangerates/{id}", "settings", rates.updateExchangeRate),
  route("DELETE", "/settings/currencies/{id}/exchangerates/{id}", "settings", rates.deleteExchangeRate),
];

/** The second word of a module is the verb that Zoho asks for where the method suggests another. */
const TAG_ROUTES: readonly Route[] = [
  route("GET", "/reportingtags", "settings", tags.listTags),
  route("POST", "/reportingtags", "settings", tags.createTag),
  route("GET", "/reportingtags/options", "settings", options.getTagWithOptions),
  route("PUT", "/reportingtags/reorder", "settings", tags.reorderTags),
  route("POST", "/reportingtags/{id}", "settings.READ", options.setDefaultOption),
  route("PUT", "/reportingtags/{id}", "settings", tags.updateTag),
  route("DELETE", "/reportingtags/{id}", "settings", tags.deleteTag),
  route("PUT", "/reportingtags/{id}/options", "settings", options.updateTagOptions),
  route("GET", "/reportingtags/{id}/options/all", "settings", options.listTagOptions),
  route("POST", "/reportingtags/{id}/active", "settings.UPDATE", tags.activateTag),
  route("POST", "/reportingtags/{id}/inactive", "settings.UPDATE", tags.deactivateTag),
  route("POST", "/reportingtags/{id}/option/{id}/active", "settings.UPDATE", options.activateOption),
  route("POST", "/reportingtags/{id}/option/{id}/inactive", "settings.UPDATE", options.deactivateOption),
];

const ITEM_ROUTES: readonly Route[] = [
  route("GET", "/items", "settings", items.listItems),
  route("POST", "/items", "settings", items.createItem),
  route("PUT", "/items", "settings", items.updateItemByField),
  route("GET", "/itemdetails", "settings", items.listItemDetails),
  route("GET", "/items/{id}", "settings", items.getItem),
  route("PUT", "/items/{id}", "settings", items.updateItem),
  route("DELETE", "/items/{id}", "settings", items.deleteItem),
  route("PUT", "/item/{id}/customfields", "settings", items.updateItemFields),
  route("POST", "/items/{id}/active", "settings", items.activateItem),
  route("POST", "/items/{id}/inactive", "settings", items.deactivateItem),
];

export const SETTINGS_ROUTES: readonly Route[] = [
  ...ORGANIZATION_ROUTES,
  ...ACCOUNT_ROUTES,
  ...TAX_ROUTES,
  ...TAG_ROUTES,
  ...ITEM_ROUTES,
];
