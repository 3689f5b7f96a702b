/**
 * The people and organisations of the simulated Xero, there from the first start, and the ways to put more
 * into their books by hand: what is put here counts as typed in Xero by a person, not as posted by an app.
 * Documents go through the same rules and arithmetic as calls do; a refused one throws.
 */
import { invariant } from "@/lib/kernel/invariant";
import type { Result } from "@/lib/kernel/result";
import type { SandboxContext } from "@/sandbox/kit/types";
import type { Books, XeroRecords } from "@/sandbox/xero/books";
import { xeroRecords } from "@/sandbox/xero/open-books";
import type {
  Contact,
  CreditNote,
  Invoice,
  Kept,
  Organisation,
  OrganisationProfile,
  Payment,
  XeroUser,
} from "@/sandbox/xero/records";
import { putUsualThemes } from "@/sandbox/xero/settings/branding-themes";
import { writeContact } from "@/sandbox/xero/write/contacts";
import { writeCreditNote } from "@/sandbox/xero/write/credit-notes";
import {
  contactInput,
  creditNoteInput,
  invoiceInput,
  paymentInput,
  readElement,
} from "@/sandbox/xero/write/input";
import { writeInvoice } from "@/sandbox/xero/write/invoices";
import { writePayment } from "@/sandbox/xero/write/payments";
import { AU_TAX_RATES, PACIFIC_ACCOUNTS, PACIFIC_TENANT_ID } from "./xero-australia";
import {
  type AccountSeed,
  HARBOUR_ACCOUNTS,
  type TaxRateSeed,
  TIDEWATER_ACCOUNTS,
  UK_TAX_RATES,
} from "./xero-chart";

export const TIDEWATER_TENANT_ID = "5c1d3a60-7b0e-4f5a-9a51-0d8e5f1c7a01";
export const HARBOUR_TENANT_ID = "5c1d3a60-7b0e-4f5a-9a51-0d8e5f1c7a02";

const USERS: readonly XeroUser[] = [
  {
    id: "9f0a6c1e-1111-4c6b-8f7e-2a4f6d9b3001",
    email: "olivia@tidewatergifts.test",
    givenName: "Olivia",
    familyName: "Shaw",
    role: "Owner",
    tenantIds: [TIDEWATER_TENANT_ID, HARBOUR_TENANT_ID, PACIFIC_TENANT_ID],
  },
  {
    id: "9f0a6c1e-1111-4c6b-8f7e-2a4f6d9b3002",
    email: "marcus@webbandpartners.test",
    givenName: "Marcus",
    familyName: "Webb",
    role: "Accountant",
    tenantIds: [TIDEWATER_TENANT_ID, HARBOUR_TENANT_ID],
  },
  {
    id: "9f0a6c1e-1111-4c6b-8f7e-2a4f6d9b3003",
    email: "priya@tidewatergifts.test",
    givenName: "Priya",
    familyName: "Nair",
    role: "Bookkeeper",
    tenantIds: [TIDEWATER_TENANT_ID],
  },
];

type OrganisationSeed = Omit<Organisation, keyof Kept | "nextInvoiceNumber" | "nextCreditNoteNumber"> & {
  readonly id: string;
};

const TIDEWATER: OrganisationSeed = {
  id: TIDEWATER_TENANT_ID,
  name: "Tidewater Gifts Ltd",
  legalName: "Tidewater Gifts Limited",
  shortCode: "!tdw1G",
  countryCode: "GB",
  baseCurrency: "GBP",
  timezone: "GMTSTANDARDTIME",
  taxNumber: "GB123456789",
  registrationNumber: "08123456",
  financialYearEndDay: 31,
  financialYearEndMonth: 3,
  periodLockDate: null,
  endOfYearLockDate: null,
  currencies: ["GBP", "EUR", "USD", "JPY"],
  dayRates: { EUR: "1.174500", USD: "1.268300", JPY: "191.250000", SEK: "13.420000" },
  profile: profileOf("1 Quay Street", "Bristol", "BS1 4RW", "United Kingdom", "Gift wholesale", "QUARTERLY"),
};

