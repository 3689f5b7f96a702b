import { describe, expect, test } from "vitest";
import type { ConnectorErrorKind } from "@/lib/connectors/contract/connector-error";
import type { ConnectorManifest, RecordCapability } from "@/lib/connectors/contract/manifest";
import { type Money, moneyText } from "@/lib/domain/money";
import { RECORD_TYPES, type RecordType } from "@/lib/domain/record-type";
import { encode } from "@/lib/kernel/json";
import { createVersionStore, failureOf, idsOf, openCounted, pullAll } from "./contract-tools";
import type { ContractFault, ContractWorld } from "./contract-world";

/** The cases that every connector must pass as a reader. */
export function describeReading(manifest: ConnectorManifest, world: () => ContractWorld): void {
  const readable = RECORD_TYPES.filter((type) => typeOfRead(manifest.capabilities[type]) === "own");
  const accompanied = RECORD_TYPES.filter((type) => typeOfRead(manifest.capabilities[type]) === "with");
  const unreadable = RECORD_TYPES.filter((type) => typeOfRead(manifest.capabilities[type]) !== "own");

  describe("reading", () => {
    test("probe names the tenant and its base currency, and reference data agrees", async () => {
      const { connector } = await openCounted(world());
      const probed = await connector.probe();
      const reference = await connector.referenceData();
      expect(probed.tenantName).not.toBe("");
      expect(probed.baseCurrency).toMatch(/^[A-Z]{3}$/);
      expect(reference.baseCurrency).toBe(probed.baseCurrency);
      expect(reference.currencies).toContain(probed.baseCurrency);
      expect(reference.accounts.length).toBeGreaterThan(0);
    });

    test.each(readable)("a pull of every %s is complete and holds none twice", async (recordType) => {
      const { connector } = await openCounted(world());
      const { records } = await pullAll(connector, recordType, { store: createVersionStore() });
      const expected = await world().reading.externalIds(recordType);
      expect(expected.length, `the seeded tenant has ${recordType} records`).toBeGreaterThan(0);
      expect(idsOf(records, recordType).sort()).toEqual([...expected].sort());
    });

    test.each(accompanied)("every %s arrives with the type that the manifest names", async (recordType) => {
      const { read } = manifest.capabilities[recordType];
      const carrier = typeof read === "object" ? read.with : recordType;
      const { connector } = await openCounted(world());
      const { records } = await pullAll(connector, carrier, { store: createVersionStore() });
      const expected = await world().reading.externalIds(recordType);
      expect(expected.length, `the seeded tenant has ${recordType} records`).toBeGreaterThan(0);
      expect(idsOf(records, recordType).sort()).toEqual([...expected].sort());
    });

    test.each(unreadable)(
      "a pull of %s, which is not declared as its own, is refused",
      async (recordType) => {
        const { connector, permits } = await openCounted(world());
        const failure = await failureOf(world(), async () => {
          for await (const _page of connector.pull(recordType, null, createVersionStore())) break;
        });
        expect(failure.retry).toBe("never");
        expect(permits.granted).toBe(0);
      },
    );

    test.each(readable)(
      "a %s inserted while paging makes no other come twice or go missing",
      async (recordType) => {
        const { connector } = await openCounted(world());
        const store = createVersionStore();
        const before = await world().reading.externalIds(recordType);
        let inserted = "";
        const first = await pullAll(connector, recordType, {
          store,
          afterFirstPage: async () => {
            inserted = await world().reading.insert(recordType);
          },
        });
        const seen = first.records.filter((record) => record.recordType === recordType);
        const keys = seen.map(({ externalId, version }) => `${externalId} ${version}`);
        expect(keys.length).toBe(new Set(keys).size);
        expect(idsOf(seen, recordType)).toEqual(expect.arrayContaining([...before]));
        const second = await pullAll(connector, recordType, { store, cursor: first.cursor });
        expect([...idsOf(seen, recordType), ...idsOf(second.records, recordType)]).toContain(inserted);
      },
    );

    test.each(readable)(
      "a pull of %s that stopped after a page goes on from its cursor",
      async (recordType) => {
        const store = createVersionStore();
        const { connector } = await openCounted(world());
        const start = await pullAll(connector, recordType, { store, stopAfterPages: 1 });
        const { connector: another } = await openCounted(world());
        const rest = await pullAll(another, recordType, { store, cursor: start.cursor });
        const ids = idsOf([...start.records, ...rest.records], recordType);
        expect(ids.sort()).toEqual([...(await world().reading.externalIds(recordType))].sort());
      },
    );

    test.each(readable)("a second pull of %s with nothing changed yields no record", async (recordType) => {
      const { connector } = await openCounted(world());
      const store = createVersionStore();
      const { cursor } = await pullAll(connector, recordType, { store });
      const again = await pullAll(connector, recordType, { store, cursor });
      const third = await pullAll(connector, recordType, { store, cursor: again.cursor });
      expect([...again.records, ...third.records].map(({ externalId }) => externalId)).toEqual([]);
    });

    test.each(readable)("a %s added later comes with the next pull", async (recordType) => {
      const { connector } = await openCounted(world());
      const store = createVersionStore();
      const { cursor } = await pullAll(connector, recordType, { store });
      const inserted = await world().reading.insert(recordType);
      const next = await pullAll(connector, recordType, { store, cursor });
      expect(idsOf(next.records, recordType)).toContain(inserted);
    });

    test.each(readable)("get gives the %s that pull gave, and null for an unknown id", async (recordType) => {
      const { connector } = await openCounted(world());
      const { records } = await pullAll(connector, recordType, { store: createVersionStore() });
      const pulled = records.find((record) => record.recordType === recordType);
      expect(pulled).toBeDefined();
      expect(encode(await connector.get(recordType, pulled?.externalId ?? ""))).toEqual(encode(pulled));
      expect(await connector.get(recordType, world().reading.absentId)).toBeNull();
    });

    test.each(readable)("the amounts of a %s cross the wire to the last unit", async (recordType) => {
      const { connector } = await openCounted(world());
      const exact = await world().reading.insertExactAmounts(recordType);
      const { records } = await pullAll(connector, recordType, { store: createVersionStore() });
      if (exact === null) return expect(records.every((record) => !("gross" in record))).toBe(true);
      const record = records.find(({ externalId }) => externalId === exact.externalId);
      expect(amountsOf(record, Object.keys(exact.amounts))).toEqual(exact.amounts);
    });

    test.each(readable)(
      "an unreadable %s is kept aside with a sentence and its neighbours are read",
      async (recordType) => {
        const { connector } = await openCounted(world());
        const store = createVersionStore();
        const { cursor } = await pullAll(connector, recordType, { store });
        const neighbour = await world().reading.insert(recordType);
        const unreadable = await world().reading.insertUnreadable(recordType);
        const next = await pullAll(connector, recordType, { store, cursor });
        expect(next.quarantined.map(({ externalId }) => externalId)).toEqual([unreadable]);
        expect(next.quarantined[0]?.recordType).toBe(recordType);
        expect(next.quarantined[0]?.problem).toMatch(/^[A-Z].*"[\w.]+".*\.$/);
        expect(next.quarantined[0]?.payload).not.toBeNull();
        expect(idsOf(next.records, recordType)).toContain(neighbour);
        expect(idsOf(next.records, recordType)).not.toContain(unreadable);
      },
    );
  });

  describeFaults(world, readable[0] ?? "contact");
}

