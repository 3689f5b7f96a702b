/**
 * What bills, orders, vendor credits and estimates show alike, by the names of their files in Zoho's OpenAPI
 * description. Each kind adds its own fields to these.
 */
import { decimal } from "@/lib/kernel/decimal";
import { lineItemWire } from "../../wire/document-wire";
import { addressWire, amount, zonedTime } from "../../wire/formats";
import type { BooksCall } from "../answers";
import type { AppliedTag, StoredAddress, StoredLine } from "../records";
import { currencyByCode } from "../write-document";
import type { AppliedField, StoredTrade, TradeHeader } from "./records";

/** Ids, dates and amounts of a row in a list. */
export function rowWire(call: BooksCall, id: string, header: TradeHeader) {
  const { books, organization } = call;
  return {
    reference_number: header.reference,
    date: header.date,
    currency_id: currencyByCode(books, header.currencyCode).id,
    currency_code: header.currencyCode,
    total: amount(header.total),
    created_time: zonedTime(header.created, organization.timeZone),
    last_modified_time: zonedTime(header.modified, organization.timeZone),
    has_attachment: books.attachments.head(id) !== undefined,
  };
}

/** Vendor of a purchase, customer of a sale. */
export function partyWire(call: BooksCall, party: "vendor" | "customer", id: string) {
  const name = call.books.contacts.head(id)?.name ?? "";
  return party === "vendor" ? { vendor_id: id, vendor_name: name } : { customer_id: id, customer_name: name };
}

export function fullWire(call: BooksCall, document: StoredTrade) {
  const { books, organization } = call;
  const currency = currencyByCode(books, document.currencyCode);
  return {
    reference_number: document.reference,
    date: document.date,
    currency_id: currency.id,
    currency_code: document.currencyCode,
    exchange_rate: amount(document.exchangeRate),
    price_precision: currency.precision,
    is_inclusive_tax: document.inclusive,
    sub_total: amount(document.subTotal),
    total: amount(document.total),
    notes: document.notes,
    location_id: "",
    location_name: "",
    tags: document.tags.map((tag) => tagWire(call, tag)),
    created_time: zonedTime(document.created, organization.timeZone),
    last_modified_time: zonedTime(document.modified, organization.timeZone),
  };
}

/** "Standard rate (20%)" and its amount, by tax. */
export function taxesWire({ books }: BooksCall, document: StoredTrade) {
  return document.taxes.map(({ taxId, amount: taxed }) => {
    const tax = books.taxes.head(taxId);
    return {
      tax_id: taxId,
      tax_name: tax === undefined ? "" : `${tax.name} (${tax.percentage}%)`,
      tax_amount: amount(taxed),
    };
  });
}

/** The fields of a discount, only where there is one: the files name them for some documents alone. */
export function discountWire(document: StoredTrade) {
  if (document.discount === null) return {};
  return {
    discount: document.discount.value,
    discount_amount: amount(document.discountTotal),
    is_discount_before_tax: document.discount.beforeTax,
    discount_type: "entity_level",
  };
}

/** A purchase line or an order line; `tagNames` where the file shows the names of tags too. */
export function lineWire(
  call: BooksCall,
  document: StoredTrade,
  line: StoredLine,
  index: number,
  tagNames: boolean,
) {
  const {
    item_type: _type,
    discount,
    discount_amount,
    tags,
    ...shown
  } = lineItemWire(call.books, line, index, document.exchangeRate);
  const percentage = decimal(String(shown.tax_percentage));
  const net = decimal(line.itemTotal);
  return {
    ...shown,
    sku: call.books.items.head(line.itemId ?? "")?.sku ?? "",
    item_total_inclusive_of_tax: Number(
      net.plus(net.times(percentage).dividedBy(100)).toDecimalPlaces(2).toFixed(),
    ),
    ...(discount_amount === 0 ? {} : { discount, discount_amount }),
    tags: tagNames ? tags : tags.map(({ tag_id, tag_option_id }) => ({ tag_id, tag_option_id })),
    item_custom_fields: [],
    location_id: "",
    location_name: "",
  };
}

/** The address without the phone, which documents do not show. */
export function documentAddress(address: StoredAddress) {
  const { phone: _phone, ...shown } = addressWire(address);
  return shown;
}

export function tagWire({ books }: BooksCall, { tagId, optionId }: AppliedTag) {
  const tag = books.tags.head(tagId);
  return {
    tag_id: tagId,
    tag_name: tag?.name ?? "",
    tag_option_id: optionId,
    tag_option_name: tag?.options.find(({ id }) => id === optionId)?.name ?? "",
    is_tag_mandatory: false,
  };
}

/** Custom fields with the id under the name that the document's file has for it. */
export function fieldsWire(fields: readonly AppliedField[], idKey: "customfield_id" | "custom_field_id") {
  return fields.map((field, position) => ({
    [idKey]: field.id ?? "",
    index: field.index ?? position + 1,
    label: field.label ?? "",
    value: field.value,
  }));
}

export const termsLabel = (days: number): string => (days === 0 ? "Due on Receipt" : `Net ${days}`);
