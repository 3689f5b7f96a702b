/**
 * The sandbox's records: a small header of each in memory as an object, its body as compact bytes, so that
 * two vendors' quarter of a million lines fit in one modest process. With a folder, every change also goes
 * to an append-only log; without one the store lives and dies with the process. Below the written records a
 * collection may have derived ones; a stale read sees both as they were before recent writes.
 */
import { invariant } from "@/lib/kernel/invariant";
import { type BodyArena, createBodyArena } from "./body-arena";
import { callScope } from "./call-scope";
import { createTouched, type Derived, type Touched, untouchedFrom } from "./derived";
import { createHiddenWrites } from "./hidden-writes";
import { openStoreLog, type StoredChange, type StoreLog } from "./store-log";
import type { Collection, Layers, SandboxClock, SandboxStore } from "./types";

/** A store that can also be emptied. */
export interface ResettableStore extends SandboxStore {
  /**
   * The store as it is until the next reset. What is opened or put through it later stands apart from the
   * store: a call that a reset overtakes goes on with the records it began with, and none of them comes back.
   */
  untilReset(): SandboxStore;
  /** Removes every record and forgets the open collections, which must be opened anew. */
  reset(): void;
}

/** Derived records that were removed; their ids stand in no collection. */
const REMOVED = "kit.removed";

/** Every written body, in one arena. */
interface Bodies {
  of(collection: string): Map<string, number>;
  read(place: number): string;
  put(collection: string, id: string, json: string): void;
  remove(collection: string, id: string): boolean;
  count(): number;
  all(): Iterable<{ collection: string; id: string; json: string }>;
}

function createBodies(): Bodies {
  let arena: BodyArena = createBodyArena();
  const places = new Map<string, Map<string, number>>();
  const of = (collection: string): Map<string, number> => {
    const found = places.get(collection) ?? new Map<string, number>();
    places.set(collection, found);
    return found;
  };
  /** Moves every body into a new arena, so that the old one's gaps are given back. */
  function tidy(): void {
    if (!arena.isWasteful) return;
    const next = createBodyArena();
    for (const held of places.values())
      for (const [id, place] of held) held.set(id, next.keep(arena.read(place)));
    arena = next;
  }
  return {
    of,
    read: (place) => arena.read(place),
    put(collection, id, json) {
      const held = of(collection);
      const before = held.get(id);
      if (before !== undefined) arena.free(before);
      held.set(id, arena.keep(json));
      tidy();
    },
    remove(collection, id) {
      const held = of(collection);
      const before = held.get(id);
      if (before === undefined) return false;
      arena.free(before);
      held.delete(id);
      tidy();
      return true;
    },
    count() {
      let records = 0;
      for (const held of places.values()) records += held.size;
      return records;
    },
    *all() {
      for (const [collection, held] of places)
        for (const [id, place] of held) yield { collection, id, json: arena.read(place) };
    },
  };
}

/** Opens the store of a folder (restoring what it holds), or one in memory when `dir` is null. */
export async function createStore({
  dir,
  clock,
}: {
  dir: string | null;
  /** Tells when a hidden write is seen; by default nothing is ever hidden. */
  clock?: SandboxClock;
}): Promise<ResettableStore> {
  let bodies = createBodies();
  const log: StoreLog | null =
    dir === null
      ? null
      : await openStoreLog(dir, {
          restore({ collection, id, json }) {
            if (json === null) bodies.remove(collection, id);
            else bodies.put(collection, id, json);
          },
          snapshot: () => bodies.all(),
          count: () => bodies.count(),
        });
  const nowMs = (): number => clock?.now().getTime() ?? 0;

  const flush = (): Promise<void> => log?.flush() ?? Promise.resolve();
  const close = (): Promise<void> => log?.close() ?? Promise.resolve();

  function openEpoch(): SandboxStore {
    const opened = new Set<string>();
    const own = bodies;
    const parts: CollectionParts = {
      bodies: own,
      keep: (record) => (own === bodies ? log?.append(record) : undefined),
      nowMs,
    };
    return {
      collection(name, header) {
        invariant(!opened.has(name), `the collection "${name}" is already open`);
        opened.add(name);
        return openCollection(parts, name, header);
      },
      flush,
      close,
    };
  }
  let epoch = openEpoch();

  return {
    collection: (name, header) => epoch.collection(name, header),
    untilReset: () => epoch,
    flush,
    close,
    reset() {
      for (const { collection, id } of bodies.all()) log?.append({ collection, id, json: null });
      bodies = createBodies();
      epoch = openEpoch();
    },
  };
}

