import type { z } from "zod";
import type { ReferenceData } from "@/lib/domain/reference-data";
import * as calls from "../calls";
import type { SdkCall, XeroClient } from "../client";
import { wireMismatch } from "../errors";
import { referenceDataOf } from "../translate/reference";
import { readList } from "../wire/envelope";
import {
  accountWire,
  currencyWire,
  organisationWire,
  taxRateWire,
  trackingCategoryWire,
} from "../wire/reference";
import { firstIssue } from "../wire/values";

/**
 * What a person chooses from in the set-up: five calls, the organisation first, so that a dead connection costs one.
 * Anything here that cannot be read fails the whole: a missing account would be worse than no list.
 */
export async function readReferenceData(client: XeroClient): Promise<ReferenceData> {
  const organisation = await readOrganisation(client);
  const [accounts, taxRates, trackingCategories, currencies] = await Promise.all([
    readWhole(client, calls.listAccounts, "Accounts", accountWire),
    readWhole(client, calls.listTaxRates, "TaxRates", taxRateWire),
    readWhole(client, calls.listTrackingCategories, "TrackingCategories", trackingCategoryWire),
    readWhole(client, calls.listCurrencies, "Currencies", currencyWire),
  ]);
  return referenceDataOf({ organisation, accounts, taxRates, trackingCategories, currencies });
}

export async function readOrganisation(client: XeroClient): Promise<z.output<typeof organisationWire>> {
  const [organisation] = await readWhole(client, calls.getOrganisation, "Organisations", organisationWire);
  if (organisation === undefined) throw wireMismatch("it has no organisation");
  return organisation;
}

/** Code of an account of the system itself; null where the organisation shows none. */
export async function readControlCode(client: XeroClient, systemAccount: string): Promise<string | null> {
  const accounts = await readWhole(client, calls.listAccounts, "Accounts", accountWire);
  return accounts.find((account) => account.SystemAccount === systemAccount)?.Code || null;
}

async function readWhole<Wire>(
  client: XeroClient,
  call: SdkCall,
  plural: string,
  schema: z.ZodType<Wire>,
): Promise<Wire[]> {
  const list = readList(await client.read(call), plural);
  if (list === null) throw wireMismatch(`it has no ${plural}`);
  return list.elements.map((element) => {
    const parsed = schema.safeParse(element);
    if (!parsed.success) throw wireMismatch(`${plural} at ${firstIssue(parsed.error)}`);
    return parsed.data;
  });
}
