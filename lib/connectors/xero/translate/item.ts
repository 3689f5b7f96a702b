import type { Item as SdkItem } from "xero-node/dist/gen/model/accounting/item.js";
import type { Item } from "@/lib/domain/item";
import type { ItemWire } from "../wire/item";
import { numberOnWire } from "../wire/values";

/** Items. Code is their identity and our marker at once; Xero knows no inactive item. */
export function itemOf(wire: ItemWire): Item {
  return {
    recordType: "item",
    externalId: wire.ItemID,
    version: wire.UpdatedDateUTC ?? "",
    code: wire.Code,
    name: wire.Name,
    description: wire.Description,
    salesPrice: wire.SalesDetails?.UnitPrice ?? null,
    salesAccountKey: wire.SalesDetails?.AccountCode || null,
    salesTaxKey: wire.SalesDetails?.TaxType || null,
    active: true,
    marker: wire.Code,
  };
}

/** An item for a write; what is not known of its sale is left out rather than guessed. */
export function itemOnWire(item: Item): SdkItem {
  const sales = {
    unitPrice: item.salesPrice === null ? undefined : numberOnWire(item.salesPrice),
    accountCode: item.salesAccountKey ?? undefined,
    taxType: item.salesTaxKey ?? undefined,
  };
  const isSaleKnown = Object.values(sales).some((part) => part !== undefined);
  return {
    code: item.code,
    name: item.name || undefined,
    description: item.description || undefined,
    isSold: true,
    salesDetails: isSaleKnown ? sales : undefined,
  };
}
