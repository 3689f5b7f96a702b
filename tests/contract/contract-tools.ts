import { expect } from "vitest";
import type {
  Connector,
  ConnectorSession,
  PullOptions,
  PullPage,
  QuarantinedRecord,
} from "@/lib/connectors/contract/connector";
import { ConnectorError } from "@/lib/connectors/contract/connector-error";
import type { CanonicalRecord } from "@/lib/domain/canonical-record";
import type { RecordType } from "@/lib/domain/record-type";
import { invariant } from "@/lib/kernel/invariant";
import { encode, type Json } from "@/lib/kernel/json";
import type { ContractWorld } from "./contract-world";

/** What the cases of the contract suite share: a session that counts its permits, a store of versions, error checks. */

export interface PermitCounts {
  granted: number;
  observed: number;
}

/** Opens a connector whose permits are counted. */
export async function openCounted(
  world: ContractWorld,
): Promise<{ connector: Connector; permits: PermitCounts; session: ConnectorSession }> {
  const inner = await world.openSession();
  const permits: PermitCounts = { granted: 0, observed: 0 };
  const session: ConnectorSession = {
    ...inner,
    accessToken: (options) => inner.accessToken(options),
    async permit(cost) {
      const permit = await inner.permit(cost);
      permits.granted += cost;
      return {
        async observe(answer) {
          permits.observed += cost;
          await permit.observe(answer);
        },
      };
    },
  };
  return { connector: world.definition.open(session), permits, session };
}

/** Versions as the engine stores them: a record counts as known once its page was taken. */
export function createVersionStore(): PullOptions & { take(page: PullPage): void } {
  const versions = new Map<string, string>();
  return {
    async knownVersions(recordType, externalIds) {
      return new Map(
        externalIds.flatMap((id) => {
          const version = versions.get(`${recordType} ${id}`);
          return version === undefined ? [] : [[id, version] as const];
        }),
      );
    },
    take(page) {
      for (const record of page.records)
        versions.set(`${record.recordType} ${record.externalId}`, record.version);
    },
  };
}

export interface Pulled {
  readonly records: readonly CanonicalRecord[];
  readonly quarantined: readonly QuarantinedRecord[];
  readonly cursor: Json;
  readonly pages: number;
}

/** Pulls to the end (or until `stopAfterPages`), through JSON as the engine would store records and cursor. */
export async function pullAll(
  connector: Connector,
  recordType: RecordType,
  options: {
    readonly store: ReturnType<typeof createVersionStore>;
    readonly cursor?: Json;
    readonly stopAfterPages?: number;
    readonly afterFirstPage?: () => Promise<void>;
  },
): Promise<Pulled> {
  const records: CanonicalRecord[] = [];
  const quarantined: QuarantinedRecord[] = [];
  let cursor = options.cursor ?? null;
  let pages = 0;
  for await (const page of connector.pull(recordType, cursor, options.store)) {
    pages += 1;
    options.store.take(page);
    records.push(...page.records);
    quarantined.push(...page.quarantined);
    expect(JSON.parse(JSON.stringify(page.nextCursor)), "a cursor survives JSON").toEqual(page.nextCursor);
    cursor = page.nextCursor;
    if (pages === 1) await options.afterFirstPage?.();
    if (pages === options.stopAfterPages) break;
  }
  expect(pages, "every pull gives at least one page, and with it a cursor").toBeGreaterThan(0);
  return { records, quarantined, cursor, pages };
}

export const idsOf = (records: readonly CanonicalRecord[], recordType: RecordType): string[] =>
  records.filter((record) => record.recordType === recordType).map(({ externalId }) => externalId);

/** The ConnectorError that an action ends with, after looking for secrets in every part of it. */
export async function failureOf(
  world: ContractWorld,
  action: () => Promise<unknown>,
): Promise<ConnectorError> {
  try {
    await action();
  } catch (thrown) {
    expectNoSecrets(world, thrown);
    expect(thrown).toBeInstanceOf(ConnectorError);
    invariant(thrown instanceof ConnectorError, "a connector throws ConnectorErrors only");
    return thrown;
  }
  throw new Error("the call should have failed");
}

/** Nothing that a log or an event could show of a value holds a secret. */
export function expectNoSecrets(world: ContractWorld, value: unknown): void {
  const shown = everythingIn(value);
  const secrets = world.secrets();
  expect(secrets.length, "the world tells its secrets").toBeGreaterThan(0);
  for (const secret of secrets) {
    expect(secret.length, "a secret is long enough to be found by chance nowhere").toBeGreaterThan(8);
    expect(shown.includes(secret), "a secret stands in an error").toBe(false);
  }
}

function everythingIn(value: unknown, depth = 0): string {
  if (depth > 5) return "";
  if (value instanceof Error) {
    const own = Object.getOwnPropertyNames(value).map((name) => [name, Reflect.get(value, name)] as const);
    const parts = own.map(([name, part]) => `${name}: ${everythingIn(part, depth + 1)}`);
    return [String(value), JSON.stringify(value), value.stack ?? "", ...parts].join("\n");
  }
  if (typeof value === "object" && value !== null) {
    try {
      return JSON.stringify(encode(value));
    } catch {
      return Object.values(value)
        .map((part) => everythingIn(part, depth + 1))
        .join("\n");
    }
  }
  return String(value);
}
