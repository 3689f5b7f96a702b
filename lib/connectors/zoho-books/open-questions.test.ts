import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { RECORD_TYPES } from "@/lib/domain/record-type";
import { createVersionStore, failureOf, idsOf, openCounted, pullAll } from "@/tests/contract/contract-tools";
import { startZohoBooksWorld, type ZohoBooksWorld } from "@/tests/contract/zoho-books-world";
import { zohoBooksManifest } from "./manifest";

/** What Zoho's documents leave open is a switch of the sandbox; the connector is right in each position. */
let world: ZohoBooksWorld;
beforeAll(async () => {
  world = await startZohoBooksWorld();
});
afterAll(() => world.close());
beforeEach(() => world.reset());

const own = RECORD_TYPES.filter((type) => typeof zohoBooksManifest.capabilities[type].read === "string");

test.each([
  ["zoho.modified-since", "inclusive"],
  ["zoho.modified-since", "exclusive"],
  ["zoho.payment-list-key", "customer_payments"],
  ["zoho.not-found-status", "400"],
  ["zoho.partly-paid-overdue", "overdue"],
  ["zoho.rate-headers", "absent"],
  ["zoho.duplicate-contact-names", "allowed"],
  ["zoho.document-answers", "described"],
])("with %s %s every type is read once, and later additions once", async (name, position) => {
  world.sandbox.context.switches.set(name, position);
  const { connector } = await openCounted(world);
  const store = createVersionStore();
  for (const recordType of own) {
    const first = await pullAll(connector, recordType, { store });
    expect(idsOf(first.records, recordType)).toHaveLength(
      (await world.reading.externalIds(recordType)).length,
    );
    let { cursor } = first;
    for (let round = 0; round < 3; round += 1) {
      const added = await world.reading.insert(recordType);
      const next = await pullAll(connector, recordType, { store, cursor });
      expect(idsOf(next.records, recordType).filter((id) => id === added)).toEqual([added]);
      const quiet = await pullAll(connector, recordType, { store, cursor: next.cursor });
      expect(quiet.records).toEqual([]);
      cursor = quiet.cursor;
    }
    expect(await connector.get(recordType, world.reading.absentId)).toBeNull();
  }
});

test.each(["inclusive", "exclusive"])(
  "a change a minute and more after the last pull is found and nothing else read (filter %s)",
  async (position) => {
    world.sandbox.context.switches.set("zoho.modified-since", position);
    const { connector } = await openCounted(world);
    const store = createVersionStore();
    let { cursor } = await pullAll(connector, "invoice", { store });
    for (let round = 0; round < 3; round += 1) {
      world.sandbox.clock.advance(120_000);
      const added = [world.addInvoice(), world.addInvoice()];
      const next = await pullAll(connector, "invoice", { store, cursor });
      expect(idsOf(next.records, "invoice").sort()).toEqual(added.sort());
      cursor = next.cursor;
    }
  },
);

test.each(["14", "57"])(
  "an unknown token answered with code %s is renewed once, and a lost scope is permission",
  async (code) => {
    world.sandbox.context.switches.set("zoho.invalid-token-code", code);
    const { connector } = await openCounted(world);
    world.sandbox.ageTokens("zoho", 61);
    expect((await connector.probe()).tenantName).not.toBe("");
    world.sandbox.faults.order({
      service: "zoho",
      method: "GET",
      skip: 0,
      times: 3,
      effect: {
        type: "status",
        status: 401,
        body: '{"code":57,"message":"You are not authorized to perform this operation"}',
        headers: {},
        afterHandling: false,
      },
    });
    expect((await failureOf(world, () => connector.probe())).kind).toBe("permission");
    // Two calls for the first failure; the second asks for no further token.
    const before = world.sandbox.callLog.seq;
    expect((await failureOf(world, () => connector.probe())).kind).toBe("permission");
    expect(world.sandbox.callLog.seq).toBe(before + 1);
  },
);

test("another organisation's id is permission", async () => {
  const { session } = await openCounted(world);
  const connector = world.definition.open({ ...session, tenantId: "20097315521" });
  expect((await failureOf(world, () => connector.probe())).kind).toBe("permission");
});

test("a plan without reporting tags has none, and the rest of the reference data is whole", async () => {
  const { connector } = await openCounted(world);
  world.sandbox.faults.order({
    service: "zoho",
    operation: "/reportingtags",
    skip: 0,
    times: 2,
    effect: {
      type: "status",
      status: 401,
      body: '{"code":57,"message":"no"}',
      headers: {},
      afterHandling: false,
    },
  });
  const { trackingCategories, taxRates } = await connector.referenceData();
  expect(trackingCategories).toEqual([]);
  expect(taxRates.length).toBeGreaterThan(0);
});
