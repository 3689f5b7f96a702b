import type { SyncContext } from "./sync-context";

/** Leases of the calls that are under way, by the fence that they share. */
const held = new WeakMap<SyncContext["fence"], Date[]>();

/**
 * Lets no call start beyond this lease until the answer is called. Several calls share a fence: the earliest lease counts
 * for all of them, since a permit does not say whose it is.
 */
export function holdFence(fence: SyncContext["fence"], leaseUntil: Date): () => void {
  const leases = held.get(fence) ?? [];
  held.set(fence, leases);
  const own = new Date(leaseUntil);
  leases.push(own);
  fence.until = earliest(leases);
  return () => {
    leases.splice(leases.indexOf(own), 1);
    fence.until = earliest(leases);
  };
}

const earliest = (leases: readonly Date[]): Date | null =>
  leases.reduce<Date | null>((first, one) => (first !== null && first <= one ? first : one), null);
