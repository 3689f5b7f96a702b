/** The HTML of the hosted pages: says on each that no money moves. */
import { escapeHtml } from "@/sandbox/kit/answers";
import { newestFirst, rowOf, type StripeBooks } from "./books";
import { cardOf } from "./invoices";
import type { CheckoutSession, Invoice, PortalSession, Price, Subscription } from "./wire";

const SUBSCRIPTION_OVER: ReadonlySet<string> = new Set(["canceled", "incomplete_expired"]);

const money = (minor: number, currency: string): string =>
  new Intl.NumberFormat("en-GB", {
    style: "currency",
    currency: currency.toUpperCase(),
    currencyDisplay: "narrowSymbol",
  }).format(minor / 100);

const day = (seconds: number): string =>
  new Date(seconds * 1000).toLocaleDateString("en-GB", { dateStyle: "long", timeZone: "UTC" });

const rhythm = ({ recurring }: Price): string =>
  recurring === null
    ? ""
    : recurring.interval_count === 1
      ? `per ${recurring.interval}`
      : `every ${recurring.interval_count} ${recurring.interval}s`;

export function gonePage(words: string): string {
  return frame("Sandbox Stripe", `<h1>Sandbox Stripe</h1><p>${escapeHtml(words)}</p>`);
}

export function checkoutPage(books: StripeBooks, session: CheckoutSession, problem: string | null): string {
  const price = rowOf(books.prices, session.price);
  const product = rowOf(books.products, price.product);
  const button = (name: string, words: string): string =>
    `<button name="button" value="${name}">${words}</button>`;
  return frame(
    `Checkout: ${product.name}`,
    `<h1>Subscribe to ${escapeHtml(product.name)}</h1>${alert(problem)}
<dl><dt>Each</dt><dd>${money(price.unit_amount, price.currency)} ${rhythm(price)}</dd>
<dt>Quantity</dt><dd>${session.quantity}</dd>
<dt>Due today</dt><dd><strong>${money(session.amount_total, session.currency)}</strong></dd></dl>
<form method="post">${button("pay", "Pay with 4242 4242 4242 4242")}
${button("fail", "Pay with a card that is declined")} ${button("cancel", "Go back without paying")}</form>`,
  );
}

export function portalPage(books: StripeBooks, session: PortalSession, problem: string | null): string {
  const customer = rowOf(books.customers, session.customer);
  const own = newestFirst(books.subscriptions).filter((one) => one.customer === customer.id);
  const invoices = newestFirst(books.invoices).filter((one) => one.customer === customer.id);
  const back =
    session.return_url === null
      ? ""
      : `<p><a href="${escapeHtml(session.return_url)}">Return to the shop</a></p>`;
  return frame(
    "Billing",
    `<h1>Billing of ${escapeHtml(customer.name ?? customer.email ?? customer.id)}</h1>${alert(problem)}
${own.map((one) => subscriptionSection(books, session, one)).join("") || "<p>There is no subscription.</p>"}
${cardSection(books, session, own[0])}
<section><h2>Invoices</h2><table><caption>${invoices.length} in all</caption><thead><tr><th scope="col">Number</th><th scope="col">Total</th><th scope="col">Status</th><th scope="col"></th></tr></thead>
<tbody>${invoices.map(invoiceRow).join("")}</tbody></table></section>${back}`,
  );
}

function subscriptionSection(books: StripeBooks, session: PortalSession, one: Subscription): string {
  const configuration = rowOf(books.portalConfigurations, session.configuration);
  const price = rowOf(books.prices, one.price);
  const name = escapeHtml(rowOf(books.products, price.product).name);
  const hidden = `<input type="hidden" name="subscription" value="${one.id}">`;
  const isOver = SUBSCRIPTION_OVER.has(one.status);
  const cancel =
    one.cancel_at_period_end || one.status === "paused"
      ? `<button name="button" value="resume">${one.status === "paused" ? "Resume" : "Don't cancel"}</button>`
      : `<button name="button" value="cancel">Cancel on ${day(one.current_period_end)}</button>`;
  const quantity = `<form method="post">${hidden}<label>Quantity <input name="quantity" inputmode="numeric" size="4" value="${one.quantity}"></label> <button name="button" value="quantity">Change the quantity</button></form>`;
  return `<section><h2>${name}</h2><dl><dt>Status</dt><dd>${one.status}${one.cancel_at_period_end ? `, ends on ${day(one.current_period_end)}` : ""}</dd>
<dt>Price</dt><dd>${one.quantity} × ${money(price.unit_amount, price.currency)} ${rhythm(price)}</dd>
<dt>Present period</dt><dd>${day(one.current_period_start)} to ${day(one.current_period_end)}</dd></dl>
${isOver || !configuration.mayCancel ? "" : `<form method="post">${hidden}${cancel}</form>`}
${isOver || !configuration.mayChangeQuantity ? "" : quantity}</section>`;
}

