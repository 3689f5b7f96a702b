/** The records of the simulated TIMS over a sandbox's store. A context opens each collection once. */
import { invariant } from "@/lib/kernel/invariant";
import type { Collection, SandboxContext } from "@/sandbox/kit/types";
import { RESOURCE_NAMES, RESOURCES, type ResourceName, type Row } from "./records";

interface RowHead {
  readonly modifiedOn: string;
}

export interface StoredToken {
  readonly clientId: string;
  readonly expiresMs: number;
}

export interface StoredClient {
  readonly revoked: boolean;
}

export interface TimsBooks {
  table(name: ResourceName): Collection<Row, RowHead>;
  /** By the hash of the token. */
  readonly tokens: Collection<StoredToken, StoredToken>;
  /** Clients that an administrator of TIMS has switched off. */
  readonly clients: Collection<StoredClient, StoredClient>;
  /** The time of a change, ISO. */
  stamp(): string;
  nextId(): string;
  /** Puts a row with the time of now, unless it brings its own. Answers its id. */
  put(name: ResourceName, row: Readonly<Record<string, unknown>>): string;
}

const opened = new WeakMap<object, TimsBooks>();

/** The books of a context's store, opened once. */
export function openTimsBooks(context: SandboxContext): TimsBooks {
  const known = opened.get(context.store);
  if (known !== undefined) return known;
  const tables = new Map(
    RESOURCE_NAMES.map((name) => [
      name,
      context.store.collection<Row, RowHead>(`tims.${name}`, ({ modifiedOn }) => ({ modifiedOn })),
    ]),
  );
  const counters = context.store.collection<{ next: number }, null>("tims.counters", () => null);
  const table = (name: ResourceName) => {
    const found = tables.get(name);
    invariant(found !== undefined, `TIMS keeps ${name}`);
    return found;
  };
  const stamp = (): string => context.clock.now().toISOString();
  const nextId = (): string => {
    const next = counters.get("id")?.next ?? 10_001;
    counters.put("id", { next: next + 1 });
    return String(next);
  };
  const books: TimsBooks = {
    table,
    tokens: context.store.collection<StoredToken, StoredToken>("tims.tokens", (token) => token),
    clients: context.store.collection<StoredClient, StoredClient>("tims.clients", (client) => client),
    stamp,
    nextId,
    put(name, row) {
      const { idField } = RESOURCES[name];
      const id = String(row[idField] ?? nextId());
      table(name).put(id, { modifiedOn: stamp(), ...row, [idField]: id });
      return id;
    },
  };
  opened.set(context.store, books);
  return books;
}
