import { Decimal } from "@/lib/kernel/decimal";
import { invariant } from "@/lib/kernel/invariant";
import { type Desk, fieldOf, foreignCurrency, idByName, share } from "./desk-calls";
import type { BoughtPlan, PurchasesPlan } from "./plan-purchases";

/** The purchases' side of a trial's company, written as the firm's own desk writes it: over Zoho Books' API. */
interface Open {
  readonly id: string;
  open: Decimal;
}

const BANK = "Business Bank Account";
const OWN_NUMBER = "ignore_auto_number_generation=true";

export async function writePurchases(desk: Desk, plan: PurchasesPlan): Promise<void> {
  const tax = await idByName(desk, "/settings/taxes", "taxes", "tax_name", "tax_id");
  const account = await idByName(desk, "/chartofaccounts", "chartofaccounts", "account_name", "account_id");
  const supplierIds = await writeSuppliers(desk, plan);
  const taxOf = (isZeroRated: boolean): string => tax(isZeroRated ? "Zero rated" : "Standard rate");
  const bodyOf = ({ contact, date, lines }: BoughtPlan): object => ({
    vendor_id: supplierIds[contact],
    date,
    line_items: lines.map((line) => ({
      account_id: account(line.account),
      description: "Bought in",
      rate: Number(line.rate),
      quantity: line.quantity,
      tax_id: taxOf(line.isZeroRated),
    })),
  });
  for (const order of plan.orders) {
    const body = { purchaseorder_number: order.number, ...bodyOf(order) };
    const made = await desk.call("POST", `/purchaseorders?${OWN_NUMBER}`, body);
    const id = fieldOf(made, "purchaseorder", "purchaseorder_id");
    await desk.call("POST", `/purchaseorders/${id}/status/open`);
  }
  const bills: Open[] = [];
  for (const bill of plan.bills) {
    const made = await desk.call("POST", "/bills", { bill_number: bill.number, ...bodyOf(bill) });
    bills.push(opened(fieldOf(made, "bill", "bill_id"), fieldOf(made, "bill", "total")));
  }
  const credits: Open[] = [];
  for (const credit of plan.credits) {
    const body = { vendor_credit_number: credit.number, ...bodyOf(credit) };
    const made = await desk.call("POST", `/vendorcredits?${OWN_NUMBER}`, body);
    const id = fieldOf(made, "vendor_credit", "vendor_credit_id");
    credits.push(opened(id, fieldOf(made, "vendor_credit", "total")));
  }
  await settle(desk, plan, { bills, credits, supplierIds, bankId: account(BANK) });
  for (const { reference, contact, date, amount, isZeroRated } of plan.expenses)
    await desk.call("POST", "/expenses", {
      account_id: account("Samples"),
      paid_through_account_id: account(BANK),
      vendor_id: supplierIds[contact],
      date,
      amount: Number(amount),
      tax_id: taxOf(isZeroRated),
      reference_number: reference,
    });
  for (const { notes, date, amount } of plan.journals) {
    const line = (name: string, side: "debit" | "credit"): object => ({
      account_id: account(name),
      amount: Number(amount),
      debit_or_credit: side,
    });
    await desk.call("POST", "/journals", {
      journal_date: date,
      notes,
      status: "published",
      line_items: [line("Samples", "debit"), line("Marketplace Fees", "credit")],
    });
  }
}

const opened = (id: string, total: string): Open => ({
  id,

  open: new Decimal(total),
});

async function writeSuppliers(desk: Desk, { suppliers }: PurchasesPlan): Promise<string[]> {
  const ids: string[] = [];
  for (const { name, email, isForeign } of suppliers) {
    const made = await desk.call("POST", "/contacts", {
      contact_name: name,
      contact_type: "vendor",
      contact_persons: [{ first_name: "Ann", last_name: name, email, is_primary_contact: true }],
      ...(isForeign ? { currency_id: await foreignCurrency(desk) } : {}),
    });
    ids.push(fieldOf(made, "contact", "contact_id"));
  }
  return ids;
}

interface Settling {
  readonly bills: readonly Open[];
  readonly credits: readonly Open[];
  readonly supplierIds: readonly string[];
  readonly bankId: string;
}

async function settle(
  desk: Desk,
  { allocations, payments }: PurchasesPlan,
  { bills, credits, supplierIds, bankId }: Settling,
): Promise<void> {
  for (const { note, invoice, percent } of allocations) {
    const [credit, bill] = [credits[note], bills[invoice]];
    invariant(credit && bill, "an allocation is of a credit and a bill of the plan");
    const amount = share(Decimal.min(credit.open, bill.open), percent);
    if (!amount.greaterThan(0)) continue;
    await desk.call("POST", `/vendorcredits/${credit.id}/bills`, {
      bills: [{ bill_id: bill.id, amount_applied: amount.toNumber() }],
    });
    credit.open = credit.open.minus(amount);
    bill.open = bill.open.minus(amount);
  }
  for (const payment of payments) {
    const applied = payment.invoices.flatMap(({ invoice, percent }) => {
      const bill = bills[invoice];
      const amount = share(bill?.open ?? new Decimal(0), percent);
      if (!bill || !amount.greaterThan(0)) return [];
      bill.open = bill.open.minus(amount);
      return [{ bill_id: bill.id, amount_applied: amount.toNumber() }];
    });
    const amount = applied.reduce((sum, one) => sum.plus(one.amount_applied), new Decimal(payment.excess));
    if (amount.isZero()) continue;
    await desk.call("POST", "/vendorpayments", {
      payment_number: payment.number,
      vendor_id: supplierIds[payment.contact],
      date: payment.date,
      payment_mode: "banktransfer",
      amount: amount.toNumber(),
      paid_through_account_id: bankId,
      ...(applied.length === 0 ? {} : { bills: applied }),
    });
  }
}
