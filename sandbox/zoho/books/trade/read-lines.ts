/**
 * Checks the line items that a client sends against items, taxes, accounts and reporting tags, and fills
 * them from the item and from the line that they replace.
 */
import { err, ok, type Result } from "@/lib/kernel/result";
import type { SandboxResponse } from "@/sandbox/kit/types";
import { type BooksCall, refuseMissing, refuseValue } from "../answers";
import { salesAccountId } from "../document-input";
import type { Books } from "../open-books";
import type { AppliedTag, StoredItem, StoredLine } from "../records";
import type { LineInput } from "../write-document";
import type { TradeLineBody } from "./document-body";
import { refuseBy } from "./refusals";

type Read<T> = Result<T, SandboxResponse>;

/** The lines to write, or the refusal of the first that is wrong. */
export function readTradeLines(
  call: BooksCall,
  party: "vendor" | "customer",
  bodies: readonly TradeLineBody[],
  previous: readonly StoredLine[],
): Read<LineInput[]> {
  const lines: LineInput[] = [];
  for (const body of bodies) {
    const old = previous.find(({ id }) => id === body.line_item_id);
    if (body.line_item_id !== undefined && old === undefined) return err(refuseValue("line_item_id"));
    const line = readLine(call, party, body, old);
    if (!line.ok) return line;
    lines.push(line.value);
  }
  return ok(lines);
}

function readLine(
  call: BooksCall,
  party: "vendor" | "customer",
  body: TradeLineBody,
  old: StoredLine | undefined,
): Read<LineInput> {
  const { books } = call;
  const itemId = given(body.item_id) ?? old?.itemId;
  const item = itemId === undefined ? undefined : books.items.head(itemId);
  if (itemId !== undefined && item === undefined) return err(refuseMissing(call.context, "Item"));
  if (item?.active === false && old === undefined) return err(refuseBy("inactiveItem"));
  // A tax id of "" takes the tax of the line away.
  const taxId = body.tax_id ?? old?.taxId ?? item?.taxId ?? "";
  if (taxId !== "" && books.taxes.head(taxId) === undefined) return err(refuseMissing(call.context, "Tax"));
  const accountId =
    given(body.account_id) ??
    old?.accountId ??
    (party === "customer"
      ? (item?.accountId ?? salesAccountId(books))
      : (given(item?.purchaseAccountId) ?? (item && accountOfType(books, "cost_of_goods_sold"))));
  if (accountId === undefined) return err(refuseBy("accountNeeded"));
  if (books.accounts.head(accountId) === undefined) return err(refuseMissing(call.context, "Account"));
  const tags = body.tags === undefined ? ok(old?.tags ?? []) : readTags(books, body.tags);
  if (!tags.ok) return tags;
  const customerId = given(body.customer_id) ?? old?.customerId;
  if (customerId !== undefined && books.contacts.head(customerId) === undefined)
    return err(refuseMissing(call.context, "Customer"));
  const sourceLineId = body.purchaseorder_item_id ?? body.salesorder_item_id ?? old?.sourceLineId;
  const usual = usualOf(item, party);
  return ok({
    ...present({ id: old?.id, itemId, customerId, sourceLineId }),
    ...present({ name: body.name ?? old?.name ?? item?.name, unit: body.unit ?? old?.unit ?? item?.unit }),
    ...present({ discount: body.discount ?? old?.discount, taxId }),
    ...((body.is_billable ?? old?.billable) === true ? { billable: true } : {}),
    description: body.description ?? old?.description ?? usual.description ?? "",
    rate: body.rate ?? old?.rate ?? usual.rate ?? "0",
    quantity: body.quantity ?? old?.quantity ?? "1",
    accountId,
    ...(tags.value.length === 0 ? {} : { tags: tags.value }),
  });
}

/** An item with a purchase side is bought at its rate and in its words; another one as it is sold. */
function usualOf(item: StoredItem | undefined, party: "vendor" | "customer") {
  const isBought = party === "vendor" && (item?.itemType ?? "sales") !== "sales";
  return {
    rate: isBought ? item?.purchaseRate : item?.rate,
    description: (isBought ? given(item?.purchaseDescription) : undefined) ?? item?.description,
  };
}

/** Reporting tags of a document or a line; a tag or an option that does not exist is refused. */
export function readTags(
  books: Books,
  tags: readonly { readonly tag_id: string; readonly tag_option_id: string }[],
): Read<AppliedTag[]> {
  for (const { tag_id, tag_option_id } of tags) {
    const tag = books.tags.head(tag_id);
    if (tag === undefined) return err(refuseValue("tag_id"));
    if (!tag.options.some(({ id }) => id === tag_option_id)) return err(refuseValue("tag_option_id"));
  }
  return ok(tags.map(({ tag_id, tag_option_id }) => ({ tagId: tag_id, optionId: tag_option_id })));
}

/** The first account of a type; undefined when the chart has none. */
export function accountOfType(books: Books, type: string): string | undefined {
  for (const [id, account] of books.accounts.heads()) if (account.type === type) return id;
  return undefined;
}

const given = (text: string | undefined): string | undefined => (text === "" ? undefined : text);

/** Without the texts that are empty or absent. */
function present<Name extends string>(fields: Readonly<Record<Name, string | undefined>>) {
  const kept: Partial<Record<Name, string>> = {};
  let name: Name;
  for (name in fields) {
    const value = fields[name];
    if (value !== undefined && value !== "") kept[name] = value;
  }
  return kept;
}
