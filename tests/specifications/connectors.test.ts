import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Connector, WriteRequest } from "@/lib/connectors/contract/connector";
import type { CanonicalRecord } from "@/lib/domain/canonical-record";
import type { RecordType } from "@/lib/domain/record-type";
import { randomIds } from "@/lib/kernel/ids";
import type { ContractWorld } from "@/tests/contract/contract-world";
import { startXeroWorld } from "@/tests/contract/xero-world";
import { startZohoBooksWorld } from "@/tests/contract/zoho-books-world";
import { type Recording, recordExchanges } from "./recorded";
import { hasReference } from "./reference";

const WORLDS: readonly [string, () => Promise<ContractWorld>][] = [
  ["xero", () => startXeroWorld()],
  ["zoho-books", () => startZohoBooksWorld()],
];

describe.runIf(
  hasReference("the connectors' requests and the sandbox's answers against the official descriptions"),
)("with the official descriptions", () => {
  describe.each(WORLDS)("the %s connector and the sandbox", (_name, startWorld) => {
    let world: ContractWorld;
    let recording: Recording;
    let refused: Recording;

    beforeAll(async () => {
      world = await startWorld();
      await world.reset();
      recording = recordExchanges();
      const connector = world.definition.open(await world.openSession());
      await connector.probe();
      await connector.referenceData();
      const pulled = await pullEverything(world, connector);
      await findEverything(world, connector, pulled);
      await writeEverything(world, connector);
      recording.stop();
      refused = recordExchanges();
      await writeWhatIsRefused(world, connector);
      refused.stop();
    });
    afterAll(() => world.close());

    it("speak of operations that the vendor describes, and of more than ten", () => {
      expect(recording.operations().length).toBeGreaterThan(10);
    });

    it("send what the vendor describes", () => {
      expect(recording.requestProblems()).toEqual({});
    });

    it("answer what the vendor describes", () => {
      expect(recording.answerProblems()).toEqual({});
      expect(refused.answerProblems()).toEqual({});
    });
  });
});

function recordTypes({ definition }: ContractWorld): RecordType[] {
  return (Object.keys(definition.manifest.capabilities) as RecordType[]).filter(
    (recordType) => definition.manifest.capabilities[recordType] !== undefined,
  );
}

/** Every record type from the beginning, then once more from where that ended, and one record of each by id. */
async function pullEverything(world: ContractWorld, connector: Connector): Promise<CanonicalRecord[]> {
  const pulled: CanonicalRecord[] = [];
  for (const recordType of recordTypes(world)) {
    const { read } = world.definition.manifest.capabilities[recordType] ?? { read: "none" };
    if (read !== "full" && read !== "incremental") continue;
    let cursor: Parameters<Connector["pull"]>[1] = null;
    for (const from of ["the beginning", "the end"]) {
      if (from === "the end" && read !== "incremental") continue;
      const options = { knownVersions: async () => new Map<string, string>() };
      for await (const page of connector.pull(recordType, cursor, options)) {
        pulled.push(...page.records);
        cursor = page.nextCursor;
      }
    }
    const [externalId] = await world.reading.externalIds(recordType);
    if (externalId !== undefined) await connector.get(recordType, externalId);
    await connector.get(recordType, world.reading.absentId);
  }
  return pulled;
}

/** What is created is looked for first; a connector need not be able to look for anything else. */
async function findEverything(
  { definition }: ContractWorld,
  connector: Connector,
  pulled: readonly CanonicalRecord[],
): Promise<void> {
  for (const recordType of new Set(pulled.map((record) => record.recordType))) {
    if (!definition.manifest.capabilities[recordType].write.includes("create")) continue;
    const sought = pulled.filter((record) => record.recordType === recordType).slice(0, 3);
    await connector.find(recordType, sought);
  }
}

/** One record of each type, then what can be changed and taken back of it. */
async function writeEverything(world: ContractWorld, connector: Connector): Promise<void> {
  const { writing } = world;
  if (writing === null) return;
  for (const recordType of recordTypes(world)) {
    const verbs = world.definition.manifest.capabilities[recordType]?.write ?? [];
    if (!verbs.includes("create")) continue;
    const good = await writing.acceptable(recordType, "described");
    const [made] = await connector.apply(writeOf(recordType, "create", [good]));
    if (made?.kind !== "applied") throw new Error(`${recordType} was not applied: ${JSON.stringify(made)}`);
    for (const verb of ["update", "void"] as const)
      if (verbs.includes(verb)) await connector.apply(writeOf(recordType, verb, [good], made.externalId));
  }
}

/** What is sent here is wrong on purpose: only the answers are the vendor's. */
async function writeWhatIsRefused(
  { definition, writing }: ContractWorld,
  connector: Connector,
): Promise<void> {
  if (writing === null) return;
  for (const [recordType, { write }] of Object.entries(definition.manifest.capabilities)) {
    if (!write.includes("create")) continue;
    const good = await writing.acceptable(recordType as RecordType, "beside");
    const bad = await writing.refusable(recordType as RecordType, "refused");
    await connector.apply(writeOf(recordType as RecordType, "create", [good, bad]));
  }
}

function writeOf(
  recordType: RecordType,
  verb: WriteRequest["verb"],
  records: readonly CanonicalRecord[],
  externalId: string | null = null,
): WriteRequest {
  return {
    recordType,
    verb,
    idempotencyKey: randomIds.next(),
    elements: records.map((record) => ({ intentId: randomIds.next(), record, externalId })),
  };
}
