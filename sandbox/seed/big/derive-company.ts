/**
 * Puts the big company below both vendors' books, and keeps in the store that it is there, so that a restart
 * puts it there again before anybody looks.
 */
import { invariant } from "@/lib/kernel/invariant";
import type { Collection, SandboxContext } from "@/sandbox/kit/types";
import { xeroRecords } from "@/sandbox/xero/open-books";
import { TIDEWATER_TENANT_ID } from "../xero-organisation";
import { zohoSeed } from "../zoho-organisation";
import type { BigCompany } from "./big-company";
import { deriveXeroCompany } from "./big-xero";
import { deriveZohoCompany } from "./big-zoho";

const kept = new WeakMap<SandboxContext, Collection<BigCompany, null>>();

/** Seeds a company; the sandbox's organisations must be there. */
export function deriveCompany(context: SandboxContext, company: BigCompany): void {
  keptIn(context).put("company", company);
  derive(context, company);
}

/** The company of an earlier start, if there was one. */
export function restoreCompany(context: SandboxContext): void {
  const company = keptIn(context).get("company");
  if (company !== undefined) derive(context, company);
}

function derive(context: SandboxContext, company: BigCompany): void {
  const books = xeroRecords(context).books(TIDEWATER_TENANT_ID);
  invariant(books !== undefined, "the company's organisation was seeded");
  deriveXeroCompany(books, company);
  deriveZohoCompany(zohoSeed(context), company);
}

function keptIn(context: SandboxContext): Collection<BigCompany, null> {
  const found =
    kept.get(context) ?? context.store.collection<BigCompany, null>("kit.big-company", () => null);
  kept.set(context, found);
  return found;
}
