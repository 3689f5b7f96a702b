import { describe, expect, test } from "vitest";
import type {
  Connector,
  WriteElement,
  WriteOutcome,
  WriteRequest,
} from "@/lib/connectors/contract/connector";
import { ConnectorError } from "@/lib/connectors/contract/connector-error";
import type { ConnectorManifest, WriteVerb } from "@/lib/connectors/contract/manifest";
import type { CanonicalRecord } from "@/lib/domain/canonical-record";
import { RECORD_TYPES, type RecordType } from "@/lib/domain/record-type";
import { invariant } from "@/lib/kernel/invariant";
import { expectNoSecrets, failureOf, openCounted } from "./contract-tools";
import type { ContractFault, ContractWorld, WritingHooks } from "./contract-world";

/** The cases for what a connector declares to write, and the refusal of what it does not. */
export function describeWriting(manifest: ConnectorManifest, world: () => ContractWorld): void {
  const verbs: readonly WriteVerb[] = ["create", "update", "void"];
  const undeclared = RECORD_TYPES.flatMap((type) =>
    verbs
      .filter((verb) => !manifest.capabilities[type].write.includes(verb))
      .map((verb) => [verb, type] as const),
  );
  const creatable = RECORD_TYPES.filter((type) => manifest.capabilities[type].write.includes("create"));

  describe("writing", () => {
    test.each(undeclared)(
      "%s of %s, which is not declared, is refused without a call",
      async (verb, recordType) => {
        const { connector, permits } = await openCounted(world());
        const failure = await failureOf(world(), () =>
          connector.apply({ recordType, verb, idempotencyKey: "undeclared", elements: [] }),
        );
        expect(failure.retry).toBe("never");
        expect(failure.mayHaveBeenApplied).toBe(false);
        expect(permits.granted).toBe(0);
      },
    );

    if (creatable.length === 0) return;

    test.each(creatable)("the same create of a %s twice makes one record", async (recordType) => {
      const hooks = writing(world());
      const { connector } = await openCounted(world());
      const request = requestOf(recordType, "twice", [await hooks.acceptable(recordType, "twice")]);
      const before = await hooks.countRecords(recordType);
      const [first] = await connector.apply(request);
      const [second] = await connector.apply(request);
      expect(first?.kind).toBe("applied");
      expect(await hooks.countRecords(recordType)).toBe(before + 1);
      expect(["applied", "alreadyApplied", "rejected"]).toContain(second?.kind);
      if (second !== undefined && "externalId" in second) expect(second.externalId).toBe(idOf(first));
    });

    test.each(creatable)("an applied %s bears its marker and is found by it", async (recordType) => {
      const hooks = writing(world());
      const { connector } = await openCounted(world());
      const record = await hooks.acceptable(recordType, "found");
      const [outcome] = await connector.apply(requestOf(recordType, "found", [record]));
      expect(outcome?.kind).toBe("applied");
      const found = await connector.find(recordType, [record]);
      expect(found.map(({ externalId }) => externalId)).toEqual([idOf(outcome)]);
      expect(found[0]?.marker).toBe(record.marker);
    });

    test.each(creatable)("find answers none for a %s that was never sent", async (recordType) => {
      const { connector } = await openCounted(world());
      const record = await writing(world()).acceptable(recordType, "never-sent");
      expect(await connector.find(recordType, [record])).toEqual([]);
    });

    test.each(creatable)(
      "a refused %s does not keep its neighbours from being applied",
      async (recordType) => {
        const hooks = writing(world());
        const { connector } = await openCounted(world());
        const records = [
          await hooks.acceptable(recordType, "batch-1"),
          await hooks.refusable(recordType, "batch-2"),
          ...(manifest.batch > 2 ? [await hooks.acceptable(recordType, "batch-3")] : []),
        ];
        const before = await hooks.countRecords(recordType);
        const request = requestOf(recordType, "batch", records);
        const outcomes = await connector.apply(request);
        expect(outcomes.map(({ intentId }) => intentId)).toEqual(
          request.elements.map(({ intentId }) => intentId),
        );
        expect(outcomes.map(({ kind }) => kind)).toEqual(
          records.map((_record, index) => (index === 1 ? "rejected" : "applied")),
        );
        expect(await hooks.countRecords(recordType)).toBe(before + records.length - 1);
        expectNoSecrets(world(), outcomes);
      },
    );

    test.each(creatable)(
      "a %s whose answer was lost is unknown, and find shows that it exists",
      async (recordType) => {
        const hooks = writing(world());
        const { connector, permits } = await openCounted(world());
        const record = await hooks.acceptable(recordType, "lost");
        const before = await hooks.countRecords(recordType);
        await world().arm("lostAnswer");
        const outcomes = await connector.apply(requestOf(recordType, "lost", [record]));
        expect(outcomes.map(({ kind }) => kind)).toEqual(["unknown"]);
        expect(permits.observed).toBe(permits.granted);
        expect(await hooks.countRecords(recordType)).toBe(before + 1);
        const found = await connector.find(recordType, [record]);
        expect(found.map(({ marker }) => marker)).toEqual([record.marker]);
      },
    );

    test.each(creatable)(
      "a %s in a locked period is named by preflight and not applied",
      async (recordType) => {
        const hooks = writing(world());
        const { connector } = await openCounted(world());
        const record = await hooks.inLockedPeriod(recordType, "locked");
        if (record === null) return expect(["contact", "item", "purchaseOrder"]).toContain(recordType);
        const problems = world().definition.rules.preflight(record, await connector.referenceData());
        expect(problems.map(({ cause }) => cause)).toContain("periodLocked");
        const before = await hooks.countRecords(recordType);
        expect(await causeOfRefusal(connector, requestOf(recordType, "locked", [record]))).toBe(
          "periodLocked",
        );
        expect(await hooks.countRecords(recordType)).toBe(before);
      },
    );

    const [some] = creatable;
    if (some === undefined) return;

    test.each(UNKNOWN_FAULTS)("%s while writing leaves the outcome unknown", async (fault) => {
      const { connector, permits } = await openCounted(world());
      const record = await writing(world()).acceptable(some, fault);
      await world().arm(fault);
      const outcomes = await connector.apply(requestOf(some, fault, [record]));
      expect(outcomes.map(({ kind }) => kind)).toEqual(["unknown"]);
      expect(permits.observed).toBe(permits.granted);
      expectNoSecrets(world(), outcomes);
    });

    test("a write that the vendor's limit refused has certainly done nothing and says when to come back", async () => {
      const hooks = writing(world());
      const { connector, permits } = await openCounted(world());
      const record = await hooks.acceptable(some, "limited");
      const before = await hooks.countRecords(some);
      await world().arm("rateLimited");
      const failure = await failureOf(world(), () => connector.apply(requestOf(some, "limited", [record])));
      expect(failure.kind).toBe("rateLimited");
      expect(failure.mayHaveBeenApplied).toBe(false);
      expect(failure.retryAfterMs).toBeGreaterThan(0);
      expect(permits.observed).toBe(permits.granted);
      expect(await hooks.countRecords(some)).toBe(before);
    });

    test("a write with a revoked authorisation has certainly done nothing", async () => {
      const { connector } = await openCounted(world());
      const record = await writing(world()).acceptable(some, "revoked");
      await world().revokeAuthorisation();
      const failure = await failureOf(world(), () => connector.apply(requestOf(some, "revoked", [record])));
      expect(failure.kind).toBe("authExpired");
      expect(failure.mayHaveBeenApplied).toBe(false);
    });

    test("every writing call has its permit and every permit is observed", async () => {
      const { connector, permits } = await openCounted(world());
      const record = await writing(world()).acceptable(some, "counted");
      const before = await world().countCalls();
      await connector.apply(requestOf(some, "counted", [record]));
      await connector.find(some, [record]);
      expect(permits.granted).toBe((await world().countCalls()) - before);
      expect(permits.observed).toBe(permits.granted);
    });
  });
}

const UNKNOWN_FAULTS: readonly ContractFault[] = ["serverError", "silence", "brokenOff", "notJson"];

function writing(world: ContractWorld): WritingHooks {
  invariant(world.writing !== null, "the manifest declares writes, so the world needs its writing hooks");
  return world.writing;
}

function requestOf(recordType: RecordType, key: string, records: readonly CanonicalRecord[]): WriteRequest {
  return {
    recordType,
    verb: "create",
    idempotencyKey: `contract-${recordType}-${key}`,
    elements: records.map(
      (record, index): WriteElement => ({ intentId: `${key}-${index}`, record, externalId: null }),
    ),
  };
}

const idOf = (outcome: WriteOutcome | undefined): string | null =>
  outcome !== undefined && "externalId" in outcome ? outcome.externalId : null;

/** A vendor may refuse the element or the whole call. */
async function causeOfRefusal(connector: Connector, request: WriteRequest): Promise<string> {
  try {
    const [outcome] = await connector.apply(request);
    return outcome?.kind === "rejected" ? outcome.problem.cause : `outcome ${outcome?.kind}`;
  } catch (thrown) {
    return thrown instanceof ConnectorError ? thrown.kind : "another error";
  }
}
