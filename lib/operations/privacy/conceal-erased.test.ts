import { describe, expect, it } from "vitest";
import type { Connector, QuarantinedRecord, WriteOutcome } from "@/lib/connectors/contract/connector";
import type { CanonicalRecord } from "@/lib/domain/canonical-record";
import { namesContact } from "@/lib/domain/erased-person-ids";
import type { Json } from "@/lib/kernel/json";
import { anInvoice, aPayment } from "@/tests/builders/records";
import { concealErased } from "./conceal-erased";

const ERASED = [{ externalId: "C-45", token: "erased-abcdef012345" }];
const LEFT_OUT = "Left out: it is about a person whose details were erased.";

const exchange = {
  ...{ method: "POST", path: "/Payments", sent: { Name: "Anna" }, status: 400 },
  ...{ answered: { Contact: "Anna" }, vendorRequestId: null },
};

/** A connector that refuses every write, and reads one page with these rows kept aside. */
function aConnector(quarantined: readonly QuarantinedRecord[] = []): Connector {
  return {
    probe: () => Promise.reject(new Error("not asked")),
    get: () => Promise.resolve(null),
    find: () => Promise.resolve([]),
    listIds: () => Promise.reject(new Error("not asked")),
    referenceData: () => Promise.reject(new Error("not asked")),
    async *pull() {
      yield { records: [], quarantined, seen: 1, total: 1, nextCursor: null };
    },
    apply: ({ elements }: Parameters<Connector["apply"]>[0]) =>
      Promise.resolve(
        elements.map(
          ({ intentId }): WriteOutcome => ({ intentId, kind: "unknown", why: "no answer", exchange }),
        ),
      ),
  } as unknown as Connector;
}

async function sentOf(record: CanonicalRecord, erased = ERASED): Promise<unknown[]> {
  const element = { intentId: "one", record };
  const outcomes = await concealErased(aConnector(), erased).apply({
    elements: [element],
  } as unknown as Parameters<Connector["apply"]>[0]);
  return outcomes.flatMap((outcome) =>
    "exchange" in outcome ? [outcome.exchange?.sent, outcome.exchange?.answered] : [],
  );
}

const allocation = (recordType: "allocation" | "supplierAllocation") =>
  ({ ...aPayment(), recordType, contactId: undefined }) as unknown as CanonicalRecord;
const settlement = (recordType: string) =>
  ({ ...aPayment({ contactId: "of the other system" }), recordType }) as unknown as CanonicalRecord;

describe("what was sent for a record and answered", () => {
  it.each([
    ...["payment", "billPayment", "overpayment", "supplierOverpayment"].map(settlement),
    allocation("allocation"),
    allocation("supplierAllocation"),
  ])(
    "is left out of a settlement ($recordType) once anybody of the connection was erased",
    async (record) => {
      expect(await sentOf(record)).toEqual([LEFT_OUT, LEFT_OUT]);
      expect(await sentOf(record, [])).toEqual([exchange.sent, exchange.answered]);
    },
  );

  it("is left out of a document of theirs, and kept of anybody else's", async () => {
    expect(await sentOf(anInvoice({ contactId: "C-45" }))).toEqual([LEFT_OUT, LEFT_OUT]);
    expect(await sentOf(anInvoice({ contactId: "C-46" }))).toEqual([exchange.sent, exchange.answered]);
  });
});

describe("a row kept aside", () => {
  async function payloadOf(row: { recordType?: QuarantinedRecord["recordType"]; payload: Json }) {
    const connector = concealErased(
      aConnector([{ recordType: "invoice", externalId: "I-1", problem: "no date", ...row }]),
      ERASED,
    );
    for await (const page of connector.pull("invoice", null, { knownVersions: async () => new Map() }))
      return page.quarantined[0]?.payload;
  }

  it.each<Json>([
    { customer_id: "C-45", customer_name: "Anna", email: "anna@shop.test" },
    { deep: [{ down: { whoever: "C-45" } }] },
    { customerId: 45 },
    { customer_id: "45" },
  ])("comes without its content where it names an erased contact: %j", async (payload) => {
    expect(await payloadOf({ payload })).toBeNull();
  });

  it.each<Json>([
    { customerId: 46, quantity: 45 },
    { invoice_id: "45" },
    ["C-456"],
    null,
    { a: [true, null] },
  ])("keeps its content where it names nobody who was erased: %j", async (payload) => {
    expect(await payloadOf({ payload })).toEqual(payload);
    expect(namesContact(payload, "C-45")).toBe(false);
  });
});
