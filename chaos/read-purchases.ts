import { z } from "zod";
import type { Answer, Desk } from "./desk-calls";
import type { Line } from "./line";
import { money, rowsOf } from "./money-text";

/** What Zoho Books says was bought, spent and booked by hand, each line as Xero is to hold it. */
export async function readSourcePurchases(desk: Desk): Promise<Line[]> {
  const documents = async (one: Kind): Promise<{ rows: Answer[]; lines: Line[] }> => {
    const rows = (await desk.list(one.path, one.plural)).filter(
      ({ status }) => status !== "void" && status !== "draft" && status !== "cancelled",
    );
    const lines = rows.map((row) => ({
      kind: one.kind,
      key: String(row[one.number]),
      facts: [row.vendor_name, row.date, row.currency_code, money(row.total)].join(" | "),
      id: String(row[one.id]),
    }));
    return { rows, lines };
  };
  const orders = await documents(ORDERS);
  const bills = await documents(BILLS);
  const credits = await documents(CREDITS);
  const allocations: Line[] = [];
  for (const credit of credits.rows) {
    const id = String(credit.vendor_credit_id);
    const { bills_credited } = await desk.call("GET", `/vendorcredits/${id}/bills`);
    for (const { bill_id, bill_number, amount } of rowsOf(bills_credited)) {
      const key = `${credit.vendor_credit_number} > ${bill_number}`;
      allocations.push({ kind: "supplierAllocation", key, facts: money(amount), id: `${id}/${bill_id}` });
    }
  }
  const numberOf = new Map(bills.lines.map(({ id, key }) => [id, key]));
  return [
    ...[...orders.lines, ...bills.lines, ...credits.lines, ...allocations],
    ...(await readPayments(desk, numberOf)),
    ...(await readExpenses(desk)),
    ...(await readJournals(desk)),
  ];
}

interface Kind {
  readonly kind: Line["kind"];
  readonly path: string;
  readonly plural: string;
  readonly number: string;
  readonly id: string;
}
const ORDERS: Kind = {
  kind: "purchaseOrder",
  path: "/purchaseorders",
  plural: "purchaseorders",
  number: "purchaseorder_number",
  id: "purchaseorder_id",
};
const BILLS: Kind = { kind: "bill", path: "/bills", plural: "bills", number: "bill_number", id: "bill_id" };
const CREDITS: Kind = {
  kind: "supplierCredit",
  path: "/vendorcredits",
  plural: "vendorcredits",
  number: "vendor_credit_number",
  id: "vendor_credit_id",
};

async function readPayments(desk: Desk, numberOf: ReadonlyMap<string, string>): Promise<Line[]> {
  const lines: Line[] = [];
  for (const row of await desk.list("/vendorpayments", "vendorpayments")) {
    const id = String(row.payment_id);
    const { vendorpayment } = await desk.call("GET", `/vendorpayments/${id}`);
    const detail = z.record(z.string(), z.unknown()).parse(vendorpayment);
    for (const { bill_id, amount_applied } of rowsOf(detail.bills)) {
      const key = [numberOf.get(String(bill_id)), detail.date, money(amount_applied)].join(" | ");
      lines.push({ kind: "billPayment", key, facts: "", id: `${id}:${bill_id}` });
    }
    if (money(detail.balance) === "0.00") continue;
    const key = [detail.vendor_name, detail.date, money(detail.balance)].join(" | ");
    lines.push({ kind: "supplierOverpayment", key, facts: "", id: `${id}:excess` });
  }
  return lines;
}

async function readExpenses(desk: Desk): Promise<Line[]> {
  const lines: Line[] = [];
  for (const row of await desk.list("/expenses", "expenses")) {
    const { expense } = await desk.call("GET", `/expenses/${row.expense_id}`);
    const { vendor_name, currency_code } = z.record(z.string(), z.unknown()).parse(expense);
    lines.push({
      kind: "bankTransaction",
      key: String(row.reference_number),
      facts: [vendor_name, row.date, currency_code, money(row.total)].join(" | "),
      id: String(row.expense_id),
    });
  }
  return lines;
}

async function readJournals(desk: Desk): Promise<Line[]> {
  return (await desk.list("/journals", "journals")).map((row) => ({
    kind: "manualJournal",
    key: `${row.entry_number}, ${row.notes}`,
    facts: [row.journal_date, money(row.total)].join(" | "),
    id: String(row.journal_id),
  }));
}
