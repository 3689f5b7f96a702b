/**
 * Checks what a client sends for a document and completes it from the contact, the organisation and the
 * document that it replaces.
 */
import { err, ok, type Result } from "@/lib/kernel/result";
import type { SandboxResponse } from "@/sandbox/kit/types";
import { zonedDate } from "../../wire/formats";
import { type BooksCall, refuseMissing, refuseValue } from "../answers";
import type { StoredLine } from "../records";
import { type DocumentInput, exchangeRateOn } from "../write-document";
import type { FieldsBody, TradeBody } from "./document-body";
import type { DocumentKind } from "./document-kind";
import { readTags, readTradeLines } from "./read-lines";
import { readParty } from "./read-party";
import type { AppliedField, StoredTrade } from "./records";
import { refuseBy } from "./refusals";

type Read<T> = Result<T, SandboxResponse>;

/** The document for write-document.ts, or the refusal. */
export function readTradeInput(
  kind: DocumentKind,
  call: BooksCall,
  body: TradeBody,
  number: string,
  previous: StoredTrade | null,
  previousLines: readonly StoredLine[],
): Read<DocumentInput> {
  const { books } = call;
  const contactKey = `${kind.party}_id` as const;
  const partyId = body[contactKey] ?? previous?.customerId;
  if (partyId === undefined) return err(refuseValue(contactKey));
  const contact = readParty(call, kind.party, partyId, previous?.customerId);
  if (!contact.ok) return contact;
  const currency = body.currency_id === undefined ? undefined : books.currencies.head(body.currency_id);
  if (body.currency_id !== undefined && currency === undefined)
    return err(refuseMissing(call.context, "Currency"));
  const currencyCode = currency?.code ?? previous?.currencyCode ?? contact.value.currencyCode;
  const date = body.date ?? previous?.date ?? today(call);
  if (body.line_items !== undefined ? body.line_items.length === 0 : previous === null)
    return err(refuseBy("noLines"));
  const lines =
    body.line_items === undefined
      ? ok(previousLines)
      : readTradeLines(call, kind.party, body.line_items, previousLines);
  if (!lines.ok) return lines;
  const base = currencyCode === call.organization.currencyCode;
  const kept = previous?.currencyCode === currencyCode ? previous.exchangeRate : undefined;
  return ok({
    ...keptFields(body, previous),
    number,
    customerId: partyId,
    date,
    currencyCode,
    exchangeRate: base ? "1" : (body.exchange_rate ?? kept ?? exchangeRateOn(books, currencyCode, date)),
    lines: lines.value,
    billing: previous?.billing ?? contact.value.billing,
    shipping: previous?.shipping ?? contact.value.shipping,
  });
}

function keptFields(body: TradeBody, previous: StoredTrade | null) {
  return {
    reference: body.reference_number ?? previous?.reference ?? "",
    inclusive: body.is_inclusive_tax ?? previous?.inclusive ?? false,
    discount: body.discount === undefined ? (previous?.discount ?? null) : discountOf(body),
    shippingCharge: body.shipping_charge ?? previous?.shippingCharge ?? "0",
    adjustment: body.adjustment ?? previous?.adjustment ?? "0",
    adjustmentDescription: body.adjustment_description ?? previous?.adjustmentDescription ?? "",
    notes: body.notes ?? previous?.notes ?? "",
    terms: body.terms ?? previous?.terms ?? "",
  };
}

function discountOf(body: TradeBody): { value: string; beforeTax: boolean } | null {
  const value = body.discount ?? "0";
  return Number.parseFloat(value) === 0 ? null : { value, beforeTax: body.is_discount_before_tax ?? true };
}

type TradeFields = Pick<
  StoredTrade,
  | "paymentTerms"
  | "dueDate"
  | "deliveryDate"
  | "tags"
  | "customFields"
  | "shipVia"
  | "attention"
  | "salespersonName"
> & { readonly linkedIds?: readonly string[] };

/** What a document keeps beside amounts and lines. */
export function readTradeFields(
  kind: DocumentKind,
  call: BooksCall,
  body: TradeBody,
  date: string,
  previous: StoredTrade | null,
): Read<TradeFields> {
  const contact = call.books.contacts.head(body[`${kind.party}_id`] ?? previous?.customerId ?? "");
  const paymentTerms = body.payment_terms ?? previous?.paymentTerms ?? contact?.paymentTerms ?? 0;
  const moved = previous !== null && previous.date !== date && body.payment_terms !== undefined;
  const dueDate =
    kind.dueDate(body, date, paymentTerms) ??
    (previous === null || moved
      ? (kind.dueDate({ ...body, due_date: undefined }, date, paymentTerms) ?? "")
      : previous.dueDate);
  if (dueDate !== "" && dueDate < date) return err(refuseBy("dueBeforeDate"));
  const tags = body.tags === undefined ? ok(previous?.tags ?? []) : readTags(call.books, body.tags);
  if (!tags.ok) return tags;
  const orderIds = kind.key === "bill" ? body.purchaseorder_ids : undefined;
  if (orderIds?.some((id) => call.books.purchaseOrders.head(id) === undefined))
    return err(refuseMissing(call.context, "Purchase order"));
  return ok({
    ...(orderIds === undefined ? {} : { linkedIds: orderIds }),
    paymentTerms,
    dueDate,
    deliveryDate: kind.deliveryDate(body) ?? previous?.deliveryDate ?? "",
    tags: tags.value,
    customFields: mergeFields(previous?.customFields ?? [], body.custom_fields ?? []),
    shipVia: body.ship_via ?? body.delivery_method ?? previous?.shipVia ?? "",
    attention: body.attention ?? previous?.attention ?? "",
    salespersonName: body.salesperson_name ?? previous?.salespersonName ?? "",
  });
}

/** Custom fields after an update: those that it names are replaced, the others stay. */
export function mergeFields(old: readonly AppliedField[], changes: FieldsBody): readonly AppliedField[] {
  const key = ({ id, index, label, apiName }: Omit<AppliedField, "value">): string =>
    id ?? apiName ?? label ?? String(index);
  const merged = new Map(old.map((field) => [key(field), field]));
  for (const change of changes) {
    const id = change.customfield_id ?? change.custom_field_id;
    const field: AppliedField = {
      ...(id === undefined ? {} : { id }),
      ...(change.index === undefined ? {} : { index: change.index }),
      ...(change.label === undefined ? {} : { label: change.label }),
      ...(change.api_name === undefined ? {} : { apiName: change.api_name }),
      value: change.value ?? "",
    };
    merged.set(key(field), field);
  }
  return [...merged.values()];
}

/** Today in the organisation's zone. */
export const today = (call: BooksCall): string =>
  zonedDate(call.context.clock.now(), call.organization.timeZone);

export function daysAfter(date: string, days: number): string {
  const instant = new Date(`${date}T00:00:00Z`);
  instant.setUTCDate(instant.getUTCDate() + days);
  return instant.toISOString().slice(0, 10);
}
