import type { z } from "zod";
import { failure } from "@/lib/connectors/contract/connector-error";
import { readRecord, UnreadableRecord } from "@/lib/connectors/contract/unreadable";
import type { ReferenceData } from "@/lib/domain/reference-data";
import type { TimsClient } from "../client";
import { wireMismatch } from "../errors";
import { ACCOUNTS, COMPANIES, DIMENSIONS, type Resource, TAX_CODES } from "../resources";
import { companyOf } from "../tenant";
import { isBankType, toLedgerAccount, toTaxRate, toTrackingCategory } from "../translate/ledger";
import {
  type WireCompany,
  wireAccountSchema,
  wireCompanySchema,
  wireDimensionSchema,
  wireTaxCodeSchema,
} from "../wire/ledger";
import { readCategoryAccounts } from "./categories";

/** What a person maps from. All of it or an error: a list with a hole would show as a mapping that cannot be chosen. */
export async function readReferenceData(client: TimsClient, tenantId: string): Promise<ReferenceData> {
  const company = await readCompany(client, tenantId);
  const accounts = await readAll(client, ACCOUNTS, wireAccountSchema);
  const categories = await readCategoryAccounts(client);
  const taxCodes = await readAll(client, TAX_CODES, wireTaxCodeSchema);
  const dimensions = await readAll(client, DIMENSIONS, wireDimensionSchema);
  return {
    organisationName: company.name,
    baseCurrency: company.baseCurrency,
    accounts: [...accounts.map(toLedgerAccount), ...categories],
    taxRates: taxCodes.map(toTaxRate),
    trackingCategories: dimensions.map(toTrackingCategory),
    currencies: [...new Set([company.baseCurrency, ...(company.currencies ?? [])])],
    lockDate: company.closedThrough,
  };
}

/** The connected company. Throws ConnectorError permission where the client reaches it no more. */
export async function readCompany(client: TimsClient, tenantId: string): Promise<WireCompany> {
  const row = await client.get(COMPANIES, companyOf(tenantId));
  if (row === null) throw failure("permission", "This company can no longer be reached in TIMS.");
  return readRow(wireCompanySchema, COMPANIES, row);
}

/** Which account codes are bank accounts; asked once. */
export function createIsBank(client: TimsClient): () => Promise<(accountCode: string) => boolean> {
  let asked: Promise<ReadonlySet<string>> | null = null;
  return async () => {
    asked ??= readBanks(client).catch((thrown: unknown) => {
      asked = null;
      throw thrown;
    });
    const banks = await asked;
    return (accountCode) => banks.has(accountCode);
  };
}

async function readBanks(client: TimsClient): Promise<ReadonlySet<string>> {
  const accounts = await readAll(client, ACCOUNTS, wireAccountSchema);
  return new Set(accounts.flatMap((one) => (isBankType(one.accountType) ? [one.accountCode] : [])));
}

async function readAll<T>(
  client: TimsClient,
  resource: Resource,
  schema: z.ZodType<T>,
): Promise<readonly T[]> {
  const rows: T[] = [];
  for (let page = 1; ; page += 1) {
    const list = await client.list(resource, { page, filters: {} });
    for (const row of list.rows) rows.push(readRow(schema, resource, row));
    if (!list.hasMore) return rows;
  }
}

function readRow<T>(schema: z.ZodType<T>, { name }: Resource, row: unknown): T {
  try {
    return readRecord(schema, "row", row);
  } catch (thrown) {
    if (thrown instanceof UnreadableRecord) throw wireMismatch(`"${name}": ${thrown.message}`);
    throw thrown;
  }
}
