/**
 * Items of the price list: matched by Code without regard to case, never tracked as inventory here.
 */

import { decimal, decimalText } from "@/lib/kernel/decimal";
import { err, ok, type Result } from "@/lib/kernel/result";
import { round } from "../amounts";
import type { Books } from "../books";
import type { Item, ItemPrice } from "../records";
import type { ItemInput } from "./input";
import type { WriteOptions } from "./invoices";
import { firstOf, usableAccount, usableTaxRate } from "./reference";

const CODE_CHARACTERS_MAX = 30;
const NAME_CHARACTERS_MAX = 50;
const DESCRIPTION_CHARACTERS_MAX = 4_000;

/** Creates (PUT) or creates or updates (POST) one item; answers its id. */
export function writeItem(
  books: Books,
  input: ItemInput,
  options: WriteOptions,
): Result<string, readonly string[]> {
  const coded = input.Code ? firstOf(books.items.by("code", input.Code.toLowerCase())) : undefined;
  const asked = options.mayUpdate ? (options.id ?? input.ItemID?.toLowerCase() ?? coded) : undefined;
  const before = asked === undefined ? null : books.items.get(asked);
  if (before === undefined) return err(["The item specified could not be found."]);
  const problems = [...textProblems(input, before)];
  if (coded !== undefined && coded !== before?.id)
    problems.push(`Price List Item with Code '${input.Code}' already exists`);
  const sales = priceOf(books, input.SalesDetails, before?.sales ?? null, options.unitDecimals, problems);
  const purchase = priceOf(
    books,
    input.PurchaseDetails,
    before?.purchase ?? null,
    options.unitDecimals,
    problems,
  );
  if (problems.length > 0) return err(problems);
  const now = books.now();
  const item: Item = {
    id: before?.id ?? books.newId(),
    createdMs: before?.createdMs ?? now,
    updatedMs: now,
    code: input.Code ?? before?.code ?? "",
    name: input.Name ?? before?.name ?? null,
    description: input.Description ?? before?.description ?? null,
    purchaseDescription: input.PurchaseDescription ?? before?.purchaseDescription ?? null,
    isSold: input.IsSold ?? before?.isSold ?? true,
    isPurchased: input.IsPurchased ?? before?.isPurchased ?? true,
    sales,
    purchase,
  };
  books.items.put(item);
  return ok(item.id);
}

function textProblems(input: ItemInput, before: Item | null): string[] {
  const problems: string[] = [];
  const code = input.Code ?? before?.code ?? "";
  if (code === "") problems.push("Item Code must be specified.");
  if (code.length > CODE_CHARACTERS_MAX)
    problems.push(`Item Code must be at most ${CODE_CHARACTERS_MAX} characters.`);
  if ((input.Name ?? "").length > NAME_CHARACTERS_MAX)
    problems.push(`Item Name must be at most ${NAME_CHARACTERS_MAX} characters.`);
  if ((input.Description ?? "").length > DESCRIPTION_CHARACTERS_MAX)
    problems.push(`Description must be at most ${DESCRIPTION_CHARACTERS_MAX} characters.`);
  if ((input.PurchaseDescription ?? "").length > DESCRIPTION_CHARACTERS_MAX)
    problems.push(`PurchaseDescription must be at most ${DESCRIPTION_CHARACTERS_MAX} characters.`);
  return problems;
}

function priceOf(
  books: Books,
  input: ItemInput["SalesDetails"],
  before: ItemPrice | null,
  unitDecimals: number,
  problems: string[],
): ItemPrice | null {
  if (input == null) return before;
  const accountCode = input.AccountCode || before?.accountCode || null;
  const taxType = input.TaxType || before?.taxType || null;
  const account = accountCode === null ? null : usableAccount(books, accountCode);
  if (account !== null && !account.ok) problems.push(account.error);
  const rate = taxType === null ? null : usableTaxRate(books, taxType, account?.ok ? account.value : null);
  if (rate !== null && !rate.ok) problems.push(rate.error);
  return {
    unitPrice:
      input.UnitPrice == null
        ? (before?.unitPrice ?? null)
        : decimalText(round(decimal(input.UnitPrice), unitDecimals)),
    accountCode,
    taxType,
  };
}
