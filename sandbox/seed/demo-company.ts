/**
 * Tidewater Gifts Ltd: a small, believable company in Zoho Books and Xero, with one of each kind of trouble
 * that a first sync meets. Everything is invented and the same in every run. README.md lists the troubles.
 */
import { invariant } from "@/lib/kernel/invariant";
import type { SandboxContext } from "@/sandbox/kit/types";
import { type DemoCustomer, REGULAR_CUSTOMERS, type Region, SPECIAL_CUSTOMERS } from "./demo-customers";
import { type DemoWriter, writeEverydayDocuments } from "./demo-documents";
import { DEMO_PRODUCTS } from "./demo-products";
import { writeDemoPurchases } from "./demo-purchases";
import { writeSpecialDocuments, writeXeroBefore } from "./demo-special-documents";
import { seedXeroOrganisations, xeroSeed } from "./xero-organisation";
import { seedZohoApps } from "./zoho-apps";
import { atNine, type ZohoSeed, zohoSeed } from "./zoho-organisation";
import { STANDARD_RATE, ZERO_RATED } from "./zoho-reference-data";

export interface DemoReport {
  readonly lines: number;
  readonly invoices: number;
  readonly creditNotes: number;
  readonly payments: number;
  readonly contacts: number;
  readonly items: number;
  readonly xero: { readonly contacts: number; readonly invoices: number };
}

const CUSTOMER_SINCE = "2026-05-04";
const REGIONS: readonly Region[] = ["North", "South", "Scotland", "Wales", "Overseas"];

/** Writes the demo company into an empty sandbox. */
export function seedDemoCompany(context: SandboxContext): DemoReport {
  const zoho = zohoSeed(context);
  seedXeroOrganisations(context);
  zoho.putOrganization({ currencies: ["EUR", "JPY", "SEK"], withLocalLevy: true });
  const writer = createWriter(zoho);
  writeEverydayDocuments(writer);
  writeSpecialDocuments(writer);
  const xero = writeXeroBefore(xeroSeed(context));
  seedZohoApps(context);
  writeDemoPurchases(zoho);
  const { books } = zoho;
  let lines = 0;
  for (const table of [books.invoices, books.creditNotes])
    for (const [id] of table.heads()) lines += books.lines.get(id)?.length ?? 0;
  return {
    lines,
    invoices: books.invoices.size,
    creditNotes: books.creditNotes.size,
    payments: books.payments.size,
    contacts: books.contacts.size,
    items: books.items.size,
    xero,
  };
}

function createWriter(zoho: ZohoSeed): DemoWriter {
  const tag = zoho.addTag("Region", REGIONS);
  const itemIds = DEMO_PRODUCTS.map(({ sku, name, price, zeroRated }) =>
    zoho.addItem({
      name,
      sku,
      rate: price,
      description: name,
      unit: "pcs",
      taxId: zoho.taxId(zeroRated === true ? ZERO_RATED : STANDARD_RATE),
      created: atNine(CUSTOMER_SINCE),
      modified: atNine(CUSTOMER_SINCE),
    }),
  );
  const customerIds = new Map<DemoCustomer, string>();
  for (const customer of [...REGULAR_CUSTOMERS, ...Object.values(SPECIAL_CUSTOMERS)])
    customerIds.set(customer, addCustomer(zoho, customer));
  return {
    zoho,
    itemIds,
    customerId(customer) {
      const id = customerIds.get(customer);
      invariant(id !== undefined, `${customer.name} was not seeded`);
      return id;
    },
    tags: (region) => [{ tagId: tag.id, optionId: tag.optionId(region) }],
  };
}

function addCustomer(zoho: ZohoSeed, customer: DemoCustomer): string {
  const [firstName, lastName] = customer.person;
  const address = { attention: `${firstName} ${lastName}`, city: customer.city, country: customer.country };
  return zoho.addContact({
    name: customer.name,
    company: customer.name,
    firstName,
    lastName,
    email: customer.email,
    currencyCode: customer.currency ?? "GBP",
    billing: address,
    shipping: address,
    created: atNine(CUSTOMER_SINCE),
    modified: atNine(CUSTOMER_SINCE),
  });
}
