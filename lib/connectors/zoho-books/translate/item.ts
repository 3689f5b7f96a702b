import type { Item } from "@/lib/domain/item";
import { digest } from "../digest";
import type { WireItem } from "../wire/item";

/** A Zoho item in canonical form. The SKU is its code; an item without one has an empty code. */
export function toItem(wire: WireItem): Item {
  const item: Omit<Item, "version"> = {
    recordType: "item",
    externalId: wire.item_id,
    code: wire.sku,
    name: wire.name,
    description: wire.description,
    salesPrice: wire.rate,
    salesAccountKey: wire.account_id,
    salesTaxKey: wire.tax_id,
    active: wire.status !== "inactive",
    marker: "",
  };
  return { ...item, version: `${wire.last_modified_time ?? ""} ${digest(item)}`.trim() };
}
