/**
 * Records of one kind in one organisation with look-ups by natural key, and an undo list so that a refused
 * batch leaves nothing behind. Indexes are built from headers at opening and kept by every put.
 */
import type { SandboxStore } from "@/sandbox/kit/types";
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
}

const NONE: ReadonlySet<string> = new Set();

/** Collects what must be done to take changes back; see withUndo. */
export interface UndoList {
  active: (() => void)[] | null;
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
  for (const [id, head] of collection.heads()) refile(id, undefined, head);

  function replace(id: string, body: Body | undefined): void {
    const before = collection.head(id);
    if (body === undefined) collection.delete(id);
    else collection.put(id, body);
    refile(id, before, collection.head(id));
  }
  function change(id: string, body: Body | undefined): void {
    if (undo.active !== null) {
      const before = collection.get(id);
      undo.active.push(() => replace(id, before));
    }
    replace(id, body);
  }
  return {
    get: (id) => collection.get(id),
    head: (id) => collection.head(id),
    put: (body) => change(body.id, body),
    delete: (id) => change(id, undefined),
    by: (index, key) => keyedBy.get(index)?.ids.get(key) ?? NONE,
    heads: () => collection.heads(),
    get size() {
      return collection.size;
    },
  };
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
  }
}
