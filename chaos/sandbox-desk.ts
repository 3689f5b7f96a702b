import { stat } from "node:fs/promises";
import { z } from "zod";
import type { FaultAsked } from "./plan-faults";

/** The sandbox's own steering, as a trial uses it: companies, faults, and whether a write is on its disk. */
export interface SandboxDesk {
  /** An empty company in both systems, nobody connected. */
  openCompany(): Promise<void>;
  /** Orders a fault; its number tells later whether it has struck. */
  order(fault: FaultAsked): Promise<number>;
  hasStruck(number: number): Promise<boolean>;
  /** Numbers of the orders that still wait. */
  waiting(): Promise<ReadonlySet<number>>;
  forgetFaults(): Promise<void>;
  /** Bytes of the store's log: more of them mean that a write was saved. */
  savedBytes(): Promise<number>;
}

const listSchema = z.object({ faults: z.array(z.object({ seed: z.int() })) });

export function openSandboxDesk(origin: string, logFile: string): SandboxDesk {
  let ordered = 0;
  async function send(method: string, path: string, body?: object): Promise<unknown> {
    const answer = await fetch(`${origin}/control${path}`, {
      method,
      headers: { "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`the sandbox refused ${path}: ${await answer.text()}`);
    return answer.json();
  }
  async function waiting(): Promise<ReadonlySet<number>> {
    return new Set(listSchema.parse(await send("GET", "/faults")).faults.map(({ seed }) => seed));
  }
  return {
    async openCompany() {
      await send("POST", "/reset", {});
      await send("POST", "/seed", { kind: "empty" });
    },
    async order(fault) {
      ordered += 1;
      // The seed means nothing to a fault without a chance, and comes back in the list.
      await send("POST", "/faults", { ...fault, seed: ordered });
      return ordered;
    },
    hasStruck: async (number) => !(await waiting()).has(number),
    waiting,
    async forgetFaults() {
      await send("DELETE", "/faults");
    },
    savedBytes: async () => (await stat(logFile)).size,
  };
}