const HARBOUR: OrganisationSeed = {
  ...TIDEWATER,
  id: HARBOUR_TENANT_ID,
  name: "Harbour Café Ltd",
  legalName: "Harbour Café Limited",
  shortCode: "!hbc2C",
  taxNumber: "GB987654321",
  registrationNumber: "09654321",
  currencies: ["GBP"],
  profile: profileOf("4 Harbour Road", "Falmouth", "TR11 3AA", "United Kingdom", "Café", "QUARTERLY"),
};

const PACIFIC: OrganisationSeed = {
  id: PACIFIC_TENANT_ID,
  name: "Tidewater Gifts Pty Ltd",
  legalName: "Tidewater Gifts Pty Ltd",
  shortCode: "!tdw3A",
  countryCode: "AU",
  baseCurrency: "AUD",
  timezone: "AUSEASTERNSTANDARDTIME",
  taxNumber: "51824753556",
  registrationNumber: "824753556",
  financialYearEndDay: 30,
  financialYearEndMonth: 6,
  periodLockDate: null,
  endOfYearLockDate: null,
  currencies: ["AUD"],
  dayRates: { GBP: "0.518000", USD: "0.662000" },
  profile: profileOf("12 Wharf Lane", "Sydney", "2000", "Australia", "Gift wholesale", "QUARTERLY1"),
};

function profileOf(
  line: string,
  city: string,
  postalCode: string,
  country: string,
  lineOfBusiness: string,
  salesTaxPeriod: string,
): OrganisationProfile {
  return {
    apiKey: "SANDBOXONLYNOTASECRET",
    organisationType: "COMPANY",
    salesTaxBasis: "ACCRUALS",
    salesTaxPeriod,
    lineOfBusiness,
    addresses: [
      { AddressType: "STREET", AddressLine1: line, City: city, PostalCode: postalCode, Country: country },
    ],
    phones: [{ PhoneType: "OFFICE", PhoneNumber: "5550100", PhoneAreaCode: "0117" }],
    externalLinks: [{ LinkType: "Website", Url: "https://tidewatergifts.test" }],
    paymentTerms: { Sales: { Day: 30, Type: "DAYSAFTERBILLDATE" } },
  };
}

const REGIONS = ["North", "South", "Scotland", "Wales", "Overseas"];
const CHANNELS = ["Web shop", "Wholesale", "Marketplace"];

/** Puts the people and organisations there; does nothing when they already are. */
export function seedXeroOrganisations(context: SandboxContext): void {
  const records = xeroRecords(context);
  if (records.organisations.size > 0) return;
  const now = context.clock.now().getTime();
  const times = { createdMs: now, updatedMs: now };
  for (const user of USERS) records.users.put({ ...user, ...times });
  putOrganisation(context, records, TIDEWATER, TIDEWATER_ACCOUNTS);
  putOrganisation(context, records, HARBOUR, HARBOUR_ACCOUNTS);
  putOrganisation(context, records, PACIFIC, PACIFIC_ACCOUNTS, AU_TAX_RATES);
  putTracking(context, booksOf(records, TIDEWATER_TENANT_ID), "Region", REGIONS);
  putTracking(context, booksOf(records, TIDEWATER_TENANT_ID), "Channel", CHANNELS);
}

export interface XeroSeed {
  /** Xero's spelling, as in PUT /Contacts. */
  putContact(tenantId: string, contact: object): Contact;
  /** Xero's spelling, as in PUT /Invoices; Contact: {ContactID}. */
  putInvoice(tenantId: string, invoice: object): Invoice;
  putCreditNote(tenantId: string, note: object): CreditNote;
  putPayment(tenantId: string, payment: object): Payment;
  /** Days as YYYY-MM-DD; null opens the books again. Documents already there stay. */
  setLockDate(tenantId: string, dates: { period?: string | null; endOfYear?: string | null }): void;
  archiveContact(tenantId: string, contactId: string): void;
  /** As a person in Xero does it: the number stays taken. */
  voidInvoice(tenantId: string, invoiceId: string): void;
  archiveAccount(tenantId: string, code: string): void;
}

