import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { ConnectorManifest } from "@/lib/connectors/contract/manifest";
import { RECORD_TYPES } from "@/lib/domain/record-type";
import { invariant } from "@/lib/kernel/invariant";
import type { ContractWorld } from "./contract-world";
import { describeReading } from "./reading-contract";
import { describeWriting } from "./writing-contract";

/**
 * The suite that every connector passes against its simulator: what the manifest declares works, what it does not is
 * refused, nothing is dropped, doubled or lost to the last unit, every call has its permit, every failure has the right
 * kind and no failure tells a secret. A connector's contract.test.ts is one call of this function.
 */
export function describeConnectorContract(subject: {
  readonly name: string;
  /** Plain data, known before anything runs: it decides which cases there are. */
  readonly manifest: ConnectorManifest;
  /** Starts the simulator, connects a tenant of it by the connector's own auth, and returns the hooks. */
  startWorld(): Promise<ContractWorld>;
}): void {
  describe(`connector contract: ${subject.name}`, () => {
    let started: ContractWorld | null = null;
    const world = (): ContractWorld => {
      invariant(started !== null, "the world has started");
      return started;
    };
    beforeAll(async () => {
      started = await subject.startWorld();
    });
    afterAll(async () => {
      await started?.close();
    });
    beforeEach(async () => {
      await world().reset();
    });

    test("the manifest is the definition's own and whole", () => {
      expect(world().definition.manifest).toEqual(subject.manifest);
      expect(JSON.parse(JSON.stringify(subject.manifest))).toEqual(subject.manifest);
      expect(Object.keys(subject.manifest.capabilities).sort()).toEqual([...RECORD_TYPES].sort());
      const writes = RECORD_TYPES.some((type) => subject.manifest.capabilities[type].write.length > 0);
      expect(subject.manifest.batch > 0).toBe(writes);
      expect(world().writing !== null).toBe(writes);
      for (const { why } of subject.manifest.scopes) expect(why).toMatch(/^[A-Z].*\.$/);
    });

    describeReading(subject.manifest, world);
    describeWriting(subject.manifest, world);
  });
}
