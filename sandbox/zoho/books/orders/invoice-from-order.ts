/** POST /invoices/fromsalesorder?salesorder_id=: a draft invoice of what is left of a sales order. */
import { decimal } from "@/lib/kernel/decimal";
import type { SandboxResponse } from "@/sandbox/kit/types";
import { type BooksCall, refuseMissing } from "../answers";
import { createInvoice } from "../invoices";
import { refuseBy } from "../trade/refusals";
import { currencyByCode } from "../write-document";

/** Writes the invoice as if a client had sent the order's open lines. */
export function invoiceSalesOrder(call: BooksCall): SandboxResponse {
  const { books } = call;
  const orderId = call.query.get("salesorder_id") ?? "";
  const order = books.salesOrders.get(orderId);
  if (order === undefined) return refuseMissing(call.context, "Sales order");
  if (order.state === "void" || order.fulfilment === "all") return refuseBy("statusNotAllowed");
  const lines = (books.lines.get(orderId) ?? []).flatMap((line) => {
    const left = decimal(line.quantity).minus(order.taken[line.id] ?? "0");
    if (!left.greaterThan(0)) return [];
    return [
      {
        salesorder_item_id: line.id,
        item_id: line.itemId,
        name: line.name,
        description: line.description,
        rate: line.rate,
        quantity: left.toFixed(),
        unit: line.unit,
        discount: line.discount,
        tax_id: line.taxId ?? "",
        account_id: line.accountId,
        tags: line.tags?.map(({ tagId, optionId }) => ({ tag_id: tagId, tag_option_id: optionId })),
      },
    ];
  });
  const input = {
    customer_id: order.customerId,
    currency_id: currencyByCode(books, order.currencyCode).id,
    exchange_rate: order.exchangeRate,
    reference_number: order.number,
    is_inclusive_tax: order.inclusive,
    ...(order.discount === null
      ? {}
      : { discount: order.discount.value, is_discount_before_tax: order.discount.beforeTax }),
    shipping_charge: order.shippingCharge,
    adjustment: order.adjustment,
    adjustment_description: order.adjustmentDescription,
    notes: order.notes,
    terms: order.terms,
    line_items: lines,
  };
  return createInvoice({ ...call, input });
}
