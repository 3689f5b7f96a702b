/** The customer payment calls: list (no modified-since filter exists), get, create, update, delete. */
import { decimal } from "@/lib/kernel/decimal";
import type { SandboxResponse } from "@/sandbox/kit/types";
import { zonedDate } from "../wire/formats";
import { paymentRowWire, paymentWire } from "../wire/payment-wire";
import {
  type BooksCall,
  CODE_NOT_ALLOWED,
  listPage,
  refuse,
  refuseMissing,
  refuseValue,
  sortAsked,
  sorted,
  succeed,
  succeedWriting,
} from "./answers";
import { sum } from "./arithmetic";
import { amountTest, dateTests, matching, textTests } from "./filters";
import { type PaymentBody, parseInput, paymentBody } from "./input";
import { checkShares } from "./invoice-settlements";
import type { StoredPayment } from "./records";
import { deletePayment, putPayment } from "./settle";
import { exchangeRateOn } from "./write-document";

const SORT_COLUMNS = ["date", "created_time", "last_modified_time", "amount", "payment_number"] as const;

export function listPayments(call: BooksCall): SandboxResponse {
  const { books, organization } = call;
  const sort = sortAsked(call, SORT_COLUMNS, { column: "date", order: "D" });
  const columns: Record<(typeof SORT_COLUMNS)[number], (payment: StoredPayment) => string | number> = {
    date: ({ date }) => date,
    created_time: ({ created }) => created,
    last_modified_time: ({ modified }) => modified,
    amount: ({ amount }) => Number(amount),
    payment_number: ({ number }) => number,
  };
  const tests = [
    ...textTests<StoredPayment>(call, {
      customer_id: ({ customerId }) => customerId,
      customer_name: ({ customerId }) => books.contacts.head(customerId)?.name ?? "",
      reference_number: ({ reference }) => reference,
      payment_mode: ({ mode }) => mode,
    }),
    ...dateTests<StoredPayment>(call, "date", ({ date }) => date),
    ...amountTest<StoredPayment>(call, "amount", ({ amount }) => amount),
  ];
  return listPage(
    call,
    {
      key: call.context.switches.get("zoho.payment-list-key"),
      reportName: "Payments Received",
      sortColumn: sort.column,
      sortOrder: sort.order,
    },
    matching(sorted(books.payments, sort.column, sort.order, columns[sort.column]), tests),
    (id, payment) => paymentRowWire(books, organization, id, payment),
  );
}

export function getPayment(call: BooksCall): SandboxResponse {
  const [id = ""] = call.ids;
  const payment = call.books.payments.get(id);
  return payment === undefined ? refuseMissing(call.context, "Payment") : succeed(shown(call, id, payment));
}

const shown = (call: BooksCall, id: string, payment: StoredPayment) => ({
  payment: paymentWire(call.books, call.organization, id, payment),
});

export function createPayment(call: BooksCall): SandboxResponse {
  const body = parseInput(paymentBody, call.input);
  if (!body.ok) return refuseValue(body.error);
  return writePayment(call, call.books.nextId(), body.value, null);
}

export function updatePayment(call: BooksCall): SandboxResponse {
  const [id = ""] = call.ids;
  const previous = call.books.payments.get(id);
  if (previous === undefined) return refuseMissing(call.context, "Payment");
  const body = parseInput(paymentBody, call.input);
  return body.ok ? writePayment(call, id, body.value, previous) : refuseValue(body.error);
}

function writePayment(
  call: BooksCall,
  id: string,
  body: PaymentBody,
  previous: StoredPayment | null,
): SandboxResponse {
  const { books } = call;
  const customerId = body.customer_id ?? previous?.customerId ?? "";
  const contact = books.contacts.head(customerId);
  if (contact === undefined) return refuseMissing(call.context, "Contact");
  const total = body.amount ?? previous?.amount;
  if (total === undefined || !decimal(total).greaterThan(0)) return refuseValue("amount");
  if (previous === null && !body.payment_mode) return refuseValue("payment_mode");
  if (previous === null && body.date === undefined) return refuseValue("date");
  const accountId = body.account_id ?? previous?.accountId ?? undepositedFundsId(call);
  if (!DEPOSIT_TYPES.has(books.accounts.head(accountId)?.type ?? "")) return refuseValue("account_id");
  const shares = body.invoices?.map(({ invoice_id, amount_applied }) => ({
    invoiceId: invoice_id,
    amount: amount_applied,
  }));
  const freed = new Map(
    (previous?.applied ?? []).map(({ invoiceId, amount }) => [invoiceId, amount] as const),
  );
  const checked = checkShares(call, customerId, shares ?? previous?.applied ?? [], freed);
  if (!checked.ok) return checked.error;
  const refunded = sum((previous?.refunds ?? []).map(({ amount }) => decimal(amount)));
  if (checked.value.plus(refunded).greaterThan(total))
    return refuse(400, CODE_NOT_ALLOWED, "The amount applied to invoices is more than the amount received.");
  const date = body.date ?? previous?.date ?? zonedDate(call.context.clock.now(), call.organization.timeZone);
  const [firstInvoiceId] = shares?.map(({ invoiceId }) => invoiceId) ?? [];
  const currencyCode =
    previous?.currencyCode ?? books.invoices.head(firstInvoiceId ?? "")?.currencyCode ?? contact.currencyCode;
  const now = books.stamp();
  const payment: StoredPayment = {
    number: body.payment_number ?? previous?.number ?? String(books.payments.size + 1),
    customerId,
    date,
    mode: body.payment_mode ?? previous?.mode ?? "banktransfer",
    amount: total,
    bankCharges: body.bank_charges ?? previous?.bankCharges ?? "0",
    currencyCode,
    exchangeRate: body.exchange_rate ?? previous?.exchangeRate ?? exchangeRateOn(books, currencyCode, date),
    reference: body.reference_number ?? previous?.reference ?? "",
    description: body.description ?? previous?.description ?? "",
    accountId,
    ...(previous?.refunds === undefined ? {} : { refunds: previous.refunds }),
    applied: shares?.map((share) => ({ id: books.nextId(), ...share })) ?? previous?.applied ?? [],
    created: previous?.created ?? now,
    modified: now,
  };
  putPayment(books, id, payment);
  return previous === null
    ? succeedWriting(shown(call, id, payment), "The payment has been created.", 201)
    : succeedWriting(shown(call, id, payment), "The payment details have been updated.");
}

export function removePayment(call: BooksCall): SandboxResponse {
  const [id = ""] = call.ids;
  if (call.books.payments.head(id) === undefined) return refuseMissing(call.context, "Payment");
  deletePayment(call.books, id, call.books.stamp());
  return succeedWriting({}, "The payment has been deleted.");
}

/** Types of the accounts that money can be deposited to: none of profit and loss, nor what is owed. */
const DEPOSIT_TYPES: ReadonlySet<string> = new Set([
  ...["bank", "cash", "credit_card", "payment_clearing", "other_asset", "other_current_asset"],
  ...["other_current_liability", "long_term_liability", "other_liability", "equity"],
]);

function undepositedFundsId(call: BooksCall): string {
  for (const [id, account] of call.books.accounts.heads())
    if (account.name === "Undeposited Funds") return id;
  return "";
}