interface CollectionParts {
  readonly bodies: Bodies;
  /** Writes a change to the log, unless a reset has come since. */
  keep(record: StoredChange): void;
  nowMs(): number;
}

function openCollection<Body, Header>(
  { bodies, keep, nowMs }: CollectionParts,
  name: string,
  header: (body: Body) => Header,
): Collection<Body, Header> & Layers<Body, Header> {
  const places = bodies.of(name);
  const headers = new Map<string, Header>();
  const hidden = createHiddenWrites<Body, Header>();
  let derived: { source: Derived<Body, Header>; touched: Touched } | null = null;
  const read = (place: number): Body => JSON.parse(bodies.read(place));
  for (const [id, place] of places) headers.set(id, header(read(place)));

  /** The number of a derived record that nobody has touched. */
  function derivedNumber(id: string): number | null {
    const number = derived?.source.numberOf(id) ?? null;
    return number === null || derived?.touched.has(number) ? null : number;
  }
  function presentBody(id: string): Body | undefined {
    const place = places.get(id);
    if (place !== undefined) return read(place);
    const number = derivedNumber(id);
    return number === null ? undefined : derived?.source.body(number);
  }
  function presentHead(id: string): Header | undefined {
    const head = headers.get(id);
    if (head !== undefined || derived === null) return head;
    const number = derivedNumber(id);
    return number === null ? undefined : derived.source.head(number);
  }
  const seesStale = (): boolean => !hidden.isEmpty && callScope()?.seesStale === true;
  function hideChange(id: string): void {
    const untilMs = callScope()?.hidesUntilMs ?? null;
    if (untilMs !== null) hidden.hide(id, { body: presentBody(id), head: presentHead(id) }, untilMs);
  }
  function touch(id: string): void {
    const number = derived?.source.numberOf(id) ?? null;
    if (number !== null) derived?.touched.add(number);
  }
  function* presentHeads(): IterableIterator<[string, Header]> {
    if (derived !== null)
      for (const number of untouchedFrom(derived.touched, 0, derived.source.size))
        yield [derived.source.id(number), derived.source.head(number)];
    yield* headers;
  }
  function* staleHeads(): IterableIterator<[string, Header]> {
    const now = nowMs();
    const ids = new Set(hidden.ids(now));
    for (const [id, head] of presentHeads()) {
      const shown = ids.delete(id) ? hidden.before(id, now)?.head : head;
      if (shown !== undefined) yield [id, shown];
    }
    for (const id of ids) {
      const head = hidden.before(id, now)?.head;
      if (head !== undefined) yield [id, head];
    }
  }

  return {
    derive(source) {
      const touched = createTouched();
      derived = { source, touched };
      for (const id of [...places.keys(), ...removedIds(bodies, name)]) touch(id);
    },
    get derived() {
      return derived;
    },
    get(id) {
      const before = seesStale() ? hidden.before(id, nowMs()) : null;
      return before === null ? presentBody(id) : before.body;
    },
    head(id) {
      const before = seesStale() ? hidden.before(id, nowMs()) : null;
      return before === null ? presentHead(id) : before.head;
    },
    put(id, body) {
      hideChange(id);
      const json = JSON.stringify(body);
      bodies.put(name, id, json);
      headers.set(id, header(body));
      touch(id);
      keep({ collection: name, id, json });
    },
    delete(id) {
      if (presentHead(id) === undefined && !places.has(id)) return;
      hideChange(id);
      if (bodies.remove(name, id)) keep({ collection: name, id, json: null });
      headers.delete(id);
      if ((derived?.source.numberOf(id) ?? null) === null) return;
      touch(id);
      const removed = { collection: REMOVED, id: `${name} ${id}`, json: "true" };
      bodies.put(removed.collection, removed.id, removed.json);
      keep(removed);
    },
    heads: () => (seesStale() ? staleHeads() : derived === null ? headers.entries() : presentHeads()),
    writtenHeads: () => headers.entries(),
    isWritten: (id) => headers.has(id),
    hiddenIds: () => (seesStale() ? hidden.ids(nowMs()) : []),
    get size() {
      return derived === null ? headers.size : headers.size + derived.source.size - derived.touched.size;
    },
  };
}

/** Ids of a collection's derived records that were removed. */
function* removedIds(bodies: Bodies, name: string): Iterable<string> {
  const prefix = `${name} `;
  for (const key of bodies.of(REMOVED).keys()) if (key.startsWith(prefix)) yield key.slice(prefix.length);
}
