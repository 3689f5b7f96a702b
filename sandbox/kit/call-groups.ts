/**
 * Calls counted by who called, what and how it ended: what a person looks at to see which client did what. A
 * group's outcome is its status, or the fault that left the call without an answer.
 */

/** More groups than this are counted under one name, so that strange paths cannot fill the memory. */
const GROUPS_MAX = 20_000;
const USER_AGENT_CHARACTERS_MAX = 80;

/** What of a call its group depends on. */
export interface GroupedCall {
  readonly service: string;
  readonly caller: string | null;
  readonly userAgent: string | null;
  readonly method: string;
  readonly operation: string;
  /** 0 when the connection was dropped without an answer. */
  readonly status: number;
  readonly fault?: string;
}

export interface CallGroup {
  readonly service: string;
  readonly caller: string | null;
  readonly userAgent: string | null;
  readonly method: string;
  readonly operation: string;
  readonly outcome: string;
  count: number;
}

export const GROUP_FIELDS = ["service", "caller", "userAgent", "method", "operation", "outcome"] as const;
export type GroupField = (typeof GROUP_FIELDS)[number];
export type GroupFilter = Partial<Record<GroupField, string>>;

/** Adds a call to the groups. */
export function countInto(groups: Map<string, CallGroup>, entry: GroupedCall): void {
  const { service, caller, method, operation } = entry;
  const userAgent = entry.userAgent?.slice(0, USER_AGENT_CHARACTERS_MAX) ?? null;
  const outcome = entry.status === 0 ? `no answer (${entry.fault ?? "hung up"})` : String(entry.status);
  const group = { service, caller, userAgent, method, operation, outcome, count: 0 };
  const known = groups.get(keyOf(group, GROUP_FIELDS));
  if (known !== undefined) {
    known.count += 1;
    return;
  }
  const made = groups.size < GROUPS_MAX ? group : { ...group, userAgent: null, operation: "(others)" };
  const key = keyOf(made, GROUP_FIELDS);
  groups.set(key, { ...made, count: (groups.get(key)?.count ?? 0) + 1 });
}

/** The groups that match every filter (text within, in any case), put together by the fields given. */
export function regroup(
  groups: Iterable<CallGroup>,
  by: readonly GroupField[],
  filter: GroupFilter,
): (Partial<Record<GroupField, string | null>> & { count: number })[] {
  const sums = new Map<string, Partial<Record<GroupField, string | null>> & { count: number }>();
  for (const group of groups) {
    if (!passes(group, filter)) continue;
    const key = keyOf(group, by);
    const sum = sums.get(key) ?? { ...pick(group, by), count: 0 };
    sum.count += group.count;
    sums.set(key, sum);
  }
  return [...sums.values()].sort((a, b) => b.count - a.count);
}

function passes(group: CallGroup, filter: GroupFilter): boolean {
  return GROUP_FIELDS.every((field) => {
    const wanted = filter[field]?.toLowerCase();
    return wanted === undefined || (group[field] ?? "").toLowerCase().includes(wanted);
  });
}

function keyOf(group: CallGroup, by: readonly GroupField[]): string {
  return by.map((field) => group[field] ?? "").join("\n");
}

function pick(group: CallGroup, by: readonly GroupField[]): Partial<Record<GroupField, string | null>> {
  const picked: Partial<Record<GroupField, string | null>> = {};
  for (const field of by) picked[field] = group[field];
  return picked;
}
