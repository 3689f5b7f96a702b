import { readMoney, unreadable } from "@/lib/connectors/contract/unreadable";
import type { DocumentLine, DocumentStatus, Invoice } from "@/lib/domain/document";
import { add, type Money, moneyText, roundToMoney, sum } from "@/lib/domain/money";
import { Decimal, decimalText } from "@/lib/kernel/decimal";
import { withVersion } from "../digest";
import type { WireInvoice, WireLine } from "../wire/document";
import type { WireFirm } from "../wire/firm";
import { expenseKey, FEES, INTEREST } from "./account-keys";
import { toLedgerName } from "./client-name";

/** What rows of documents do not say themselves. */
export interface FirmTerms {
  readonly currency: string;
  readonly taxRates: WireFirm["TaxRates"];
}

const WHAT = "invoice";

/** An invoice in canonical form. Throws UnreadableRecord where its lines and tax are not its total. */
export function toInvoice(wire: WireInvoice, terms: FirmTerms): Invoice {
  const { currency } = terms;
  const money = (value: Decimal, field: string): Money => readMoney(value, currency, field, WHAT);
  const lines = wire.Lines.map((line, index) => toLine(line, index, terms));
  const net = sum(
    lines.map(({ amount }) => amount),
    currency,
  );
  const [tax, gross, remaining] = [
    money(wire.TaxTotal, "TaxTotal"),
    money(wire.Total, "Total"),
    money(wire.Balance, "Balance"),
  ];
  if (add(net, tax).minor !== gross.minor)
    throw unreadable("Total", WHAT, `its lines and tax come to ${moneyText(add(net, tax))}`);
  return withVersion<Omit<Invoice, "version">>({
    recordType: "invoice",
    externalId: wire.Id,
    number: wire.InvoiceNumber,
    reference: "",
    contactId: wire.ClientId,
    contactName: toLedgerName(wire.ClientName),
    date: wire.InvoiceDate,
    dueDate: wire.DueDate,
    currency,
    fxRate: null,
    status: statusOf(wire, remaining),
    lineAmounts: "exclusive",
    lines,
    net,
    tax,
    gross,
    remaining,
    marker: "",
  });
}

function statusOf({ Status }: WireInvoice, remaining: Money): DocumentStatus {
  if (Status === "draft" || Status === "void") return Status;
  return remaining.minor === 0n ? "paid" : "open";
}

function toLine(line: WireLine, index: number, { currency, taxRates }: FirmTerms): DocumentLine {
  const amount = readMoney(line.Amount, currency, `Lines.${index}.Amount`, WHAT);
  const rate = line.TaxRateId === null ? null : taxRates.find(({ Id }) => Id === line.TaxRateId);
  if (line.TaxRateId !== null && !rate)
    throw unreadable(`Lines.${index}.TaxRateId`, WHAT, "the firm has no such tax");
  return {
    externalId: String(index + 1),
    ...priceOf(line, amount),
    amount,
    itemId: null,
    itemCode: null,
    accountKey: accountOf(line),
    taxKey: line.TaxRateId,
    taxRatePercent: rate?.Percent ?? null,
    tax: readMoney(line.TaxAmount, currency, `Lines.${index}.TaxAmount`, WHAT),
    tracking: [],
  };
}

/** Where hours and rate do not give the amount (a discount, a rounding of time), it stands as one piece with both in words. */
function priceOf(
  line: WireLine,
  amount: Money,
): Pick<DocumentLine, "description" | "quantity" | "unitPrice"> {
  const isProduct = roundToMoney(line.Quantity.times(line.Rate), amount.currency).minor === amount.minor;
  if (isProduct && line.Rate.decimalPlaces() <= RATE_DECIMALS_MAX)
    return { description: line.Description, quantity: line.Quantity, unitPrice: line.Rate };
  const words = `${decimalText(line.Quantity)} at ${decimalText(line.Rate)}`;
  return {
    description: line.Description === "" ? words : `${line.Description} (${words})`,
    quantity: new Decimal(1),
    unitPrice: new Decimal(moneyText(amount)),
  };
}

/** Ledgers keep four decimals of a price. */
const RATE_DECIMALS_MAX = 4;

function accountOf({ LineType, ExpenseCode }: WireLine): string {
  switch (LineType) {
    case "fee":
      return FEES;
    case "interest":
      return INTEREST;
    case "expense":
      return expenseKey(ExpenseCode);
  }
}
