/**
 * The inventory adjustment calls: stock of tracked items corrected by quantity, or their value. Items without
 * stock cannot be adjusted. Deleting one takes its correction back.
 */
import { Decimal, decimal } from "@/lib/kernel/decimal";
import { err, ok, type Result } from "@/lib/kernel/result";
import type { SandboxResponse } from "@/sandbox/kit/types";
import {
  CODE_NOT_ALLOWED,
  listPage,
  refuse,
  refuseMissing,
  refuseValue,
  sorted,
  succeed,
  succeedWriting,
} from "../books/answers";
import { dateTests, matching, modifiedTests, textTests } from "../books/filters";
import { parseInput } from "../books/input";
import { refuseLocked } from "../books/settings/transaction-locks";
import { amount } from "../wire/formats";
import { type AdjustmentBody, adjustmentBody } from "./input";
import { PRIMARY_LOCATION } from "./item-wire";
import { accountNamed } from "./items";
import type { AdjustedLine, StoredAdjustment } from "./records";
import type { InventoryCall } from "./route";
import { stockItemOf } from "./stock-items";

export function listAdjustments(call: InventoryCall): SandboxResponse {
  const modified = modifiedTests<StoredAdjustment>(call);
  if (!modified.ok) return refuseValue(modified.error);
  const tests = [
    ...modified.value,
    ...textTests<StoredAdjustment>(call, {
      reference_number: ({ reference }) => reference,
      reason: ({ reason }) => reason,
      adjustment_type: ({ type }) => type,
    }),
    ...dateTests<StoredAdjustment>(call, "date", ({ date }) => date),
  ];
  return listPage(
    call,
    {
      key: "inventory_adjustments",
      reportName: "Inventory Adjustments",
      sortColumn: "created_time",
      sortOrder: "D",
    },
    matching(
      sorted(call.inventory.adjustments, "created_time", "D", ({ created }) => created),
      tests,
    ),
    (id, adjustment) => rowWire(call, id, adjustment),
  );
}

function rowWire(call: InventoryCall, id: string, adjustment: StoredAdjustment) {
  const total = adjustment.lines.reduce(
    (sum, line) => sum.plus(adjustmentValue(call, adjustment, line)),
    new Decimal(0),
  );
  return {
    inventory_adjustment_id: id,
    date: adjustment.date,
    reason: adjustment.reason,
    description: adjustment.description,
    reference_number: adjustment.reference,
    adjustment_type: adjustment.type,
    total: total.toNumber(),
  };
}

/** In base currency: units at their initial rate (or the purchase rate), or the value itself. */
function adjustmentValue(
  { inventory }: InventoryCall,
  { type }: StoredAdjustment,
  line: AdjustedLine,
): Decimal {
  if (type === "value") return decimal(line.adjusted);
  const item = stockItemOf(inventory, line.itemId);
  const initial = decimal(item?.initialStockRate ?? "0");
  return decimal(line.adjusted)
    .times(initial.isZero() ? (item?.purchaseRate ?? "0") : initial)
    .toDecimalPlaces(2);
}

export function getAdjustment(call: InventoryCall): SandboxResponse {
  const [id = ""] = call.ids;
  const adjustment = call.inventory.adjustments.get(id);
  return adjustment === undefined
    ? refuseMissing(call.context, "Inventory Adjustment")
    : succeed(shown(call, id, adjustment));
}

function shown(call: InventoryCall, id: string, adjustment: StoredAdjustment) {
  const { books } = call;
  return {
    inventory_adjustment: {
      ...rowWire(call, id, adjustment),
      ...PRIMARY_LOCATION,
      line_items: adjustment.lines.map((line) => {
        const item = books.items.head(line.itemId);
        return {
          item_id: line.itemId,
          line_item_id: line.id,
          name: item?.name ?? "",
          description: line.description,
          ...(adjustment.type === "quantity"
            ? { quantity_adjusted: amount(line.adjusted) }
            : { value_adjusted: amount(line.adjusted) }),
          item_total: adjustmentValue(call, adjustment, line).toNumber(),
          unit: item?.unit ?? "",
          is_combo_product: false,
          adjustment_account_id: line.accountId,
          adjustment_account_name: books.accounts.head(line.accountId)?.name ?? "",
          ...PRIMARY_LOCATION,
        };
      }),
    },
  };
}

