/** Products, prices with their lookup keys, and customers with their cards. */
import { z } from "zod";
import { changeRow, newestFirst, type StripeBooks } from "./books";
import { invalid, missing } from "./errors";
import { emit } from "./events";
import { customerWish, flag, nothing, page, priceChange, priceWish, productWish, text } from "./parameters";
import { presentCard, presentCustomer, presentPrice, presentProduct } from "./present";
import { listed, type Route, route } from "./route";
import type { CardConduct, PaymentMethod, Price } from "./wire";

/** Stripe's own names of test cards, and what each does. https://docs.stripe.com/testing (checked 2026-11-21) */
export const TEST_CARDS: Readonly<Record<string, { last4: string; conduct: CardConduct }>> = {
  pm_card_visa: { last4: "4242", conduct: "pays" },
  pm_card_chargeCustomerFail: { last4: "0341", conduct: "isDeclined" },
};

/** Puts a test card on a customer and makes it the one that is charged. */
export function attachCard(books: StripeBooks, customer: string, name: string): PaymentMethod {
  const kind = TEST_CARDS[name];
  if (kind === undefined) throw missing("PaymentMethod", name, "parameter", "payment_method");
  const { test_clock } = changeRow(books.customers, customer, {});
  const card = { id: books.newId("pm"), created: books.now(test_clock), customer, ...kind };
  books.cards.put(card.id, card);
  const changed = changeRow(books.customers, customer, { default_payment_method: card.id });
  emit(books, "payment_method.attached", presentCard(card), { clock: test_clock });
  emit(books, "customer.updated", presentCustomer(changed), { clock: test_clock });
  return card;
}

/** At most one active price bears a lookup key; it moves to another one only where that is asked for. */
function takeLookupKey(books: StripeBooks, key: string | undefined, mayTransfer: boolean): void {
  if (key === undefined) return;
  const holder = newestFirst(books.prices).find((price) => price.lookup_key === key);
  if (holder === undefined) return;
  if (!mayTransfer)
    throw invalid(
      `A price (\`${holder.id}\`) already uses that lookup key.`,
      "lookup_key",
      "resource_already_exists",
    );
  changeRow(books.prices, holder.id, { lookup_key: null });
}

