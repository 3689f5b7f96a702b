/**
 * What invoices and credit notes show alike: figures, taxes, addresses and line items, by the names of
 * specs invoices.yml and credit-notes.yml and of answers seen in 2026.
 */
import { decimal } from "@/lib/kernel/decimal";
import type { Books } from "../books/open-books";
import type { AppliedTag, StoredDocument, StoredLine, StoredOrganization } from "../books/records";
import { currencyByCode } from "../books/write-document";
import { addressWire, amount, zonedTime } from "./formats";

export function documentWire(books: Books, organization: StoredOrganization, document: StoredDocument) {
  const currency = currencyByCode(books, document.currencyCode);
  const inBase = (text: string): number =>
    Number(decimal(text).times(document.exchangeRate).toDecimalPlaces(2).toFixed());
  return {
    customer_id: document.customerId,
    customer_name: books.contacts.head(document.customerId)?.name ?? "",
    reference_number: document.reference,
    date: document.date,
    currency_id: currency.id,
    currency_code: document.currencyCode,
    currency_symbol: currency.symbol,
    exchange_rate: amount(document.exchangeRate),
    price_precision: currency.precision,
    rounding_mode: "round_half_up",
    tax_rounding: document.taxRounding,
    is_inclusive_tax: document.inclusive,
    discount: document.discount === null ? 0 : discountWire(document.discount.value),
    is_discount_before_tax: document.discount?.beforeTax ?? true,
    discount_type: document.discount === null ? "item_level" : "entity_level",
    discount_total: amount(document.discountTotal),
    shipping_charge: amount(document.shippingCharge),
    adjustment: amount(document.adjustment),
    adjustment_description: document.adjustmentDescription,
    sub_total: amount(document.subTotal),
    tax_total: amount(document.taxTotal),
    total: amount(document.total),
    bcy_sub_total: inBase(document.subTotal),
    bcy_tax_total: inBase(document.taxTotal),
    bcy_total: inBase(document.total),
    taxes: document.taxes.map(({ taxId, amount: taxed }) => ({
      tax_id: taxId,
      tax_name: taxLabel(books, taxId),
      tax_amount: amount(taxed),
    })),
    notes: document.notes,
    terms: document.terms,
    custom_fields: [],
    tags: [],
    billing_address: addressWire(document.billing),
    shipping_address: addressWire(document.shipping),
    created_time: zonedTime(document.created, organization.timeZone),
    last_modified_time: zonedTime(document.modified, organization.timeZone),
  };
}

/** Percent discounts are sent as text, amounts as numbers. */
function discountWire(value: string): string | number {
  return value.endsWith("%") ? value : amount(value);
}

/** "Standard rate (20%)", as documents label their taxes. */
function taxLabel(books: Books, taxId: string): string {
  const tax = books.taxes.head(taxId);
  return tax === undefined ? "" : `${tax.name} (${tax.percentage}%)`;
}

export function lineItemWire(books: Books, line: StoredLine, index: number, exchangeRate: string) {
  const item = line.itemId === undefined ? undefined : books.items.head(line.itemId);
  const tax = line.taxId === undefined ? undefined : books.taxes.head(line.taxId);
  return {
    line_item_id: line.id,
    item_id: line.itemId ?? "",
    item_order: index + 1,
    item_type: item === undefined ? "" : "sales",
    product_type: item?.productType ?? "goods",
    name: line.name ?? item?.name ?? "",
    description: line.description,
    unit: line.unit ?? "",
    rate: amount(line.rate),
    bcy_rate: amount(decimal(line.rate).times(exchangeRate).toDecimalPlaces(6).toFixed()),
    quantity: amount(line.quantity),
    discount: line.discount === undefined ? 0 : discountWire(line.discount),
    discount_amount: amount(line.discountAmount ?? "0"),
    account_id: line.accountId,
    account_name: books.accounts.head(line.accountId)?.name ?? "",
    tax_id: line.taxId ?? "",
    tax_name: tax?.name ?? "",
    tax_type: "tax",
    tax_percentage: amount(tax?.percentage ?? "0"),
    item_total: amount(line.itemTotal),
    tags: (line.tags ?? []).map((tag) => tagWire(books, tag)),
    line_item_category: "line_item",
  };
}

function tagWire(books: Books, { tagId, optionId }: AppliedTag) {
  const tag = books.tags.head(tagId);
  return {
    tag_id: tagId,
    tag_name: tag?.name ?? "",
    tag_option_id: optionId,
    tag_option_name: tag?.options.find(({ id }) => id === optionId)?.name ?? "",
    is_tag_mandatory: false,
  };
}
