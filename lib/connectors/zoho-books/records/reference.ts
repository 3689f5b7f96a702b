import type { z } from "zod";
import { ConnectorError, failure } from "@/lib/connectors/contract/connector-error";
import { readRecord, UnreadableRecord } from "@/lib/connectors/contract/unreadable";
import type { ReferenceData, TrackingCategory } from "@/lib/domain/reference-data";
import type { ZohoClient } from "../client";
import { wireMismatch } from "../errors";
import { toLedgerAccount, toTaxRate, toTrackingCategory } from "../translate/reference";
import { ROWS_A_PAGE, readList } from "../wire/list";
import {
  type WireOrganization,
  type WireTag,
  wireAccountSchema,
  wireCurrencyIdSchema,
  wireCurrencySchema,
  wireOrganizationSchema,
  wireTagOptionSchema,
  wireTagSchema,
  wireTaxSchema,
} from "../wire/reference";
import { readLockDate } from "./refusal";

/**
 * What a person maps from: organisation, accounts, taxes, currencies, reporting tags. All of it or an error: a list
 * with a hole would show as a mapping that cannot be chosen. Five calls, one for the tags, and one for each tag.
 */
export async function readReferenceData(client: ZohoClient, tenantId: string): Promise<ReferenceData> {
  const organization = await readOrganization(client, tenantId);
  const accounts = await readAll(client, "/chartofaccounts", "chartofaccounts", wireAccountSchema);
  const taxes = await readAll(client, "/settings/taxes", "taxes", wireTaxSchema);
  const currencies = await readAll(client, "/settings/currencies", "currencies", wireCurrencySchema);
  const trackingCategories: TrackingCategory[] = [];
  for (const tag of await readTags(client)) trackingCategories.push(await readTracking(client, tag));
  return {
    organisationName: organization.name,
    baseCurrency: organization.currency_code,
    accounts: accounts.map(toLedgerAccount),
    taxRates: taxes.map(toTaxRate),
    trackingCategories,
    currencies: [
      ...new Set([organization.currency_code, ...currencies.map(({ currency_code }) => currency_code)]),
    ],
    lockDate: await readLocks(client),
  };
}

/** Only what is written there heeds the locks; where they may not be read, Zoho's own refusal tells of them. */
async function readLocks(client: ZohoClient): Promise<ReferenceData["lockDate"]> {
  try {
    return await readLockDate(client);
  } catch (thrown) {
    if (thrown instanceof ConnectorError && (thrown.kind === "permission" || thrown.kind === "notFound"))
      return null;
    throw thrown;
  }
}

/** Zoho's id of a currency of the organisation; throws ConnectorError validation where it has none of that code. */
export async function findCurrencyId(client: ZohoClient, code: string): Promise<string> {
  const currencies = await readAll(client, "/settings/currencies", "currencies", wireCurrencyIdSchema);
  const found = currencies.find((currency) => currency.currency_code === code);
  if (found === undefined) throw failure("validation", `Zoho Books is not set up for ${code}.`);
  return found.currency_id;
}

/** The connected organisation. Throws ConnectorError permission when it was closed. */
export async function readOrganization(client: ZohoClient, tenantId: string): Promise<WireOrganization> {
  const { body } = await client.get(`/organizations/${encodeURIComponent(tenantId)}`);
  const organization = wireOrganizationSchema.safeParse(body.organization);
  if (!organization.success) throw wireMismatch("the organisation cannot be read");
  if (organization.data.is_org_active === false)
    throw failure("permission", "This organisation is no longer active in Zoho Books.");
  return organization.data;
}

/** Small plans have no reporting tags. The taxes above need the same scope, so a refusal here is the plan's. */
async function readTags(client: ZohoClient): Promise<readonly WireTag[]> {
  try {
    return await readAll(client, "/reportingtags", "reporting_tags", wireTagSchema);
  } catch (thrown) {
    if (thrown instanceof ConnectorError && (thrown.kind === "permission" || thrown.kind === "notFound"))
      return [];
    throw thrown;
  }
}

async function readTracking(client: ZohoClient, tag: WireTag): Promise<TrackingCategory> {
  const path = `/reportingtags/${encodeURIComponent(tag.tag_id)}/options/all`;
  return toTrackingCategory(tag, await readAll(client, path, "results", wireTagOptionSchema));
}

/** Every row of a list of settings. Throws ConnectorError, also where one row cannot be read. */
export async function readAll<T>(
  client: ZohoClient,
  path: string,
  key: string,
  schema: z.ZodType<T>,
): Promise<readonly T[]> {
  const rows: T[] = [];
  for (let page = 1; ; page += 1) {
    const list = readList(await client.get(path, { page: String(page), per_page: String(ROWS_A_PAGE) }), [
      key,
    ]);
    for (const row of list.rows) rows.push(readRow(schema, key, row));
    if (!list.hasMore) return rows;
  }
}

function readRow<T>(schema: z.ZodType<T>, key: string, row: unknown): T {
  try {
    return readRecord(schema, key, row);
  } catch (thrown) {
    if (thrown instanceof UnreadableRecord) throw wireMismatch(`"${key}": ${thrown.message}`);
    throw thrown;
  }
}
