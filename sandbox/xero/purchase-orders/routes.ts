/** Addresses of purchase orders. */
import { INVOICES, type Route, route } from "../api/route";
import { getPurchaseOrder, listPurchaseOrders, writePurchaseOrders } from "./order-calls";

export const PURCHASE_ORDER_ROUTES: readonly Route[] = [
  route("GET", "/PurchaseOrders", INVOICES, listPurchaseOrders),
  route("PUT", "/PurchaseOrders", INVOICES, (call) => writePurchaseOrders(call, false)),
  route("POST", "/PurchaseOrders", INVOICES, (call) => writePurchaseOrders(call, true)),
  route("GET", "/PurchaseOrders/{id}", INVOICES, getPurchaseOrder),
  route("POST", "/PurchaseOrders/{id}", INVOICES, (call) => writePurchaseOrders(call, true)),
];
