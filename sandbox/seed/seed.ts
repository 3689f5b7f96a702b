/**
 * Fills an empty sandbox: with the invented demo company, or with the orders of a folder. Both give the same
 * organisations in Zoho Books and Xero; only the demo has records already in Xero and a locked period.
 */
import { invariant } from "@/lib/kernel/invariant";
import type { SeedOrder } from "@/sandbox/kit/control";
import type { SandboxContext } from "@/sandbox/kit/types";
import { BIG_CONTACTS, BIG_INVOICES, type BigCompany } from "./big/big-company";
import { deriveCompany } from "./big/derive-company";
import { type DemoReport, seedDemoCompany } from "./demo-company";
import { type LawFirmReport, seedLawFirm } from "./law-firm";
import { loadOrders, type OrdersReport } from "./orders/load-orders";
import { listOrderFiles } from "./orders/scan-orders";
import { seedTimsCompany } from "./tims-company";
import { HARBOUR_TENANT_ID, seedXeroOrganisations, TIDEWATER_TENANT_ID } from "./xero-organisation";
import { zohoSeed } from "./zoho-organisation";

export type SeedReport =
  | ({ readonly kind: "demo-company" } & DemoReport)
  | ({ readonly kind: "orders" } & OrdersReport)
  | { readonly kind: "empty" }
  | ({ readonly kind: "law-firm" } & LawFirmReport)
  | ({ readonly kind: "big" } & BigCompany);

/** Whether the sandbox holds a company already. */
export function isSeeded(context: SandboxContext): boolean {
  return zohoSeed(context).books.organizations.size > 0;
}

/** Fills the sandbox as ordered. Throws when it is not empty, or when the folder cannot be read. */
export async function seedSandbox(context: SandboxContext, order: SeedOrder): Promise<SeedReport> {
  const zoho = zohoSeed(context);
  invariant(zoho.books.organizations.size === 0, "the sandbox holds a company already: reset it first");
  if (order.kind === "demo-company") {
    const company = seedDemoCompany(context);
    // The same owner's second business, to be connected to the second organisation.
    seedLawFirm(context, { xeroTenantId: HARBOUR_TENANT_ID });
    seedTimsCompany(context);
    return { kind: "demo-company", ...company };
  }
  if (order.kind === "law-firm") {
    seedXeroOrganisations(context);
    zoho.putOrganization();
    return { kind: "law-firm", ...seedLawFirm(context, { xeroTenantId: TIDEWATER_TENANT_ID }) };
  }
  if (order.kind === "empty") {
    seedXeroOrganisations(context);
    zoho.putOrganization();
    return { kind: "empty" };
  }
  if (order.kind === "big") {
    seedXeroOrganisations(context);
    zoho.putOrganization();
    const company = { contacts: order.contacts ?? BIG_CONTACTS, invoices: order.invoices ?? BIG_INVOICES };
    deriveCompany(context, company);
    return { kind: "big", ...company };
  }
  const files = await listOrderFiles(order.dir);
  seedXeroOrganisations(context);
  zoho.putOrganization({ taxRounding: order.taxRounding === "line" ? "item_level" : "entity_level" });
  return { kind: "orders", ...(await loadOrders(zoho, files)) };
}
