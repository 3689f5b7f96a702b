/** Organisations as Zoho answers them: as a row of the list, and one by one. */
import type { SandboxContext } from "@/sandbox/kit/types";
import { type Books, openBooksOf } from "../open-books";
import type { StoredOrganization } from "../records";
import { currencyByCode } from "../write-document";

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"] as const;

function currencyFields(books: Books, organization: StoredOrganization) {
  const currency = currencyByCode(books, organization.currencyCode);
  return {
    currency_id: currency.id,
    currency_code: currency.code,
    currency_symbol: currency.symbol,
    currency_format: "###,##0.00",
    price_precision: currency.precision,
  };
}

export function organizationRowWire(
  books: Books,
  id: string,
  organization: StoredOrganization,
  isDefault: boolean,
) {
  const created = organization.created.slice(0, 10);
  const [year = "", month = "1", day = ""] = created.split("-");
  return {
    organization_id: id,
    name: organization.name,
    contact_name: organization.contactName,
    email: organization.email,
    is_default_org: isDefault,
    plan_type: 3,
    tax_group_enabled: true,
    zi_migration_status: 0,
    plan_name: organization.plan,
    plan_period: "Monthly",
    language_code: organization.languageCode ?? "en",
    fiscal_year_start_month: organization.fiscalYearStartMonth ?? 3,
    account_created_date: created,
    account_created_date_formatted: `${day} ${MONTHS[Number(month) - 1] ?? ""} ${year}`,
    time_zone: organization.timeZone,
    is_org_active: organization.active ?? true,
    ...currencyFields(books, organization),
  };
}

export function organizationWire(
  books: Books,
  id: string,
  organization: StoredOrganization,
  isDefault: boolean,
) {
  return {
    organization_id: id,
    name: organization.name,
    is_default_org: isDefault,
    account_created_date: organization.created.slice(0, 10),
    time_zone: organization.timeZone,
    language_code: organization.languageCode ?? "en",
    date_format: organization.dateFormat ?? "dd MMM yyyy",
    field_separator: organization.fieldSeparator ?? " ",
    fiscal_year_start_month: organization.fiscalYearStartMonth ?? 3,
    contact_name: organization.contactName,
    industry_type: organization.industryType ?? "",
    industry_size: organization.industrySize ?? "",
    company_id_label: "Company ID",
    company_id_value: "",
    tax_id_label: "Tax ID",
    tax_id_value: "",
    ...currencyFields(books, organization),
    org_address: organization.orgAddress ?? "",
    remit_to_address: organization.remitToAddress ?? "",
    phone: organization.phone ?? "",
    fax: organization.fax ?? "",
    website: organization.website ?? "",
    email: organization.email,
    is_org_active: organization.active ?? true,
    address: organization.address ?? {},
    custom_fields: [],
  };
}

/** The organisations of a data centre, the default one first. */
function organizationsOf(books: Books, dataCentre: string): (readonly [string, StoredOrganization])[] {
  return [...books.organizations.heads()].filter(([, known]) => known.dataCentre === dataCentre);
}

/** The first of its data centre is. */
export const isDefaultOrganization = (
  books: Books,
  id: string,
  { dataCentre }: StoredOrganization,
): boolean => organizationsOf(books, dataCentre)[0]?.[0] === id;

/** The rows of GET /organizations. */
export function organizationRows(
  call: { readonly context: SandboxContext; readonly books: Books },
  dataCentre: string,
) {
  return organizationsOf(call.books, dataCentre).map(([id, organization], index) =>
    organizationRowWire(openBooksOf(call.context, id), id, organization, index === 0),
  );
}
