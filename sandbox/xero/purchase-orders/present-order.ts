/** Purchase orders as Xero's JSON shows them. */
import type { Wire } from "../answer";
import type { Books } from "../books";
import { wireDay, wireDayText, wireInstant } from "../dates";
import { hasAttachments } from "../paperwork/attachments";
import { present, wireNumber } from "../present/amount";
import { presentContactPart } from "../present/contacts";
import { presentLine } from "../present/documents";
import type { PurchaseOrder } from "./purchase-order";
import { ORDER_UNIT_DECIMALS } from "./write-order";

/** Lists repeat only a part of the contact. */
export function presentPurchaseOrder(books: Books, order: PurchaseOrder, isSingle: boolean): Wire {
  return present({
    PurchaseOrderID: order.id,
    PurchaseOrderNumber: order.number,
    DateString: wireDayText(order.date),
    Date: wireDay(order.date),
    ...dayFields("DeliveryDate", order.deliveryDate),
    ...dayFields("ExpectedArrivalDate", order.expectedArrivalDate),
    DeliveryAddress: order.deliveryAddress,
    AttentionTo: order.attentionTo,
    Telephone: order.telephone,
    DeliveryInstructions: order.deliveryInstructions,
    HasErrors: false,
    IsDiscounted: order.totalDiscount !== "0",
    TotalDiscount: wireNumber(order.totalDiscount),
    Reference: order.reference,
    SentToContact: order.sentToContact,
    Type: "PURCHASEORDER",
    CurrencyRate: wireNumber(order.currencyRate),
    CurrencyCode: order.currency,
    Contact: presentContactPart(books, order.contactId, isSingle),
    BrandingThemeID: order.brandingThemeId,
    Status: order.status,
    LineAmountTypes: order.lineAmountTypes,
    LineItems: order.lines.map((line) => presentLine(books, line, ORDER_UNIT_DECIMALS)),
    SubTotal: wireNumber(order.subTotal),
    TotalTax: wireNumber(order.totalTax),
    Total: wireNumber(order.total),
    UpdatedDateUTC: wireInstant(order.updatedMs),
    HasAttachments: hasAttachments(books, order.id),
  });
}

function dayFields(name: string, day: string | null): Wire {
  return day === null ? {} : { [`${name}String`]: wireDayText(day), [name]: wireDay(day) };
}
