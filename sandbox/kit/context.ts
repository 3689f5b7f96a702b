/**
 * One context for the services of a running sandbox, or for a service tried alone in a test.
 */
import { randomIds } from "@/lib/kernel/ids";
import { createClock } from "./clock";
import { createStore } from "./store";
import { createSwitches, type SwitchDeclarations } from "./switches";
import type { SandboxClock, SandboxContext } from "./types";

/** A context in memory around the switches of the services that will run in it. */
export async function createMemoryContext(
  declarations: SwitchDeclarations,
  options: { clock?: SandboxClock; origin?: string; limitSpeed?: number; newId?: () => string } = {},
): Promise<SandboxContext> {
  const store = await createStore({ dir: null });
  return {
    clock: options.clock ?? createClock(),
    store,
    switches: createSwitches(declarations),
    origin: options.origin ?? "http://localhost:1",
    limitSpeed: () => options.limitSpeed ?? 1,
    newId: options.newId ?? (() => randomIds.next()),
  };
}
