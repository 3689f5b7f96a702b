/**
 * The organisations of the login: one by one within their own context, and those calls that need none. One
 * login may own several, in one data centre or more; what one holds the others never see.
 * https://www.zoho.com/books/api/v3/organizations/ (checked 2026-11-21)
 */
import { z } from "zod";
import type { SandboxResponse } from "@/sandbox/kit/types";
import { ZOHO_USER } from "../../accounts/oauth";
import { scopeCovers } from "../../accounts/scopes";
import type { UnboundCall } from "../../gateway";
import {
  type BooksCall,
  refuse,
  refuseMissing,
  refuseTaken,
  refuseValue,
  succeed,
  succeedWriting,
} from "../answers";
import { parseInput, text } from "../input";
import { openBooksOf } from "../open-books";
import type { StoredOrganization } from "../records";
import { isCurrencyCode } from "./currency-names";
import { addOrganization } from "./new-organization";
import { isDefaultOrganization, organizationRows, organizationWire } from "./organization-wire";

const MONTHS = [
  ...["january", "february", "march", "april", "may", "june", "july"],
  ...["august", "september", "october", "november", "december"],
];

const organizationBody = z.object({
  name: text.optional(),
  fiscal_year_start_month: text.optional(),
  currency_code: text.optional(),
  currency_id: text.optional(),
  time_zone: text.optional(),
  date_format: text.optional(),
  field_separator: text.optional(),
  language_code: text.optional(),
  industry_type: text.optional(),
  industry_size: text.optional(),
  portal_name: text.optional(),
  org_address: text.optional(),
  remit_to_address: text.optional(),
  contact_name: text.optional(),
  phone: text.optional(),
  fax: text.optional(),
  website: text.optional(),
  email: text.optional(),
  address: z.record(z.string(), z.string()).optional(),
});
type OrganizationBody = z.infer<typeof organizationBody>;

export function getOrganization(call: BooksCall): SandboxResponse {
  const [id = ""] = call.ids;
  const organization = ownOrganization(call, id);
  if (organization === null) return refuseMissing(call.context, "Organization");
  const books = openBooksOf(call.context, id);
  return succeed({
    organization: organizationWire(books, id, organization, isDefaultOrganization(books, id, organization)),
  });
}

/** The organisation of the path, when the login has it where the call was made. */
function ownOrganization(call: BooksCall, id: string): StoredOrganization | null {
  const organization = call.books.organizations.get(id);
  return organization === undefined || organization.dataCentre !== call.organization.dataCentre
    ? null
    : organization;
}

export function updateOrganization(call: BooksCall): SandboxResponse {
  const [id = ""] = call.ids;
  const previous = ownOrganization(call, id);
  if (previous === null) return refuseMissing(call.context, "Organization");
  const body = parseInput(organizationBody, call.input);
  if (!body.ok) return refuseValue(body.error);
  const wrong = wrongField(body.value);
  if (wrong !== null) return refuseValue(wrong);
  const organization = {
    ...previous,
    ...fieldsOf(body.value),
    name: body.value.name ?? previous.name,
    timeZone: body.value.time_zone ?? previous.timeZone,
    contactName: body.value.contact_name ?? previous.contactName,
    email: body.value.email ?? previous.email,
    modified: call.books.stamp(),
  };
  call.books.organizations.put(id, organization);
  const books = openBooksOf(call.context, id);
  return succeedWriting(
    {
      organization: organizationWire(books, id, organization, isDefaultOrganization(books, id, organization)),
    },
    "success",
  );
}

/** Calls without an organisation: the list for a user, and making one. */
export function answerWithoutOrganization(call: UnboundCall): SandboxResponse | null {
  const address = `${call.request.method} ${call.path}`;
  if (address !== "POST /organizations" && address !== "GET /organizations/user") return null;
  const verb = call.request.method === "GET" ? "READ" : "CREATE";
  if (!scopeCovers("ZohoBooks", call.token.scopes, verb, "settings"))
    return refuse(401, 57, "You are not authorized to perform this operation");
  return address === "GET /organizations/user"
    ? succeed({ organizations: organizationRows(call, call.dataCentre) })
    : createOrganization(call);
}

