/**
 * The CRM's call limits: credits in a rolling day, calls at once, and dear calls at once (search, COQL, lead
 * conversion, writes of more than ten records). A refused call costs nothing. The day is divided by the
 * sandbox's limit speed, as everywhere.
 */
import type { SandboxContext } from "@/sandbox/kit/types";

const DAY_MS = 86_400_000;
const DEAR_AT_ONCE = 10;

export interface CreditOrder {
  readonly perDay: number;
  readonly atOnce: number;
  readonly cost: number;
  readonly dear: boolean;
}

export type CreditAdmission =
  | { readonly admitted: true; readonly remaining: number; leave(): void }
  | { readonly admitted: false; readonly message: string; readonly details: object };

export interface Credits {
  /** Takes the credits of one call, or says why it must wait. The caller calls leave() once it has answered. */
  enter(order: CreditOrder): CreditAdmission;
}

export function createCredits(context: Pick<SandboxContext, "clock" | "limitSpeed">): Credits {
  const spent: { readonly at: number; readonly cost: number }[] = [];
  let first = 0;
  let used = 0;
  let running = 0;
  let dearRunning = 0;

  function forget(now: number, windowMs: number): void {
    for (
      let oldest = spent[first];
      oldest !== undefined && oldest.at <= now - windowMs;
      oldest = spent[first]
    ) {
      used -= oldest.cost;
      first += 1;
    }
    if (first > 4_096) {
      spent.splice(0, first);
      first = 0;
    }
  }

  return {
    enter({ perDay, atOnce, cost, dear }) {
      const now = context.clock.now().getTime();
      forget(now, DAY_MS / context.limitSpeed());
      if (running >= atOnce || (dear && dearRunning >= DEAR_AT_ONCE))
        return {
          admitted: false,
          message: "You have exceeded the maximum number of concurrent requests",
          details: { limit: running >= atOnce ? atOnce : DEAR_AT_ONCE },
        };
      if (used + cost > perDay)
        return {
          admitted: false,
          message: "You have exceeded the maximum number of API requests for the day",
          details: { limit: perDay },
        };
      spent.push({ at: now, cost });
      used += cost;
      running += 1;
      if (dear) dearRunning += 1;
      let left = false;
      return {
        admitted: true,
        remaining: perDay - used,
        leave() {
          if (left) return;
          left = true;
          running -= 1;
          if (dear) dearRunning -= 1;
        },
      };
    },
  };
}
