import { readMoney, UnreadableRecord } from "@/lib/connectors/contract/unreadable";
import type { BankTransaction, DocumentLine } from "@/lib/domain/document";
import { type Money, moneyToDecimal, subtract, sum, zero } from "@/lib/domain/money";
import { Decimal, decimalText } from "@/lib/kernel/decimal";
import type { ExpenseRow, WireExpense, WireExpenseLine } from "../wire/expense";
import { toFxRate } from "./document";
import { refuseReverseCharge } from "./purchase";

/**
 * An expense as money spent on the account that paid it. Amounts are Zoho's own: lines that do not add up to the total
 * with the stated tax are refused with a sentence. Whom it was paid to may be left open in Zoho, and whether a customer will
 * be charged for it is nothing that the spending shows. Throws UnreadableRecord.
 */
const WHAT = "expense";

/** Of no consequence but that an unknown one is not guessed: in each of these the money was spent. */
const SPENT = new Set([
  ...["", "unbilled", "invoiced", "reimbursed", "billable", "nonbillable", "non-billable", "non_billable"],
]);

export function toBankTransaction(wire: WireExpense): BankTransaction {
  if (!SPENT.has(wire.status))
    throw new UnreadableRecord(
      `The field "status" of this ${WHAT} cannot be read: "${wire.status.slice(0, 40)}" is no status that Tieout knows.`,
    );
  refuseReverseCharge({ line_items: [wire, ...wire.line_items] }, WHAT);
  const { lines, net, tax, gross } = amountsOf(wire);
  return {
    recordType: "bankTransaction",
    kind: "spend",
    externalId: wire.expense_id,
    version: expenseVersion(wire),
    // An expense has no number of its own.
    number: wire.reference_number,
    reference: wire.reference_number,
    contactId: wire.vendor_id ?? "",
    contactName: wire.vendor_name,
    date: wire.date,
    currency: wire.currency_code,
    fxRate: toFxRate(wire.exchange_rate),
    status: "open",
    lineAmounts: wire.is_inclusive_tax === true ? "inclusive" : "exclusive",
    lines,
    net,
    tax,
    gross,
    remaining: zero(wire.currency_code),
    bankAccountKey: wire.paid_through_account_id,
    marker: "",
  };
}

/** The same from the row and from the expense itself. */
export const expenseVersion = (
  fields: Pick<ExpenseRow, "date" | "total" | "reference_number" | "last_modified_time">,
): string =>
  `${fields.last_modified_time ?? ""} ${fields.date} ${decimalText(fields.total)} ${fields.reference_number}`.trim();

interface ExpenseAmounts {
  readonly lines: DocumentLine[];
  readonly net: Money;
  readonly tax: Money;
  readonly gross: Money;
}

function amountsOf(wire: WireExpense): ExpenseAmounts {
  const currency = wire.currency_code;
  const money = (value: Decimal, field: string): Money => readMoney(value, currency, field, WHAT);
  const gross = money(wire.total, "total");
  const inclusive = wire.is_inclusive_tax === true;
  for (const stated of statedTaxes(wire)) {
    const tax = money(stated.amount, stated.field);
    const net = subtract(gross, tax);
    const whole = inclusive ? gross : net;
    for (const amounts of lineAmounts(wire, whole, money)) {
      if (sum(amounts, currency).minor !== whole.minor) continue;
      const lines = linesOf(wire).map((line, index) => toLine(wire, line, amounts[index] ?? zero(currency)));
      return { lines, net, tax, gross };
    }
  }
  throw new UnreadableRecord(
    `The lines of this ${WHAT} do not add up to its total of ${decimalText(wire.total)} ${currency} (field "total").`,
  );
}

/** Where an answer says how much of it is tax, in the order of trust. */
function statedTaxes(wire: WireExpense): { field: string; amount: Decimal }[] {
  const ofLines = wire.line_items.flatMap(({ tax_amount }) => tax_amount ?? []);
  const untaxed = linesOf(wire).every(({ tax_id }) => tax_id === null);
  return [
    ...(ofLines.length > 0 && ofLines.length === wire.line_items.length
      ? [
          {
            field: "line_items.tax_amount",
            amount: ofLines.reduce((total, tax) => total.plus(tax), new Decimal(0)),
          },
        ]
      : []),
    ...(wire.tax_amount === null ? [] : [{ field: "tax_amount", amount: wire.tax_amount }]),
    ...(wire.sub_total === null ? [] : [{ field: "sub_total", amount: wire.total.minus(wire.sub_total) }]),
    ...(untaxed ? [{ field: "tax_amount", amount: new Decimal(0) }] : []),
  ];
}

/** An expense that is not itemised is its own line. */
function linesOf(wire: WireExpense): readonly WireExpenseLine[] {
  if (wire.line_items.length > 0) return wire.line_items;
  const { account_id, account_name, description, tax_id, tax_percentage, tax_amount } = wire;
  return [
    {
      ...{ line_item_id: null, account_id, account_name, description, tax_id, tax_percentage, tax_amount },
      tags: [],
    },
  ];
}

/** A single line is the whole, whatever its own amount holds; several are read by either field that states them. */
function lineAmounts(
  wire: WireExpense,
  whole: Money,
  money: (value: Decimal, field: string) => Money,
): Money[][] {
  if (wire.line_items.length <= 1) return [[whole]];
  return (["item_total", "amount"] as const).flatMap((field) => {
    const stated = wire.line_items.flatMap((line) => line[field] ?? []);
    if (stated.length !== wire.line_items.length) return [];
    return [stated.map((value, index) => money(value, `line_items.${index}.${field}`))];
  });
}

function toLine(wire: WireExpense, line: WireExpenseLine, amount: Money): DocumentLine {
  const tagged = new Set(line.tags.map(({ categoryKey }) => categoryKey));
  return {
    externalId: line.line_item_id ?? "",
    description: line.description || wire.description || line.account_name || wire.account_name,
    quantity: new Decimal(1),
    unitPrice: moneyToDecimal(amount),
    amount,
    itemId: null,
    itemCode: null,
    accountKey: line.account_id ?? wire.account_id,
    taxKey: line.tax_id,
    taxRatePercent: line.tax_percentage ?? (line.tax_id === null ? new Decimal(0) : null),
    tax: null,
    tracking: [...line.tags, ...wire.tags.filter(({ categoryKey }) => !tagged.has(categoryKey))],
  };
}