function cardSection(books: StripeBooks, session: PortalSession, newest: Subscription | undefined): string {
  if (!rowOf(books.portalConfigurations, session.configuration).mayUpdateCard) return "";
  const card = newest === undefined ? null : cardOf(books, newest);
  return `<section><h2>Payment method</h2><p>${card === null ? "None" : `Visa ending in ${card.last4}`}</p>
<form method="post"><label>Card <select name="card"><option value="pm_card_visa">4242: pays</option><option value="pm_card_chargeCustomerFail">0341: is declined when it is charged</option></select></label>
<button name="button" value="card">Change the card</button></form></section>`;
}

function invoiceRow(invoice: Invoice): string {
  const isOwed = invoice.status === "open" || invoice.status === "draft";
  const pay = `<form method="post"><input type="hidden" name="invoice" value="${invoice.id}"><button name="button" value="pay">Pay it now</button></form>`;
  const link =
    invoice.number === null ? "draft" : `<a href="/stripe/invoice/${invoice.id}">${invoice.number}</a>`;
  return `<tr><td>${link}</td><td>${money(invoice.total, invoice.currency)}</td><td>${invoice.status}</td><td>${isOwed ? pay : ""}</td></tr>`;
}

export function invoicePage(books: StripeBooks, invoice: Invoice): string {
  const customer = rowOf(books.customers, invoice.customer);
  const rows = invoice.lines.map(
    (line) =>
      `<tr><td>${escapeHtml(line.description)}</td><td>${money(line.amount, invoice.currency)}</td></tr>`,
  );
  return frame(
    `Invoice ${invoice.number}`,
    `<h1>Invoice ${escapeHtml(invoice.number ?? "")}</h1>
<dl><dt>For</dt><dd>${escapeHtml(customer.name ?? customer.email ?? "")}</dd><dt>Date</dt><dd>${day(invoice.created)}</dd>
<dt>Status</dt><dd>${invoice.status}</dd>${invoice.refunded > 0 ? `<dt>Refunded</dt><dd>${money(invoice.refunded, invoice.currency)}</dd>` : ""}</dl>
<table><caption>Lines</caption><thead><tr><th scope="col">What</th><th scope="col">Amount</th></tr></thead><tbody>${rows.join("")}</tbody></table>
<p><strong>Total ${money(invoice.total, invoice.currency)}</strong></p>`,
  );
}

const alert = (problem: string | null): string =>
  problem === null ? "" : `<p role="alert" class="problem">${escapeHtml(problem)}</p>`;

function frame(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title><style>${STYLE}</style></head>
<body><main><p class="note">This is the sandbox's Stripe. No card is charged and no money moves.</p>${body}</main></body></html>`;
}

const STYLE = `body{font:16px/1.5 system-ui,sans-serif;margin:0;color:#1a1a1a;background:#fff}
main{max-width:44rem;margin:0 auto;padding:1rem}button,input,select{font:inherit;padding:.5rem .75rem}
form{display:flex;flex-wrap:wrap;gap:.5rem;align-items:center;margin:.5rem 0}
.note{background:#eef;border-radius:.25rem;padding:.5rem .75rem}.problem{background:#fee;padding:.5rem .75rem}
dl{display:grid;grid-template-columns:auto 1fr;gap:.25rem 1rem}dt{color:#444}dd{margin:0}
table{border-collapse:collapse;width:100%}caption{text-align:left}th,td{border:1px solid #999;padding:.25rem .5rem;text-align:left}`;
