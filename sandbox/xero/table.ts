/**
 * Records of one kind in one organisation with look-ups by natural key, and an undo list so that a refused
 * batch leaves nothing behind. Indexes are built from headers at opening and kept by every put.
 */
import type { Derived } from "@/sandbox/kit/derived";
import type { Layers, SandboxStore } from "@/sandbox/kit/types";
import type { Kept } from "./records";

export interface Table<Body extends Kept, Header, Key extends string> {
  get(id: string): Body | undefined;
  head(id: string): Header | undefined;
  put(body: Body): void;
  delete(id: string): void;
  /** Ids under a key of an index, in order of insertion. */
  by(index: Key, key: string): ReadonlySet<string>;
  heads(): IterableIterator<[string, Header]>;
  readonly size: number;
  /** Puts derived records below the written ones; see kit/derived.ts. */
  derive(source: Derived<Body, Header>): void;
  readonly derived: Layers<Body, Header>["derived"];
  /** Written records alone, in order of insertion. */
  writtenHeads(): IterableIterator<[string, Header]>;
}

const NONE: ReadonlySet<string> = new Set();

/** Collects what must be done to take changes back; see withUndo. */
export interface UndoList {
  active: (() => void)[] | null;
  /** Told of what is put and that it will stay; see webhooks/announce.ts. */
  watcher?: PutWatcher;
}

export interface PutWatcher {
  /** Before a record is put that may still be taken back through the list; whether it is new. */
  putting(table: string, body: Kept, isNew: () => boolean): void;
  /** What was put so far can no longer be taken back. */
  committed(): void;
}

/** Opens a table; each index gives the key of a header, or null when it has none. */
export function openTable<Body extends Kept, Header, Key extends string>(
  store: SandboxStore,
  name: string,
  undo: UndoList,
  header: (body: Body) => Header,
  indexes: Readonly<Record<Key, (header: Header) => string | null>>,
): Table<Body, Header, Key> {
  const collection = store.collection<Body, Header>(name, header);
  const keyed: { keyOf: (header: Header) => string | null; ids: Map<string, Set<string>> }[] = [];
  const keyedBy = new Map<string, (typeof keyed)[number]>();
  for (const index in indexes) {
    const made = { keyOf: indexes[index], ids: new Map<string, Set<string>>() };
    keyed.push(made);
    keyedBy.set(index, made);
  }
  function refile(id: string, before: Header | undefined, after: Header | undefined): void {
    for (const { keyOf, ids } of keyed) {
      const from = before === undefined ? null : keyOf(before);
      const to = after === undefined ? null : keyOf(after);
      if (from === to) continue;
      if (from !== null) {
        const under = ids.get(from);
        under?.delete(id);
        if (under?.size === 0) ids.delete(from);
      }
      if (to !== null) ids.set(to, (ids.get(to) ?? new Set()).add(id));
    }
  }
  for (const [id, head] of collection.writtenHeads()) refile(id, undefined, head);

  function replace(id: string, body: Body | undefined): void {
    // A derived record that is written over was in no index of ours.
    const before = collection.isWritten(id) ? collection.head(id) : undefined;
    if (body === undefined) collection.delete(id);
    else collection.put(id, body);
    refile(id, before, body === undefined ? undefined : collection.head(id));
  }
  function change(id: string, body: Body | undefined): void {
    if (undo.active !== null) {
      const before = collection.get(id);
      undo.active.push(() => replace(id, before));
    }
    if (body !== undefined) undo.watcher?.putting(name, body, () => collection.head(id) === undefined);
    replace(id, body);
    if (undo.active === null) undo.watcher?.committed();
  }
  return {
    get: (id) => collection.get(id),
    head: (id) => collection.head(id),
    put: (body) => change(body.id, body),
    delete: (id) => change(id, undefined),
    by(index, key) {
      const found = keyedBy.get(index);
      const written = found?.ids.get(key) ?? NONE;
      const hidden = collection.hiddenIds();
      if (found === undefined || (collection.derived === null && hidden.length === 0)) return written;
      const ids = new Set(derivedUnder(collection, index, key));
      for (const id of [...written, ...hidden]) {
        const head = collection.head(id);
        if (head !== undefined && found.keyOf(head) === key) ids.add(id);
        else ids.delete(id);
      }
      return ids;
    },
    heads: () => collection.heads(),
    derive: (source) => collection.derive(source),
    get derived() {
      return collection.derived;
    },
    writtenHeads: () => collection.writtenHeads(),
    get size() {
      return collection.size;
    },
  };
}

/** Ids of the derived records under a key that nobody has written over. */
function* derivedUnder<Body, Header>(
  collection: Layers<Body, Header>,
  index: string,
  key: string,
): Iterable<string> {
  if (collection.derived === null) return;
  const { source, touched } = collection.derived;
  for (const number of source.by(index, key) ?? []) if (!touched.has(number)) yield source.id(number);
}

/** Runs a change; takes everything back when `keep` says no to its outcome or when it throws. */
export function withUndo<T>(undo: UndoList, run: () => T, keep: (outcome: T) => boolean): T {
  const outer = undo.active;
  const mine: (() => void)[] = [];
  undo.active = mine;
  let kept = false;
  try {
    const outcome = run();
    kept = keep(outcome);
    return outcome;
  } finally {
    undo.active = outer;
    if (kept) outer?.push(...mine);
    else for (const step of mine.reverse()) step();
    if (kept && outer === null) undo.watcher?.committed();
  }
}
