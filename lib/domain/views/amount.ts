import { type Money, moneyText } from "../money";

/** Money as pages and JSON answers carry it: plain decimal text with the currency's digits. */
export interface AmountView {
  readonly amount: string;
  readonly currency: string;
}

export const amountView = (money: Money): AmountView => ({
  amount: moneyText(money),
  currency: money.currency,
});
