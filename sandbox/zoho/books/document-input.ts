/**
 * Checks a document that a client sends against the organisation's records and makes of it what
 * write-document.ts takes; on update, what the client leaves out stays.
 */
import { err, ok, type Result } from "@/lib/kernel/result";
import type { SandboxResponse } from "@/sandbox/kit/types";
import { zonedDate } from "../wire/formats";
import { type BooksCall, refuse, refuseValue } from "./answers";
import type { DocumentBody, LineBody } from "./input";
import type { StoredDocument, StoredLine } from "./records";
import { readParty } from "./trade/read-party";
import { refuseBy } from "./trade/refusals";
import { type DocumentInput, exchangeRateOn, type LineInput } from "./write-document";

const CODE_NO_LINES = 1003;

/** The document to write, or Zoho's refusal. */
export function readDocumentInput(
  call: BooksCall,
  body: DocumentBody,
  number: string,
  previous: { readonly document: StoredDocument; readonly lines: readonly StoredLine[] } | null,
): Result<DocumentInput, SandboxResponse> {
  const { books } = call;
  const customerId = body.customer_id ?? previous?.document.customerId;
  if (customerId === undefined) return err(refuseValue("customer_id"));
  const party = readParty(call, "customer", customerId, previous?.document.customerId);
  if (!party.ok) return party;
  const contact = party.value;
  const currency = body.currency_id === undefined ? undefined : books.currencies.head(body.currency_id);
  if (body.currency_id !== undefined && currency === undefined) return err(refuseValue("currency_id"));
  const currencyCode = currency?.code ?? previous?.document.currencyCode ?? contact.currencyCode;
  const date =
    body.date ?? previous?.document.date ?? zonedDate(call.context.clock.now(), call.organization.timeZone);
  if ((body.line_items ?? previous?.lines ?? []).length === 0)
    return err(refuse(400, CODE_NO_LINES, "Please enter at least one line item."));
  const wrong = refuseLines(call, body.line_items ?? [], previous?.lines);
  if (wrong !== null) return err(wrong);
  const lines =
    body.line_items === undefined ? previous?.lines : readLines(call, body.line_items, previous?.lines);
  if (lines === undefined) return err(refuseValue("line_items"));
  return ok({
    ...keptFields(body, previous?.document),
    number,
    customerId,
    date,
    currencyCode,
    exchangeRate:
      body.exchange_rate ?? previous?.document.exchangeRate ?? exchangeRateOn(books, currencyCode, date),
    lines,
    billing: previous?.document.billing ?? contact.billing,
    shipping: previous?.document.shipping ?? contact.shipping,
  });
}

function keptFields(body: DocumentBody, previous: StoredDocument | undefined) {
  const discount = body.discount === undefined ? previous?.discount : discountOf(body);
  return {
    reference: body.reference_number ?? previous?.reference,
    inclusive: body.is_inclusive_tax ?? previous?.inclusive,
    discount,
    shippingCharge: body.shipping_charge ?? previous?.shippingCharge,
    adjustment: body.adjustment ?? previous?.adjustment,
    adjustmentDescription: body.adjustment_description ?? previous?.adjustmentDescription,
    notes: body.notes ?? previous?.notes,
    terms: body.terms ?? previous?.terms,
  };
}

function discountOf(body: DocumentBody): { value: string; beforeTax: boolean } | null {
  const value = body.discount ?? "0";
  return Number.parseFloat(value) === 0 ? null : { value, beforeTax: body.is_discount_before_tax ?? true };
}

/** An item that is no longer sold takes no new line, and an update names no line that is not there. */
function refuseLines(
  { books }: BooksCall,
  bodies: readonly LineBody[],
  previous: readonly StoredLine[] | undefined,
): SandboxResponse | null {
  for (const { line_item_id: lineId = "", item_id: itemId = "" } of bodies) {
    const old = previous?.find(({ id }) => id === lineId);
    if (old === undefined && previous !== undefined && lineId !== "") return refuseValue("line_item_id");
    if (old === undefined && books.items.head(itemId)?.active === false) return refuseBy("inactiveItem");
  }
  return null;
}

function readLines(
  call: BooksCall,
  bodies: readonly LineBody[],
  previous: readonly StoredLine[] | undefined,
): LineInput[] | undefined {
  const lines: LineInput[] = [];
  for (const body of bodies) {
    const line = readLine(call, body, previous);
    if (line === null) return undefined;
    lines.push(line);
  }
  return lines;
}

function readLine(
  { books }: BooksCall,
  body: LineBody,
  previous: readonly StoredLine[] | undefined,
): LineInput | null {
  const old = previous?.find(({ id }) => id === body.line_item_id);
  const itemId = body.item_id ?? old?.itemId;
  const item = itemId === undefined ? undefined : books.items.head(itemId);
  const taxId = body.tax_id ?? old?.taxId ?? item?.taxId;
  const accountId = body.account_id ?? old?.accountId ?? item?.accountId ?? salesAccountId(books);
  if (itemId !== undefined && item === undefined) return null;
  if (taxId !== undefined && taxId !== "" && books.taxes.head(taxId) === undefined) return null;
  if (books.accounts.head(accountId) === undefined) return null;
  const sourceLineId = body.salesorder_item_id ?? old?.sourceLineId;
  const name = body.name ?? old?.name ?? item?.name;
  const unit = body.unit ?? old?.unit ?? item?.unit;
  const discount = body.discount ?? old?.discount;
  if (body.tags?.some(({ tag_id, tag_option_id }) => !hasOption(books, tag_id, tag_option_id))) return null;
  const tags =
    body.tags?.map(({ tag_id, tag_option_id }) => ({ tagId: tag_id, optionId: tag_option_id })) ?? old?.tags;
  return {
    ...(old === undefined ? {} : { id: old.id }),
    ...(itemId === undefined ? {} : { itemId }),
    ...(name === undefined ? {} : { name }),
    ...(sourceLineId === undefined || sourceLineId === "" ? {} : { sourceLineId }),
    description: body.description ?? old?.description ?? item?.description ?? "",
    rate: body.rate ?? old?.rate ?? item?.rate ?? "0",
    quantity: body.quantity ?? old?.quantity ?? "1",
    ...(unit === undefined || unit === "" ? {} : { unit }),
    ...(discount === undefined ? {} : { discount }),
    ...(taxId === undefined || taxId === "" ? {} : { taxId }),
    accountId,
    ...(tags === undefined || tags.length === 0 ? {} : { tags }),
  };
}

function hasOption({ tags }: BooksCall["books"], tagId: string, optionId: string): boolean {
  return tags.head(tagId)?.options.some(({ id }) => id === optionId) ?? false;
}

export function salesAccountId(books: BooksCall["books"]): string {
  for (const [id, account] of books.accounts.heads()) if (account.name === "Sales") return id;
  return "";
}
