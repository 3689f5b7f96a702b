/**
 * What records were before writes that reads shall not see yet (a fault: stale reads). Each entry lasts until
 * its instant of sandbox time; the number of entries is bounded, and the oldest gives way.
 */
const ENTRIES_MAX = 20_000;

/** A record as it was; both undefined when it did not exist. */
export interface Before<Body, Header> {
  readonly body: Body | undefined;
  readonly head: Header | undefined;
}

export interface HiddenWrites<Body, Header> {
  hide(id: string, before: Before<Body, Header>, untilMs: number): void;
  /** What a stale read sees in place of the record; null when it sees the record itself. */
  before(id: string, nowMs: number): Before<Body, Header> | null;
  /** Ids with something hidden. */
  ids(nowMs: number): readonly string[];
  readonly isEmpty: boolean;
}

/** Nothing hidden. */
export function createHiddenWrites<Body, Header>(): HiddenWrites<Body, Header> {
  const entries = new Map<string, { readonly before: Before<Body, Header>; readonly untilMs: number }[]>();
  /** The oldest write that is still hidden decides what the record looks like. */
  function firstHidden(id: string, nowMs: number): Before<Body, Header> | null {
    const held = (entries.get(id) ?? []).filter(({ untilMs }) => untilMs > nowMs);
    if (held.length === 0) entries.delete(id);
    else entries.set(id, held);
    return held[0]?.before ?? null;
  }
  return {
    hide(id, before, untilMs) {
      const held = entries.get(id) ?? [];
      entries.delete(id);
      entries.set(id, [...held, { before, untilMs }]);
      const [oldest] = entries.keys();
      if (entries.size > ENTRIES_MAX && oldest !== undefined) entries.delete(oldest);
    },
    before: firstHidden,
    ids: (nowMs) => [...entries.keys()].filter((id) => firstHidden(id, nowMs) !== null),
    get isEmpty() {
      return entries.size === 0;
    },
  };
}
