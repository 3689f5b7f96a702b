/** What sales and purchase orders show alike: figures, taxes, addresses and the base of their lines. */
import { decimal } from "@/lib/kernel/decimal";
import type { StoredAddress, StoredDocument, StoredLine, StoredOrganization } from "../books/records";
import { currencyByCode } from "../books/write-document";
import { amount, zonedTime } from "../wire/formats";
import { PRIMARY_LOCATION } from "./item-wire";
import type { Inventory } from "./open-inventory";

export function orderWire(inventory: Inventory, organization: StoredOrganization, order: StoredDocument) {
  const { books } = inventory;
  const currency = currencyByCode(books, order.currencyCode);
  return {
    date: order.date,
    reference_number: order.reference,
    contact_persons: [],
    currency_id: currency.id,
    currency_code: order.currencyCode,
    currency_symbol: currency.symbol,
    exchange_rate: amount(order.exchangeRate),
    ...PRIMARY_LOCATION,
    sub_total: amount(order.subTotal),
    tax_total: amount(order.taxTotal),
    total: amount(order.total),
    taxes: order.taxes.map(({ taxId, amount: taxed }) => {
      const tax = books.taxes.head(taxId);
      return {
        tax_name: tax === undefined ? "" : `${tax.name} (${tax.percentage}%)`,
        tax_amount: amount(taxed),
      };
    }),
    price_precision: currency.precision,
    notes: order.notes,
    terms: order.terms,
    template_name: "Standard Template",
    template_type: "standard",
    created_time: zonedTime(order.created, organization.timeZone),
    last_modified_time: zonedTime(order.modified, organization.timeZone),
  };
}

export function orderLineWire(inventory: Inventory, line: StoredLine, index: number) {
  const { books } = inventory;
  const item = line.itemId === undefined ? undefined : books.items.head(line.itemId);
  const tax = line.taxId === undefined ? undefined : books.taxes.head(line.taxId);
  return {
    item_id: line.itemId ?? "",
    line_item_id: line.id,
    name: line.name ?? item?.name ?? "",
    description: line.description,
    item_order: index + 1,
    quantity: amount(line.quantity),
    unit: line.unit ?? "",
    tax_id: line.taxId ?? "",
    tax_name: tax?.name ?? "",
    tax_type: "tax",
    tax_percentage: amount(tax?.percentage ?? "0"),
    item_total: amount(line.itemTotal),
    ...PRIMARY_LOCATION,
  };
}

/** A line's rate in base currency. */
export const baseRate = (line: StoredLine, exchangeRate: string): number =>
  amount(decimal(line.rate).times(exchangeRate).toDecimalPlaces(6).toFixed());

/** Inventory's addresses have no second street. */
export function orderAddressWire(address: StoredAddress) {
  return {
    address: [address.address, address.street2]
      .filter((part) => part !== undefined && part !== "")
      .join("\n"),
    city: address.city ?? "",
    state: address.state ?? "",
    zip: address.zip ?? "",
    country: address.country ?? "",
    fax: "",
  };
}
