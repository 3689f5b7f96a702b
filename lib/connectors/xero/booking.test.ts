import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Connector } from "@/lib/connectors/contract/connector";
import type { CanonicalRecord } from "@/lib/domain/canonical-record";
import { invariant } from "@/lib/kernel/invariant";
import {
  firstContact,
  typeBill,
  typeContact,
  typeInvoice,
  typeSupplierCredit,
} from "@/tests/contract/xero-seeding";
import { startXeroWorld, type XeroWorld } from "@/tests/contract/xero-world";
import {
  aBankTransaction,
  aBill,
  aBillPayment,
  aJournal,
  aJournalLine,
  anOrder,
  aPurchaseLine,
  aSupplierAllocation,
  aSupplierCredit,
  aSupplierOverpayment,
} from "./fixtures/purchases";
import { aCreditNote, aLine, anInvoice, anOverpayment, aPayment, CONTEXT } from "./fixtures/records";
import { ACCOUNTS_PAYABLE, ACCOUNTS_RECEIVABLE, predict, SALES_TAX } from "./predict";

/** The journal foreseen against what the simulator's trial balance moves by, for every type that books anything. */

let world: XeroWorld;
let connector: Connector;

beforeAll(async () => {
  world = await startXeroWorld({ fill: (books) => typeContact(books, { Name: "Ada Lovelace" }) });
});
afterAll(() => world.close());
beforeEach(async () => {
  await world.reset();
  connector = world.definition.open(await world.openSession());
});

/** Prices that leave parts of a penny, on the line and in its tax. */
const odd = (line: typeof aLine, taxKeys: readonly string[]) =>
  taxKeys.map((taxKey, index) => line({ unitPrice: line().unitPrice.plus(index).dividedBy(3), taxKey }));

const RECORDS: readonly (readonly [string, () => CanonicalRecord])[] = [
  ["an invoice", () => anInvoice({ lines: odd(aLine, ["OUTPUT2", "RROUTPUT", "NONE"]) })],
  [
    "a credit note",
    () => aCreditNote({ lineAmounts: "inclusive", lines: odd(aLine, ["OUTPUT2", "RROUTPUT"]) }),
  ],
  ["a bill", () => aBill({ lines: odd(aPurchaseLine, ["INPUT2", "RRINPUT", "NONE"]) })],
  [
    "a bill with its tax inside",
    () => aBill({ lineAmounts: "inclusive", lines: odd(aPurchaseLine, ["INPUT2", "RRINPUT"]) }),
  ],
  ["a bill outside tax", () => aBill({ lineAmounts: "noTax", lines: odd(aPurchaseLine, ["NONE", "NONE"]) })],
  ["a supplier's credit", () => aSupplierCredit({ lines: odd(aPurchaseLine, ["INPUT2", "RRINPUT"]) })],
  ["an order", () => anOrder()],
  ["money spent", () => aBankTransaction({ lines: odd(aPurchaseLine, ["INPUT2", "RRINPUT", "NONE"]) })],
  ["money received", () => aBankTransaction({ kind: "receive", lines: odd(aLine, ["OUTPUT2", "NONE"]) })],
  ["a journal", () => aJournal()],
  [
    "a journal with its tax inside",
    () =>
      aJournal({
        lineAmounts: "inclusive",
        lines: [
          aJournalLine("429", "INPUT2", "100.01"),
          aJournalLine("469", "RRINPUT", "9.99"),
          aJournalLine("835", null, "-110.00"),
        ],
      }),
  ],
  [
    "a journal outside tax",
    () => aJournal({ lines: [aJournalLine("429", null, "7.77"), aJournalLine("820", null, "-7.77")] }),
  ],
  ["a payment", () => aPayment({ invoiceId: typeInvoice(world.books()) })],
  ["an overpayment", () => anOverpayment()],
  ["a payment of a bill", () => aBillPayment({ billId: typeBill(world.books()) })],
  ["an overpayment to a supplier", () => aSupplierOverpayment()],
  [
    "an allocation of a supplier's credit",
    () =>
      aSupplierAllocation({
        billId: typeBill(world.books()),
        supplierCreditId: typeSupplierCredit(world.books()),
      }),
  ],
];

test.each(RECORDS)(
  "%s moves the trial balance as it was foreseen, and its preflight is clean",
  async (_, make) => {
    const source = withContact(make());
    const { record } = world.definition.rules.prepare(source, CONTEXT);
    const ledger = await connector.referenceData();
    expect(world.definition.rules.preflight(record, ledger)).toEqual([]);
    const before = balances();
    const [outcome] = await connector.apply({
      recordType: record.recordType,
      verb: "create",
      idempotencyKey: "booking",
      elements: [{ intentId: "intent-1", record, externalId: null }],
    });
    invariant(outcome?.kind === "applied", `the record was ${outcome?.kind}`);
    const prediction = predict(record, ledger);
    const foreseen = new Map<string, bigint>();
    for (const { accountKey, amount } of prediction?.journal ?? []) {
      const code = CODES[accountKey] ?? accountKey;
      foreseen.set(code, (foreseen.get(code) ?? 0n) + amount.minor);
    }
    expect(moved(before)).toEqual(new Map([...foreseen].filter(([, minor]) => minor !== 0n)));
    const { gross, net, tax } = prediction ?? {};
    if ("gross" in outcome.record) expect(outcome.record).toMatchObject({ gross, net, tax });
    if ("total" in outcome.record) expect(outcome.record).toMatchObject({ total: gross });
  },
);

const CODES: Readonly<Record<string, string>> = {
  [ACCOUNTS_RECEIVABLE]: "610",
  [ACCOUNTS_PAYABLE]: "800",
  [SALES_TAX]: "820",
};

const withContact = (record: CanonicalRecord): CanonicalRecord =>
  "contactId" in record ? { ...record, contactId: firstContact(world.books()) } : record;

function balances(): Map<string, bigint> {
  const { accounts, ledger } = world.books();
  return new Map([...accounts.heads()].map(([id, { code }]) => [code, ledger.balance(id, "2099-12-31")]));
}

function moved(before: ReadonlyMap<string, bigint>): Map<string, bigint> {
  const differences = [...balances()].map(
    ([code, minor]) => [code, minor - (before.get(code) ?? 0n)] as const,
  );
  return new Map(differences.filter(([, minor]) => minor !== 0n));
}
