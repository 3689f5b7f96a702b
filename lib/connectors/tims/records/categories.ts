import { z } from "zod";
import { wireOptionalId } from "@/lib/connectors/contract/wire-values";
import type { LedgerAccount } from "@/lib/domain/reference-data";
import type { TimsClient } from "../client";
import { ITEMS } from "../resources";
import { categoryAccount, categoryKey } from "../translate/categories";
import type { WireLine } from "../wire/document";
import { productCategorySchema } from "../wire/party";
import { readableRowsOf } from "./rows-of";

/**
 * Sales by the category of each product instead of the account on the line, where the owner chose so at connection: the
 * category stands where a line's account would, and is mapped in the set-up as one. A line without a product, or whose
 * product has no category, keeps its own account.
 */
export type WithAccounts = <T extends { readonly lines: readonly WireLine[] }>(wire: T) => T;

const rowSchema = z.looseObject({ lines: z.array(z.looseObject({ sku: wireOptionalId })) });

/** Asks for the products that these rows name; for none where accounts are those of the lines. */
export async function readLineAccounts(client: TimsClient, rows: readonly unknown[]): Promise<WithAccounts> {
  if (client.settings.salesAccountFrom === "lines") return (wire) => wire;
  const skus = rows.flatMap((row) => {
    const parsed = rowSchema.safeParse(row);
    return parsed.success ? parsed.data.lines.flatMap(({ sku }) => sku ?? []) : [];
  });
  const products = await readableRowsOf(client, ITEMS, productCategorySchema, skus);
  return (wire) => ({
    ...wire,
    lines: wire.lines.map((line) => {
      const category = products.get(line.sku ?? "")?.category ?? "";
      return category === "" ? line : { ...line, accountCode: categoryKey(category) };
    }),
  });
}

/** Each category that a product has, as an account to map from. */
export async function readCategoryAccounts(client: TimsClient): Promise<readonly LedgerAccount[]> {
  if (client.settings.salesAccountFrom === "lines") return [];
  const categories = new Set<string>();
  for (let page = 1; ; page += 1) {
    const { rows, hasMore } = await client.list(ITEMS, { page, filters: {} });
    for (const { category } of rows.flatMap(productIn)) if (category !== "") categories.add(category);
    if (!hasMore) return [...categories].sort().map(categoryAccount);
  }
}

function productIn(row: unknown): { sku: string; category: string }[] {
  const parsed = productCategorySchema.safeParse(row);
  return parsed.success ? [parsed.data] : [];
}