const READ_FAULTS: readonly (readonly [ContractFault, readonly ConnectorErrorKind[]])[] = [
  ["rateLimited", ["rateLimited"]],
  ["serverError", ["unavailable"]],
  ["silence", ["timeout"]],
  ["brokenOff", ["unavailable", "wireMismatch"]],
  ["notJson", ["wireMismatch"]],
];

function describeFaults(world: () => ContractWorld, recordType: RecordType): void {
  describe("faults", () => {
    test("every call has its permit and every permit is observed", async () => {
      const before = await world().countCalls();
      const { connector, permits } = await openCounted(world());
      await connector.probe();
      await connector.referenceData();
      await pullAll(connector, recordType, { store: createVersionStore() });
      expect(permits.granted).toBe((await world().countCalls()) - before);
      expect(permits.observed).toBe(permits.granted);
      expect(permits.granted).toBeGreaterThan(2);
    });

    test.each(READ_FAULTS)(
      "%s while reading is of the right kind, observed, and over with the next try",
      async (fault, kinds) => {
        const { connector, permits } = await openCounted(world());
        await world().arm(fault);
        const failure = await failureOf(world(), () =>
          pullAll(connector, recordType, { store: createVersionStore() }),
        );
        expect(kinds).toContain(failure.kind);
        if (failure.kind === "rateLimited") expect(failure.retryAfterMs).toBeGreaterThan(0);
        expect(permits.observed).toBe(permits.granted);
        const { records } = await pullAll(connector, recordType, { store: createVersionStore() });
        expect(idsOf(records, recordType).length).toBeGreaterThan(0);
      },
    );

    test("an access token that is no longer good is renewed once and the call repeated", async () => {
      const before = await world().countCalls();
      const { connector, permits } = await openCounted(world());
      await world().arm("tokenRefused");
      const { tenantName } = await connector.probe();
      expect(tenantName).not.toBe("");
      expect(permits.granted).toBe((await world().countCalls()) - before);
      expect(permits.observed).toBe(permits.granted);
    });

    test("a revoked authorisation is authExpired", async () => {
      const { connector, permits } = await openCounted(world());
      await world().revokeAuthorisation();
      const failure = await failureOf(world(), () => connector.probe());
      expect(failure.kind).toBe("authExpired");
      expect(permits.observed).toBe(permits.granted);
    });
  });
}

/** Whether a type is pulled on its own, arrives with another, or is not read at all. */
export function typeOfRead({ read }: RecordCapability): "own" | "with" | "none" {
  if (typeof read === "object") return "with";
  return read === "none" ? "none" : "own";
}

function amountsOf(record: object | undefined, fields: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    fields.map((field) => {
      const value: unknown = record === undefined ? undefined : Reflect.get(record, field);
      return [field, isMoney(value) ? moneyText(value) : "no amount"];
    }),
  );
}

const isMoney = (value: unknown): value is Money =>
  typeof value === "object" && value !== null && "minor" in value && "currency" in value;
