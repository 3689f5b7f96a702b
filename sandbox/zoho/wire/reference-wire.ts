/** Items, accounts, taxes, currencies, tags and the organisation as Zoho Books answers them. */
import type { Books } from "../books/open-books";
import type {
  StoredAccount,
  StoredCurrency,
  StoredItem,
  StoredOrganization,
  StoredTag,
  StoredTax,
} from "../books/records";
import { currencyByCode } from "../books/write-document";
import { amount, zonedTime } from "./formats";

export function itemWire(books: Books, organization: StoredOrganization, id: string, item: StoredItem) {
  const tax = books.taxes.head(item.taxId);
  return {
    item_id: id,
    name: item.name,
    item_name: item.name,
    sku: item.sku,
    description: item.description,
    status: item.active ? "active" : "inactive",
    rate: amount(item.rate),
    unit: item.unit,
    tax_id: item.taxId,
    tax_name: tax?.name ?? "",
    tax_percentage: amount(tax?.percentage ?? "0"),
    tax_type: "tax",
    account_id: item.accountId,
    account_name: books.accounts.head(item.accountId)?.name ?? "",
    item_type: "sales",
    product_type: item.productType,
    custom_fields: [],
    tags: [],
    created_time: zonedTime(item.created, organization.timeZone),
    last_modified_time: zonedTime(item.modified, organization.timeZone),
  };
}

export function accountWire(organization: StoredOrganization, id: string, account: StoredAccount) {
  return {
    account_id: id,
    account_name: account.name,
    account_code: account.code,
    account_type: account.type,
    description: "",
    is_user_created: !account.system,
    is_system_account: account.system,
    is_standalone_account: false,
    is_active: account.active,
    can_show_in_ze: false,
    is_involved_in_transaction: true,
    parent_account_id: "",
    parent_account_name: "",
    depth: 0,
    has_attachment: false,
    is_child_present: false,
    child_count: "",
    documents: [],
    created_time: zonedTime(account.created, organization.timeZone),
    last_modified_time: zonedTime(account.modified, organization.timeZone),
  };
}

export function taxWire(id: string, tax: StoredTax) {
  return {
    tax_id: id,
    tax_name: tax.name,
    tax_percentage: amount(tax.percentage),
    tax_type: "tax",
    tax_factor: "rate",
    tax_specific_type: "",
    tax_authority_id: "",
    tax_authority_name: "",
    is_value_added: true,
    is_default_tax: tax.isDefault,
    is_editable: true,
  };
}

export function currencyWire(id: string, currency: StoredCurrency) {
  const [newest] = currency.rates;
  return {
    currency_id: id,
    currency_code: currency.code,
    currency_name: currency.name,
    currency_name_formatted: `${currency.code}- ${currency.name}`,
    currency_symbol: currency.symbol,
    price_precision: currency.precision,
    currency_format: currency.precision === 0 ? "1,234,567" : "1,234,567.89",
    is_base_currency: currency.isBase,
    exchange_rate: amount(newest?.rate ?? "0"),
    effective_date: newest?.date ?? "",
  };
}

export function tagWire(tag: StoredTag, id: string, index: number) {
  return {
    tag_id: id,
    tag_name: tag.name,
    tag_order: index + 1,
    description: "",
    is_active: true,
    is_mandatory: false,
    is_class: false,
    is_draft: false,
  };
}

export function organizationWire(books: Books, id: string, organization: StoredOrganization) {
  const currency = currencyByCode(books, organization.currencyCode);
  return {
    organization_id: id,
    name: organization.name,
    contact_name: organization.contactName,
    email: organization.email,
    is_default_org: true,
    plan_name: organization.plan,
    plan_period: "Monthly",
    plan_type: 3,
    language_code: "en",
    fiscal_year_start_month: 3,
    account_created_date: organization.created.slice(0, 10),
    time_zone: organization.timeZone,
    date_format: "dd MMM yyyy",
    field_separator: " ",
    is_org_active: true,
    currency_id: currency.id,
    currency_code: currency.code,
    currency_symbol: currency.symbol,
    currency_format: "###,##0.00",
    price_precision: currency.precision,
    country_code: organization.countryCode,
  };
}