function createOrganization(call: UnboundCall): SandboxResponse {
  const { context, books, dataCentre } = call;
  const parsed = parseInput(organizationBody, call.input);
  if (!parsed.ok) return refuseValue(parsed.error);
  const { name = "", currency_code: currencyCode = "", time_zone: timeZone = "", ...body } = parsed.value;
  if (name.trim() === "") return refuseValue("name");
  if (!isCurrencyCode(currencyCode)) return refuseValue("currency_code");
  const wrong = wrongField({ ...body, time_zone: timeZone });
  if (wrong !== null) return refuseValue(wrong);
  if ((body.portal_name ?? "") === "") return refuseValue("portal_name");
  for (const [, known] of books.organizations.heads())
    if (known.portalName !== undefined && known.portalName === body.portal_name)
      return refuseTaken("This portal name is already taken.");
  // Organisations have shorter ids than records.
  const id = `2009${books.nextId().slice(-7)}`;
  addOrganization(context, id, {
    ...{ name, currencyCode, timeZone, dataCentre, contactName: ZOHO_USER.name, email: ZOHO_USER.email },
    countryCode: "",
    ...fieldsOf(body),
    ...(body.portal_name === undefined ? {} : { portalName: body.portal_name }),
  });
  const made = openBooksOf(context, id);
  const organization = made.organizations.get(id);
  if (organization === undefined) return refuseMissing(context, "Organization");
  return succeedWriting(
    { organization: createdWire(id, organization, isDefaultOrganization(made, id, organization)) },
    "success",
    201,
  );
}

/** Closes an organisation; its records stay readable. */
export function deactivateOrganization(call: BooksCall): SandboxResponse {
  const [id = ""] = call.ids;
  const organization = ownOrganization(call, id);
  if (organization === null) return refuseMissing(call.context, "Organization");
  call.books.organizations.put(id, { ...organization, active: false, modified: call.books.stamp() });
  return succeedWriting({}, "The organization has been marked as inactive.");
}

function wrongField(body: OrganizationBody): string | null {
  if (body.time_zone !== undefined && !isTimeZone(body.time_zone)) return "time_zone";
  const month = body.fiscal_year_start_month;
  return month !== undefined && !MONTHS.includes(month) ? "fiscal_year_start_month" : null;
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

function fieldsOf(body: OrganizationBody): Partial<StoredOrganization> {
  const month = body.fiscal_year_start_month;
  return definedOnly({
    fiscalYearStartMonth: month === undefined ? undefined : MONTHS.indexOf(month),
    dateFormat: body.date_format,
    fieldSeparator: body.field_separator,
    languageCode: body.language_code,
    industryType: body.industry_type,
    industrySize: body.industry_size,
    orgAddress: body.org_address,
    remitToAddress: body.remit_to_address,
    phone: body.phone,
    fax: body.fax,
    website: body.website,
    address: body.address,
  });
}

function definedOnly<Fields extends Readonly<Record<string, unknown>>>(fields: Fields) {
  const defined: { [Name in keyof Fields]?: Exclude<Fields[Name], undefined> } = {};
  for (const name in fields) {
    const value = fields[name];
    if (isDefined(value)) defined[name] = value;
  }
  return defined;
}

const isDefined = <Value>(value: Value): value is Exclude<Value, undefined> => value !== undefined;

function createdWire(id: string, organization: StoredOrganization, isFirst: boolean) {
  return {
    organization_id: id,
    name: organization.name,
    is_logo_uploaded: "false",
    is_default_org: isFirst,
    user_role: "admin",
    account_created_date: organization.created.slice(0, 10),
    time_zone: organization.timeZone,
    language_code: organization.languageCode ?? "en",
    date_format: organization.dateFormat ?? "dd MMM yyyy",
    field_separator: organization.fieldSeparator ?? " ",
    fiscal_year_start_month: organization.fiscalYearStartMonth ?? 0,
    tax_group_enabled: true,
    user_status: "active",
    contact_name: organization.contactName,
    industry_type: organization.industryType ?? "",
    address: organization.address ?? {},
  };
}
