/**
 * Every call of Zoho Inventory API v1 that the simulator answers, with the scope that Zoho asks for it
 * (https://www.zoho.com/inventory/api/v1/, checked 2026-11-21). What is not here does not exist.
 */
import * as contacts from "../books/contacts";
import * as invoices from "../books/invoices";
import { invoiceSalesOrder } from "../books/orders/invoice-from-order";
import * as currencies from "../books/settings/currencies";
import * as bookItems from "../books/settings/items";
import * as organizations from "../books/settings/organizations";
import * as taxes from "../books/settings/taxes";
import { ACCOUNTING_ROUTES } from "./accounting-routes";
import * as adjustments from "./adjustments";
import * as items from "./items";
import * as packages from "./packages";
import * as purchaseOrders from "./purchase-orders";
import * as receives from "./purchase-receives";
import { type InventoryRoute, inventoryRoute as route } from "./route";
import * as salesOrders from "./sales-orders";
import * as shipments from "./shipment-orders";

const SHARED_ROUTES: readonly InventoryRoute[] = [
  route("GET", "/organizations/{id}", "settings", organizations.getOrganization),
  route("GET", "/settings/taxes", "settings", taxes.listTaxes),
  route("GET", "/settings/taxes/{id}", "settings", taxes.getTax),
  route("GET", "/settings/currencies", "settings", currencies.listCurrencies),
  route("GET", "/settings/currencies/{id}", "settings", currencies.getCurrency),
  route("GET", "/contacts", "contacts", contacts.listContacts),
  route("POST", "/contacts", "contacts", contacts.createContact),
  route("GET", "/contacts/{id}", "contacts", contacts.getContact),
  route("PUT", "/contacts/{id}", "contacts", contacts.updateContact),
  route("DELETE", "/contacts/{id}", "contacts", contacts.deleteContact),
  route("POST", "/contacts/{id}/active", "contacts", contacts.activateContact),
  route("POST", "/contacts/{id}/inactive", "contacts", contacts.deactivateContact),
  route("GET", "/invoices", "invoices", invoices.listInvoices),
  route("POST", "/invoices", "invoices", invoices.createInvoice),
  route("POST", "/invoices/fromsalesorder", "invoices", invoiceSalesOrder),
  ...ACCOUNTING_ROUTES,
];

export const INVENTORY_ROUTES: readonly InventoryRoute[] = [
  ...SHARED_ROUTES,
  route("GET", "/items", "items", items.listItems),
  route("POST", "/items", "items", items.createItem),
  route("GET", "/itemdetails", "items", items.listItemDetails),
  route("GET", "/items/{id}", "items", items.getItem),
  route("PUT", "/items/{id}", "items", items.updateItem),
  route("DELETE", "/items/{id}", "items", items.deleteItem),
  route("POST", "/items/{id}/active", "items", bookItems.activateItem),
  route("POST", "/items/{id}/inactive", "items", bookItems.deactivateItem),

  route("GET", "/salesorders", "salesorders", salesOrders.listSalesOrders),
  route("POST", "/salesorders", "salesorders", salesOrders.createSalesOrder),
  route("DELETE", "/salesorders", "salesorders", salesOrders.deleteSalesOrders),
  route("POST", "/salesorders/status/confirmed", "salesorders", salesOrders.confirmSalesOrders),
  route("GET", "/salesorders/{id}", "salesorders", salesOrders.getSalesOrder),
  route("PUT", "/salesorders/{id}", "salesorders", salesOrders.updateSalesOrder),
  route("DELETE", "/salesorders/{id}", "salesorders", salesOrders.deleteSalesOrder),
  route("POST", "/salesorders/{id}/status/confirmed", "salesorders", salesOrders.confirmSalesOrder),
  route("POST", "/salesorders/{id}/status/void", "salesorders", salesOrders.voidSalesOrder),

  route("GET", "/purchaseorders", "purchaseorders", purchaseOrders.listPurchaseOrders),
  route("POST", "/purchaseorders", "purchaseorders", purchaseOrders.createPurchaseOrder),
  route("GET", "/purchaseorders/{id}", "purchaseorders", purchaseOrders.getPurchaseOrder),
  route("PUT", "/purchaseorders/{id}", "purchaseorders", purchaseOrders.updatePurchaseOrder),
  route("DELETE", "/purchaseorders/{id}", "purchaseorders", purchaseOrders.deletePurchaseOrder),
  route("POST", "/purchaseorders/{id}/status/issued", "purchaseorders", purchaseOrders.issuePurchaseOrder),
  route(
    "POST",
    "/purchaseorders/{id}/status/cancelled",
    "purchaseorders",
    purchaseOrders.cancelPurchaseOrder,
  ),

  route("GET", "/packages", "packages", packages.listPackages),
  route("POST", "/packages", "packages", packages.createPackage),
  route("GET", "/packages/{id}", "packages", packages.getPackage),
  route("PUT", "/packages/{id}", "packages", packages.updatePackage),
  route("DELETE", "/packages/{id}", "packages", packages.deletePackage),

  route("GET", "/shipmentorders", "shipmentorders", shipments.listShipments),
  route("POST", "/shipmentorders", "shipmentorders", shipments.createShipment),
  route("GET", "/shipmentorders/{id}", "shipmentorders", shipments.getShipment),
  route("PUT", "/shipmentorders/{id}", "shipmentorders", shipments.updateShipment),
  route("DELETE", "/shipmentorders/{id}", "shipmentorders", shipments.deleteShipment),
  route("POST", "/shipmentorders/{id}/status/delivered", "shipmentorders", shipments.markDelivered),

  route("GET", "/purchasereceives", "purchasereceives", receives.listReceives),
  route("POST", "/purchasereceives", "purchasereceives", receives.createReceive),
  route("GET", "/purchasereceives/{id}", "purchasereceives", receives.getReceive),
  route("PUT", "/purchasereceives/{id}", "purchasereceives", receives.updateReceive),
  route("DELETE", "/purchasereceives/{id}", "purchasereceives", receives.deleteReceive),

  route("GET", "/inventoryadjustments", "inventoryadjustments", adjustments.listAdjustments),
  route("POST", "/inventoryadjustments", "inventoryadjustments", adjustments.createAdjustment),
  route("GET", "/inventoryadjustments/{id}", "inventoryadjustments", adjustments.getAdjustment),
  route("PUT", "/inventoryadjustments/{id}", "inventoryadjustments", adjustments.updateAdjustment),
  route("DELETE", "/inventoryadjustments/{id}", "inventoryadjustments", adjustments.deleteAdjustment),
];

/** Addresses of the areas whose OpenAPI files name ids as numbers; see described.ts. */
export function isInventoryOwn(operation: string): boolean {
  return !SHARED_ROUTES.some((shared) => shared.operation === operation);
}
