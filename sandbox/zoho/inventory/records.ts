/**
 * What the simulated Zoho Inventory keeps beside the items, contacts, orders, invoices and bills that it shares
 * with Books. Quantities in stock, packed, shipped and received are nowhere in here: stock.ts and fulfilment.ts
 * compute them from these documents.
 */
import type { Stamped } from "../books/records";

/** What makes an item of Books one whose stock is tracked. Its id is the item's. */
export interface StoredStockItem {
  readonly purchaseRate: string;
  readonly purchaseDescription: string;
  readonly purchaseAccountId: string;
  readonly inventoryAccountId: string;
  readonly vendorId: string;
  readonly reorderLevel: string;
  readonly initialStock: string;
  readonly initialStockRate: string;
  readonly upc: string;
  readonly ean: string;
  readonly isbn: string;
  readonly partNumber: string;
}

/** What Inventory knows of an order of Books beyond it. Its id is the order's. */
export interface StoredOrderParts {
  /** Of a sales order. */
  readonly packageIds: readonly string[];
  /** Of a purchase order. */
  readonly receiveIds: readonly string[];
}

/** Some of the quantity of an order's line. */
export interface PartOfLine {
  readonly id: string;
  readonly orderLineId: string;
  readonly quantity: string;
}

export interface StoredPackage extends Stamped {
  readonly number: string;
  readonly salesOrderId: string;
  readonly date: string;
  readonly notes: string;
  readonly lines: readonly PartOfLine[];
  /** "" until it is shipped. */
  readonly shipmentId: string;
}

export interface StoredShipment extends Stamped {
  readonly number: string;
  readonly salesOrderId: string;
  readonly packageIds: readonly string[];
  readonly date: string;
  readonly reference: string;
  readonly deliveryMethod: string;
  readonly trackingNumber: string;
  readonly shippingCharge: string;
  readonly notes: string;
  readonly state: "shipped" | "delivered";
}

export interface StoredReceive extends Stamped {
  readonly number: string;
  readonly purchaseOrderId: string;
  readonly date: string;
  readonly notes: string;
  readonly lines: readonly PartOfLine[];
}

export interface StoredAdjustment extends Stamped {
  readonly date: string;
  readonly reason: string;
  readonly description: string;
  readonly reference: string;
  readonly type: "quantity" | "value";
  readonly lines: readonly AdjustedLine[];
}

export interface AdjustedLine {
  readonly id: string;
  readonly itemId: string;
  readonly description: string;
  /** Units for a quantity adjustment, base currency for a value adjustment. */
  readonly adjusted: string;
  readonly accountId: string;
}
