/**
 * What an organisation says of itself beside GET /Organisation: what plan and role allow, its people, its
 * branding themes and, in the United Kingdom, its construction industry settings.
 */
import { notFound, type Wire, type XeroAnswer } from "../answer";
import { answerRecords, firstId, type XeroCall } from "../api/call";
import { wireInstant } from "../dates";
import { xeroRecords } from "../open-books";
import { listPage } from "../read/list";
import type { XeroUser } from "../records";
import { type BrandingTheme, brandingThemes } from "./branding-themes";
import { allowsApproval, allowsForeignCurrencies } from "./plan";
import { organisationRole } from "./roles";

const ALWAYS_ALLOWED = [
  "CreateDraftInvoice",
  "CreateDraftBill",
  "CreateDraftPurchaseOrder",
  "CreateApprovedPurchaseOrder",
  "CreateDraftQuote",
  "CreateSentQuote",
  "CreateInvoicePayment",
  "CreateRepeatingInvoice",
  "CreateRepeatingBill",
  "AttachFilesIntoInvoice",
];

export function getActions(call: XeroCall): XeroAnswer {
  const { books } = call;
  const judged: readonly [string, boolean][] = [
    ["CreateApprovedInvoice", allowsApproval(books, "ACCREC")],
    ["CreateApprovedBill", allowsApproval(books, "ACCPAY")],
    ["UseMulticurrency", allowsForeignCurrencies(books)],
    ...ALWAYS_ALLOWED.map((name): [string, boolean] => [name, true]),
  ];
  const actions = judged.map(([Name, isAllowed]) => ({
    Name,
    Status: isAllowed ? "ALLOWED" : "NOT-ALLOWED",
  }));
  return answerRecords(call, "Actions", actions);
}

export function getOrganisationCis(call: XeroCall): XeroAnswer {
  const organisation = call.books.organisation();
  if (firstId(call) !== organisation.id || organisation.countryCode !== "GB") throw notFound();
  return answerRecords(call, "CISSettings", [
    { CISContractorEnabled: false, CISSubContractorEnabled: false, Rate: 0 },
  ]);
}

export function getContactCis(call: XeroCall): XeroAnswer {
  const { books } = call;
  if (books.contacts.head(firstId(call)) === undefined || books.organisation().countryCode !== "GB")
    throw notFound();
  return answerRecords(call, "CISSettings", [{ CISEnabled: false }]);
}

type KeptUser = XeroUser & { readonly createdMs: number; readonly updatedMs: number };

export function listUsers(call: XeroCall): XeroAnswer {
  const { users } = xeroRecords(call.context);
  const page = listPage<KeptUser>(call.books, call.request, {
    paged: false,
    filters: [(_, user) => user.tenantIds.includes(call.books.tenantId)],
    heads: () => users.heads(),
    field: (id, user, path) => userFields(id, user)[path],
  });
  return answerRecords(
    call,
    "Users",
    page.ids.flatMap((id) => shown(users.head(id), presentUser)),
  );
}

export function getUser(call: XeroCall): XeroAnswer {
  const user = xeroRecords(call.context).users.head(firstId(call));
  if (user === undefined || !user.tenantIds.includes(call.books.tenantId)) throw notFound();
  return answerRecords(call, "Users", [presentUser(user)]);
}

function userFields(id: string, user: KeptUser): Readonly<Record<string, string | boolean | Date>> {
  return {
    userid: id,
    emailaddress: user.email,
    firstname: user.givenName,
    lastname: user.familyName,
    issubscriber: user.role === "Owner",
    organisationrole: organisationRole(user),
    updateddateutc: new Date(user.updatedMs),
  };
}

function presentUser(user: KeptUser): Wire {
  return {
    UserID: user.id,
    EmailAddress: user.email,
    FirstName: user.givenName,
    LastName: user.familyName,
    UpdatedDateUTC: wireInstant(user.updatedMs),
    IsSubscriber: user.role === "Owner",
    OrganisationRole: organisationRole(user),
  };
}

export function listBrandingThemes(call: XeroCall): XeroAnswer {
  const themes = [...brandingThemes(call.books).heads()].map(([, theme]) => theme);
  themes.sort((left, right) => left.sortOrder - right.sortOrder);
  return answerRecords(call, "BrandingThemes", themes.map(presentTheme));
}

export function getBrandingTheme(call: XeroCall): XeroAnswer {
  const theme = brandingThemes(call.books).head(firstId(call));
  if (theme === undefined) throw notFound();
  return answerRecords(call, "BrandingThemes", [presentTheme(theme)]);
}

function presentTheme(theme: BrandingTheme): Wire {
  return {
    BrandingThemeID: theme.id,
    Name: theme.name,
    Type: "INVOICE",
    SortOrder: theme.sortOrder,
    CreatedDateUTC: wireInstant(theme.createdMs),
  };
}

function shown<T>(record: T | undefined, show: (record: T) => Wire): Wire[] {
  return record === undefined ? [] : [show(record)];
}