export const CATALOGUE_ROUTES: readonly Route[] = [
  route("POST /products", productWish, (books, wish) => {
    const product = {
      id: books.newId("prod"),
      active: true,
      created: books.now(),
      name: wish.name,
      description: wish.description ?? null,
      tax_code: wish.tax_code ?? null,
      metadata: wish.metadata ?? {},
    };
    books.products.put(product.id, product);
    emit(books, "product.created", presentProduct(product));
    return presentProduct(product);
  }),
  route("GET /products", z.strictObject({ ...page, active: flag.optional() }), (books, wish) =>
    listed("/v1/products", newestFirst(books.products), wish, presentProduct),
  ),
  route("GET /products/{id}", nothing, (books, _wish, id) => {
    const product = books.products.get(id);
    if (product === undefined) throw missing("product", id, "address");
    return presentProduct(product);
  }),
  route("POST /prices", priceWish, (books, wish) => {
    if (books.products.get(wish.product) === undefined)
      throw missing("product", wish.product, "parameter", "product");
    takeLookupKey(books, wish.lookup_key, wish.transfer_lookup_key ?? false);
    const price: Price = {
      id: books.newId("price"),
      active: true,
      created: books.now(),
      currency: wish.currency,
      lookup_key: wish.lookup_key ?? null,
      nickname: wish.nickname ?? null,
      product: wish.product,
      recurring:
        wish.recurring === undefined
          ? null
          : { interval: wish.recurring.interval, interval_count: wish.recurring.interval_count ?? 1 },
      tax_behavior: wish.tax_behavior ?? "unspecified",
      unit_amount: wish.unit_amount,
      metadata: wish.metadata ?? {},
    };
    books.prices.put(price.id, price);
    emit(books, "price.created", presentPrice(price));
    return presentPrice(price);
  }),
  route("POST /prices/{id}", priceChange, (books, wish, id) => {
    const before = books.prices.get(id);
    if (before === undefined) throw missing("price", id, "address");
    if (wish.lookup_key !== before.lookup_key)
      takeLookupKey(books, wish.lookup_key, wish.transfer_lookup_key ?? false);
    const { transfer_lookup_key: _asked, ...changes } = wish;
    return presentPrice(changeRow(books.prices, id, { ...before, ...changes }));
  }),
  route(
    "GET /prices",
    z.strictObject({
      ...page,
      active: flag.optional(),
      product: text.optional(),
      lookup_keys: z.array(text).max(10).optional(),
    }),
    (books, wish) =>
      listed(
        "/v1/prices",
        newestFirst(books.prices).filter(
          (price) =>
            (wish.active === undefined || price.active === wish.active) &&
            (wish.product === undefined || price.product === wish.product) &&
            (wish.lookup_keys === undefined || wish.lookup_keys.includes(price.lookup_key ?? "")),
        ),
        wish,
        presentPrice,
      ),
  ),
  route("GET /prices/{id}", nothing, (books, _wish, id) => {
    const price = books.prices.get(id);
    if (price === undefined) throw missing("price", id, "address");
    return presentPrice(price);
  }),
  route("POST /customers", customerWish, (books, wish) => {
    if (wish.test_clock !== undefined && books.clocks.get(wish.test_clock) === undefined)
      throw missing("test clock", wish.test_clock, "parameter", "test_clock");
    const clock = wish.test_clock ?? null;
    const id = books.newId("cus");
    books.customers.put(id, {
      ...{ id, created: books.now(clock), email: wish.email ?? null, name: wish.name ?? null },
      ...{ default_payment_method: null, delinquent: false, next_invoice_sequence: 1 },
      invoice_prefix: id.slice(4, 12).toUpperCase(),
      ...{ metadata: wish.metadata ?? {}, test_clock: clock },
    });
    if (wish.payment_method !== undefined) attachCard(books, id, wish.payment_method);
    const customer = presentCustomer(changeRow(books.customers, id, {}));
    emit(books, "customer.created", customer, { clock });
    return customer;
  }),
  route("GET /customers", z.strictObject({ ...page, email: text.optional() }), (books, wish) =>
    listed(
      "/v1/customers",
      newestFirst(books.customers).filter(({ email }) => wish.email === undefined || email === wish.email),
      wish,
      presentCustomer,
    ),
  ),
  route("GET /customers/{id}", nothing, (books, _wish, id) => {
    const customer = books.customers.get(id);
    if (customer === undefined) throw missing("customer", id, "address");
    return presentCustomer(customer);
  }),
  route("POST /customers/{id}", customerWish, (books, wish, id) => {
    const before = books.customers.get(id);
    if (before === undefined) throw missing("customer", id, "address");
    const { email = before.email, name = before.name, metadata = before.metadata } = wish;
    const card = wish.invoice_settings?.default_payment_method ?? before.default_payment_method;
    const changed = changeRow(books.customers, id, { email, name, metadata, default_payment_method: card });
    emit(books, "customer.updated", presentCustomer(changed), { clock: changed.test_clock });
    return presentCustomer(changed);
  }),
  route("POST /payment_methods/{id}/attach", z.strictObject({ customer: text }), (books, wish, id) => {
    if (books.customers.get(wish.customer) === undefined)
      throw missing("customer", wish.customer, "parameter", "customer");
    return presentCard(attachCard(books, wish.customer, id));
  }),
  route(
    "GET /payment_methods",
    z.strictObject({ ...page, customer: text, type: text.optional() }),
    (books, wish) =>
      listed(
        "/v1/payment_methods",
        newestFirst(books.cards).filter(({ customer }) => customer === wish.customer),
        wish,
        presentCard,
      ),
  ),
  route("GET /payment_methods/{id}", nothing, (books, _wish, id) => {
    const card = books.cards.get(id);
    if (card === undefined) throw missing("PaymentMethod", id, "address");
    return presentCard(card);
  }),
];
