/** One address of Zoho Inventory as the simulator lists it, and the scope module that opens it. */
import type { SandboxResponse } from "@/sandbox/kit/types";
import type { BooksCall } from "../books/answers";
import type { Inventory } from "./open-inventory";

export interface InventoryCall extends BooksCall {
  readonly inventory: Inventory;
}

export interface InventoryRoute {
  readonly method: string;
  /** With {id} for an id, as in the call log. */
  readonly operation: string;
  /** "items" of ZohoInventory.items.READ. */
  readonly module: string;
  readonly handle: (call: InventoryCall) => SandboxResponse;
  readonly pattern: RegExp;
}

export const inventoryRoute = (
  method: string,
  operation: string,
  module: string,
  handle: (call: InventoryCall) => SandboxResponse,
): InventoryRoute => ({
  method,
  operation,
  module,
  handle,
  pattern: new RegExp(`^${operation.replaceAll("{id}", "(\\d+)")}$`),
});
