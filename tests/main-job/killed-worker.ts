import type { ProductWorld, WorldOptions } from "../setup/product-world";

/** How a test kills the process that serves the functions: at a call that the sandbox holds, and with another in its place. */

/** A lease longer than the sandbox needs under load, short enough to wait for a dead worker's. */
export const KILLABLE: WorldOptions = {
  worker: "process",
  env: { CALL_DEADLINE_MS: "6000", LEASE_MS: "7000" },
};

/** Time enough to notice a call that is held and to kill the process that waits for it. */
const HELD_MS = 3_000;

export interface HeldCall {
  readonly service: "xero" | "zoho" | "tims";
  readonly method: string;
  readonly operation: string;
  /** True: the vendor has done it and keeps its answer back; false: the call has not reached it. */
  readonly afterHandling: boolean;
  /** Calls like it that pass before. */
  readonly skip?: number;
}

/** Holds the next such call once. */
export function holdCall(world: ProductWorld, { afterHandling, skip = 0, ...call }: HeldCall): void {
  const effect = { type: "delay", milliseconds: HELD_MS, afterHandling } as const;
  world.sandbox.faults.order({ ...call, skip, times: 1, effect });
}

/** Whether all that was to be held has come. */
export const isHeld = (world: ProductWorld): boolean => world.sandbox.faults.waiting === 0;

/**
 * Kills the worker without warning and starts another one. What is to be held next is ordered `meanwhile`, while nobody
 * works, so that it cannot have gone by.
 */
export async function killAndReplace(
  world: ProductWorld,
  meanwhile: () => void = () => undefined,
): Promise<void> {
  await world.worker.kill();
  meanwhile();
  await world.worker.start();
}
