/** Accounts of the chart and bank accounts as Zoho Books answers them. */

import { zonedTime } from "../../wire/formats";
import type { BooksCall } from "../answers";
import type { StoredAccount } from "../records";
import { currencyByCode } from "../write-document";
import { customFieldIdsWire } from "./custom-fields";
import { childrenOf, isAccountUsed } from "./uses";

function timesWire({ organization }: BooksCall, account: StoredAccount) {
  return {
    created_time: zonedTime(account.created, organization.timeZone),
    last_modified_time: zonedTime(account.modified, organization.timeZone),
  };
}

export function accountRowWire(call: BooksCall, id: string, account: StoredAccount) {
  const children = childrenOf(call.books, id).size;
  return {
    account_id: id,
    account_name: account.name,
    account_code: account.code,
    account_type: account.type,
    is_user_created: !account.system,
    is_system_account: account.system,
    is_standalone_account: false,
    is_active: account.active,
    can_show_in_ze: false,
    is_involved_in_transaction: isAccountUsed(call.books, id),
    parent_account_id: account.parentId ?? "",
    parent_account_name: call.books.accounts.head(account.parentId ?? "")?.name ?? "",
    depth: String(depthOf(call, account)),
    has_attachment: false,
    is_child_present: String(children > 0),
    child_count: children === 0 ? "" : String(children),
    documents: [],
    ...timesWire(call, account),
  };
}

function depthOf(call: BooksCall, account: StoredAccount): number {
  const parent = call.books.accounts.head(account.parentId ?? "");
  return parent === undefined ? 0 : 1 + depthOf(call, parent);
}

export function accountWire(call: BooksCall, id: string, account: StoredAccount) {
  const currency = currencyByCode(call.books, account.currencyCode ?? call.organization.currencyCode);
  return {
    account_id: id,
    account_name: account.name,
    account_code: account.code,
    is_active: account.active,
    account_type: account.type,
    currency_id: currency.id,
    currency_code: currency.code,
    description: account.description ?? "",
    is_system_account: account.system,
    is_involved_in_transaction: isAccountUsed(call.books, id),
    can_show_in_ze: false,
    include_in_vat_return: false,
    custom_fields: customFieldIdsWire(call.books, "account", account.customFields),
    parent_account_id: account.parentId ?? "",
    documents: [],
    ...timesWire(call, account),
  };
}

export function bankAccountRowWire(call: BooksCall, id: string, account: StoredAccount) {
  const currency = currencyByCode(call.books, account.currencyCode ?? call.organization.currencyCode);
  return {
    account_id: id,
    account_name: account.name,
    account_code: account.code,
    currency_id: currency.id,
    currency_code: currency.code,
    account_type: account.type,
    account_number: account.accountNumber ?? "",
    uncategorized_transactions: 0,
    total_unprinted_checks: 0,
    is_active: account.active,
    bank_name: account.bankName ?? "",
    routing_number: account.routingNumber ?? "",
    is_primary_account: account.primary ?? false,
    is_paypal_account: false,
  };
}

export function bankAccountWire(call: BooksCall, id: string, account: StoredAccount) {
  const currency = currencyByCode(call.books, account.currencyCode ?? call.organization.currencyCode);
  return {
    ...bankAccountRowWire(call, id, account),
    currency_symbol: currency.symbol,
    price_precision: currency.precision,
    is_feeds_subscribed: false,
    is_feeds_active: false,
    description: account.description ?? "",
    refresh_status_code: "",
    feeds_last_refresh_date: "",
    service_id: "",
    is_system_account: account.system,
    is_show_warning_for_feeds_refresh: false,
  };
}