export function createAdjustment(call: InventoryCall): SandboxResponse {
  const body = parseInput(adjustmentBody, call.input);
  if (!body.ok) return refuseValue(body.error);
  return writeAdjustment(call, call.books.nextId(), body.value, null);
}

export function updateAdjustment(call: InventoryCall): SandboxResponse {
  const [id = ""] = call.ids;
  const previous = call.inventory.adjustments.get(id);
  if (previous === undefined) return refuseMissing(call.context, "Inventory Adjustment");
  const body = parseInput(adjustmentBody, call.input);
  if (!body.ok) return refuseValue(body.error);
  return writeAdjustment(call, id, body.value, previous);
}

function writeAdjustment(
  call: InventoryCall,
  id: string,
  body: AdjustmentBody,
  previous: StoredAdjustment | null,
): SandboxResponse {
  const type = body.adjustment_type ?? previous?.type;
  const date = body.date ?? previous?.date;
  const reason = body.reason ?? previous?.reason ?? "";
  if (date === undefined) return refuseValue("date");
  if (reason === "") return refuseValue("reason");
  if (type === undefined) return refuseValue("adjustment_type");
  const locked = refuseLocked(call, "inventory_adjustments", date, previous?.date);
  if (locked !== null) return locked;
  const lines =
    body.line_items === undefined && previous !== null ? ok(previous.lines) : readLines(call, body, type);
  if (!lines.ok) return lines.error;
  const now = call.books.stamp();
  const adjustment: StoredAdjustment = {
    date,
    reason,
    type,
    description: body.description ?? previous?.description ?? "",
    reference: body.reference_number ?? previous?.reference ?? "",
    lines: lines.value,
    created: previous?.created ?? now,
    modified: now,
  };
  call.inventory.adjustments.put(id, adjustment);
  return previous === null
    ? succeedWriting(shown(call, id, adjustment), "Inventory adjustment has been added.", 201)
    : succeedWriting(shown(call, id, adjustment), "Inventory adjustment has been updated.");
}

function readLines(
  call: InventoryCall,
  body: AdjustmentBody,
  type: StoredAdjustment["type"],
): Result<readonly AdjustedLine[], SandboxResponse> {
  const { books, inventory } = call;
  if ((body.line_items ?? []).length === 0) return err(refuseValue("line_items"));
  const lines: AdjustedLine[] = [];
  for (const line of body.line_items ?? []) {
    const adjusted = type === "quantity" ? line.quantity_adjusted : line.value_adjusted;
    if (adjusted === undefined) return err(refuseValue(`${type}_adjusted`));
    if (books.items.head(line.item_id) === undefined) return err(refuseMissing(call.context, "Item"));
    if (stockItemOf(inventory, line.item_id) === null)
      return err(refuse(400, CODE_NOT_ALLOWED, "Only items whose inventory is tracked can be adjusted."));
    const account = line.adjustment_account_id ?? accountNamed(inventory, "Cost of Goods Sold");
    if (account !== "" && books.accounts.head(account) === undefined)
      return err(refuseValue("adjustment_account_id"));
    lines.push({
      id: line.line_item_id ?? books.nextId(),
      itemId: line.item_id,
      description: line.description ?? books.items.head(line.item_id)?.description ?? "",
      adjusted,
      accountId: account,
    });
  }
  return ok(lines);
}

export function deleteAdjustment(call: InventoryCall): SandboxResponse {
  const [id = ""] = call.ids;
  const adjustment = call.inventory.adjustments.head(id);
  if (adjustment === undefined) return refuseMissing(call.context, "Inventory Adjustment");
  const locked = refuseLocked(call, "inventory_adjustments", adjustment.date);
  if (locked !== null) return locked;
  call.inventory.adjustments.delete(id);
  return succeedWriting({}, "The inventory adjustment has been deleted.");
}
