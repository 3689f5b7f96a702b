import { Decimal } from "@/lib/kernel/decimal";
import { invariant } from "@/lib/kernel/invariant";
import type { Answered, TestClient } from "@/sandbox/xero/test-client";
import { type Answer, answerSchema, share } from "./desk-calls";
import { listLedger } from "./list-ledger";
import { money, rowsOf } from "./money-text";
import type { BackPlan } from "./plan-back";
import type { SourceDesk } from "./source-desk";

/** The accountant of a trial's firm, who works in Xero by hand: what is done there is to be found in Zoho Books afterwards. */
export async function workInLedger(ledger: TestClient, desk: SourceDesk, plan: BackPlan): Promise<void> {
  await changeParties(ledger, plan);
  if (plan.voids.payment) await deletePayment(ledger, desk);
  const open = (await listLedger(ledger, "Invoices")).filter(isOpenSale);
  const voided = plan.voids.invoice ? open.find(isUnsettled) : undefined;
  if (voided) await change(ledger, `/Invoices/${voided.InvoiceID}`, { Status: "VOIDED" });
  await payInvoices(
    ledger,
    plan,
    open.filter((one) => one !== voided),
  );
  if (plan.contacts.length > 0)
    await ledger.create(
      "Contacts",
      ...plan.contacts.map(({ name, email }) => ({ Name: name, EmailAddress: email })),
    );
  if (plan.items.length > 0)
    await ledger.create(
      "Items",
      ...plan.items.map((item) => ({
        ...{ Code: item.code, Name: item.name, IsSold: true },
        SalesDetails: { UnitPrice: Number(item.price) },
      })),
    );
}

async function changeParties(ledger: TestClient, { changes }: BackPlan): Promise<void> {
  const [contact] = await listLedger(ledger, "Contacts");
  if (changes.contact && contact)
    await change(ledger, `/Contacts/${contact.ContactID}`, { EmailAddress: "moved@customers.example" });
  const [item] = await listLedger(ledger, "Items");
  if (changes.item && item)
    await change(ledger, `/Items/${item.ItemID}`, { Code: item.Code, Name: `${item.Name} anew` });
}

async function change(ledger: TestClient, path: string, body: object): Promise<void> {
  const { status, text } = await ledger.call("POST", path, { body });
  invariant(status === 200, `Xero refused ${path}: ${text.slice(0, 500)}`);
}

const isOpenSale = (one: Answered): boolean =>
  one.Type === "ACCREC" && one.Status === "AUTHORISED" && Number(one.AmountDue) > 0;

const isUnsettled = (one: Answered): boolean => money(one.AmountDue) === money(one.Total);

async function payInvoices(ledger: TestClient, plan: BackPlan, open: readonly Answered[]): Promise<void> {
  const [first, ...others] = await listLedger(ledger, "Accounts");
  const bank = [first, ...others].find((one) => one?.Type === "BANK");
  const atHome = open.filter((one) => one.CurrencyCode === bank?.CurrencyCode);
  for (const [index, { percent }] of plan.payments.entries()) {
    const invoice = atHome[index];
    if (!invoice || !bank) return;
    const amount = share(new Decimal(invoice.AmountDue), percent);
    if (!amount.greaterThan(0)) continue;
    await ledger.create("Payments", {
      ...{ Invoice: { InvoiceID: invoice.InvoiceID }, Account: { AccountID: bank.AccountID } },
      ...{ Date: "2026-10-05", Amount: amount.toNumber() },
    });
  }
}

/** One that Zoho holds as a payment of its own: one that settles several invoices is for a person. */
async function deletePayment(ledger: TestClient, desk: SourceDesk): Promise<void> {
  const payments = (await listLedger(ledger, "Payments")).filter((one) => one.Status === "AUTHORISED");
  for (const { payment_id } of await desk.list("/customerpayments", "customerpayments")) {
    const { payment } = await desk.call("GET", `/customerpayments/${String(payment_id)}`);
    const detail: Answer = answerSchema.parse(payment);
    const [applied, ...more] = rowsOf(detail.invoices);
    if (!applied || more.length > 0 || money(detail.unused_amount) !== "0.00") continue;
    const posted = payments.find(
      ({ Invoice: invoice, Amount: amount }) =>
        invoice?.InvoiceNumber === applied.invoice_number && money(amount) === money(applied.amount_applied),
    );
    if (!posted) continue;
    return change(ledger, `/Payments/${posted.PaymentID}`, { Status: "DELETED" });
  }
}
