/**
 * Items of the price list: matched by Code without regard to case, tracked as inventory once they name an
 * inventory asset account and one for cost of goods sold. How many there are is the documents' business alone.
 */
import { decimal, decimalText } from "@/lib/kernel/decimal";
import { err, ok, type Result } from "@/lib/kernel/result";
import { round } from "../amounts";
import type { Books } from "../books";
import type { Item, ItemInventory, ItemPrice } from "../records";
import type { ItemInput } from "./input";
import type { WriteOptions } from "./invoices";
import { findAccount, firstOf, usableAccount, usableTaxRate } from "./reference";

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
  const inventory = inventoryOf(books, input, before, problems);
  if (problems.length > 0) return err(problems);
  const now = books.now();
  const isSold = input.IsSold ?? before?.isSold ?? true;
  const isPurchased = input.IsPurchased ?? before?.isPurchased ?? true;
  const item: Item = {
    id: before?.id ?? books.newId(),
    createdMs: before?.createdMs ?? now,
    updatedMs: now,
    code: input.Code ?? before?.code ?? "",
    name: input.Name ?? before?.name ?? null,
    description: isSold ? (input.Description ?? before?.description ?? null) : null,
    purchaseDescription: isPurchased
      ? (input.PurchaseDescription ?? before?.purchaseDescription ?? null)
      : null,
    isSold,
    isPurchased,
    sales: isSold ? sales : null,
    purchase:
      !isPurchased || purchase === null || inventory === undefined
        ? isPurchased
          ? purchase
          : null
        : { ...purchase, accountCode: null },
    ...(inventory === undefined ? {} : { inventory }),
  };
  books.items.put(item);
  return ok(item.id);
}

/** Both accounts make a tracked item; a tracked one stays so. */
function inventoryOf(
  books: Books,
  input: ItemInput,
  before: Item | null,
  problems: string[],
): ItemInventory | undefined {
  const asset = input.InventoryAssetAccountCode || before?.inventory?.assetAccountCode;
  const cogs = input.PurchaseDetails?.COGSAccountCode || before?.inventory?.cogsAccountCode;
  if (!asset && !cogs) return undefined;
  if (!asset || !cogs) {
    problems.push("A tracked item needs both an InventoryAssetAccountCode and a COGSAccountCode.");
    return undefined;
  }
  const assetAccount = findAccount(books, { Code: asset });
  if (assetAccount?.type !== "INVENTORY" || assetAccount.status !== "ACTIVE")
    problems.push(`The InventoryAssetAccountCode '${asset}' is not the code of an active inventory account.`);
  const cogsAccount = findAccount(books, { Code: cogs });
  if (cogsAccount?.class !== "EXPENSE" || cogsAccount.status !== "ACTIVE")
    problems.push(`The COGSAccountCode '${cogs}' is not the code of an active expense account.`);
  return { assetAccountCode: assetAccount?.code ?? asset, cogsAccountCode: cogsAccount?.code ?? cogs };
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
