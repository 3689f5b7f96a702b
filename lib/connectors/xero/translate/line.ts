import type { LineItem } from "xero-node/dist/gen/model/accounting/lineItem.js";
import type { DocumentLine } from "@/lib/domain/document";
import { Decimal } from "@/lib/kernel/decimal";
import { lineAmountOf, quantityOf, unitAmountOf } from "../arithmetic";
import type { LineWire } from "../wire/document";
import { numberOnWire } from "../wire/values";
import { accountRefOnWire } from "./account-key";
import { amountOnWire, moneyOf } from "./currency";

/** Lines of documents. A line of text alone counts as nothing times nothing. */
export function lineOf(wire: LineWire, currency: string): DocumentLine {
  return {
    externalId: wire.LineItemID,
    description: wire.Description,
    quantity: wire.Quantity ?? new Decimal(0),
    unitPrice: wire.UnitAmount ?? new Decimal(0),
    amount: moneyOf(wire.LineAmount ?? new Decimal(0), currency, "LineAmount"),
    itemId: wire.Item?.ItemID ?? null,
    itemCode: wire.ItemCode || null,
    accountKey: wire.AccountCode || wire.AccountID || null,
    taxKey: wire.TaxType || null,
    taxRatePercent: null,
    tax: moneyOf(wire.TaxAmount ?? new Decimal(0), currency, "TaxAmount"),
    tracking: wire.Tracking.map((tag) => ({
      categoryKey: tag.TrackingCategoryID,
      optionKey: tag.TrackingOptionID,
    })),
  };
}

/**
 * A line for a write. LineAmount says what Xero is to arrive at, and Xero refuses the line where it would not;
 * a tax amount is never sent, since its certification wants it computed there.
 */
export function lineOnWire(line: DocumentLine, currency: string, lineItemId?: string): LineItem {
  const account = line.accountKey === null ? {} : accountRefOnWire(line.accountKey);
  return {
    lineItemID: lineItemId,
    description: line.description,
    quantity: numberOnWire(quantityOf(line)),
    unitAmount: numberOnWire(unitAmountOf(line)),
    itemCode: line.itemCode ?? undefined,
    accountCode: account.code,
    accountID: account.accountID,
    taxType: line.taxKey ?? undefined,
    lineAmount: amountOnWire(lineAmountOf(line, currency)),
    tracking:
      line.tracking.length === 0
        ? undefined
        : line.tracking.map((tag) => ({
            trackingCategoryID: tag.categoryKey,
            trackingOptionID: tag.optionKey,
          })),
  };
}