/** The books of this sandbox's Xero, to be filled by hand. */
export function xeroSeed(context: SandboxContext): XeroSeed {
  const records = xeroRecords(context);
  const books = (tenantId: string): Books => booksOf(records, tenantId);
  const creating = { mayUpdate: false, unitDecimals: 4 };
  return {
    putContact(tenantId, contact) {
      const id = mustBeKept(
        writeContact(books(tenantId), readElement(contact, contactInput), { mayUpdate: false }),
      );
      return mustExist(books(tenantId).contacts.get(id));
    },
    putInvoice(tenantId, invoice) {
      const { invoices } = books(tenantId);
      const id = mustBeKept(writeInvoice(books(tenantId), readElement(invoice, invoiceInput), creating));
      invoices.put({ ...mustExist(invoices.get(id)), byApp: false });
      return mustExist(invoices.get(id));
    },
    putCreditNote(tenantId, note) {
      const { creditNotes } = books(tenantId);
      const id = mustBeKept(writeCreditNote(books(tenantId), readElement(note, creditNoteInput), creating));
      creditNotes.put({ ...mustExist(creditNotes.get(id)), byApp: false });
      return mustExist(creditNotes.get(id));
    },
    putPayment(tenantId, payment) {
      const id = mustBeKept(writePayment(books(tenantId), readElement(payment, paymentInput)));
      return mustExist(books(tenantId).payments.get(id));
    },
    setLockDate(tenantId, { period, endOfYear }) {
      const organisation = books(tenantId).organisation();
      books(tenantId).setOrganisation({
        ...organisation,
        periodLockDate: period === undefined ? organisation.periodLockDate : period,
        endOfYearLockDate: endOfYear === undefined ? organisation.endOfYearLockDate : endOfYear,
      });
    },
    archiveContact(tenantId, contactId) {
      const { contacts } = books(tenantId);
      const updatedMs = context.clock.now().getTime();
      contacts.put({ ...mustExist(contacts.get(contactId)), status: "ARCHIVED", updatedMs });
    },
    voidInvoice(tenantId, invoiceId) {
      const order = readElement({ InvoiceID: invoiceId, Status: "VOIDED" }, invoiceInput);
      mustBeKept(writeInvoice(books(tenantId), order, { mayUpdate: true, unitDecimals: 4 }));
    },
    archiveAccount(tenantId, code) {
      const { accounts } = books(tenantId);
      const updatedMs = context.clock.now().getTime();
      for (const id of [...accounts.by("code", code.toLowerCase())])
        accounts.put({ ...mustExist(accounts.get(id)), status: "ARCHIVED", updatedMs });
    },
  };
}

function booksOf(records: XeroRecords, tenantId: string): Books {
  const books = records.books(tenantId);
  invariant(books !== undefined, `no organisation has the tenant id ${tenantId}`);
  return books;
}

function mustBeKept(result: Result<string, readonly string[]>): string {
  invariant(result.ok, `the seed was refused: ${result.ok ? "" : result.error.join(" ")}`);
  return result.value;
}

function mustExist<T>(record: T | undefined): T {
  invariant(record !== undefined, "the record was just kept");
  return record;
}

function putOrganisation(
  context: SandboxContext,
  records: XeroRecords,
  seed: OrganisationSeed,
  accounts: readonly AccountSeed[],
  rates: readonly TaxRateSeed[] = UK_TAX_RATES,
): void {
  const now = context.clock.now().getTime();
  const times = { createdMs: now, updatedMs: now };
  records.organisations.put({ ...seed, ...times, nextInvoiceNumber: 1, nextCreditNoteNumber: 1 });
  const books = booksOf(records, seed.id);
  for (const account of accounts)
    books.accounts.put({
      status: "ACTIVE",
      enablePaymentsToAccount: false,
      systemAccount: null,
      currency: null,
      bankAccountNumber: null,
      description: null,
      ...account,
      ...times,
      id: context.newId(),
    });
  for (const rate of rates) books.taxRates.put({ ...rate, ...times, id: context.newId(), status: "ACTIVE" });
  putUsualThemes(books);
}

function putTracking(context: SandboxContext, books: Books, name: string, options: readonly string[]): void {
  const now = context.clock.now().getTime();
  books.tracking.put({
    id: context.newId(),
    createdMs: now,
    updatedMs: now,
    name,
    status: "ACTIVE",
    options: options.map((option) => ({ id: context.newId(), name: option, status: "ACTIVE" })),
  });
}
