import { setTimeout as delay } from "node:timers/promises";
import { errorText } from "@/lib/kernel/errors";
import { type Holds, openHolds } from "./holds";
import type { StruckCall } from "./ledger-calls";
import type { Member } from "./member";
import type { Boundary, Phase, Strike } from "./plan-trial";
import type { Rig } from "./rig";
import type { SandboxDesk } from "./sandbox-desk";
import { countUp, type Tally } from "./tally";
import { insist, until } from "./until";

/**
 * Carries out the strikes and faults of one phase while its run is at work: waits for the boundary or the instant, hits the
 * victim, and brings it back after a while, as a supervisor would. It decides nothing and judges nothing.
 */
export interface Strikes {
  /** The run begins to read and plan, or to post. Resolves when what belongs to that stage is armed. */
  enter(stage: Stage): Promise<void>;
  /** The run has ended: nothing more is struck, what was struck is back, no fault waits. Says what was done. */
  end(): Promise<readonly string[]>;
}

export type Stage = "preparing" | "posting";

export interface StrikeParts {
  readonly rig: Rig;
  readonly desk: SandboxDesk;
  readonly tally: Tally;
  /** The process that posts at present. */
  readonly poster: () => Member;
  /** Turns work away from a poster that is not there. */
  readonly turnAway: () => void;
}

/** Something armed, as the work that waits for it and strikes. */
type Armed = () => Promise<void>;

export function beginStrikes(parts: StrikeParts, phase: Phase): Strikes {
  const { rig, desk, tally } = parts;
  const ordered = new Map<number, string>();
  const underWay: Promise<void>[] = [];
  const told: string[] = [];
  const entered = new Set<Stage>();
  let over = false;
  const isOver = (): boolean => over;

  /** Counted while the sandbox still knows which ones wait. */
  async function countFaults(): Promise<void> {
    const waiting = await desk.waiting();
    for (const [number, name] of ordered) {
      if (waiting.has(number)) continue;
      ordered.delete(number);
      countUp(tally.faults, name);
      told.push(`fault ${name}`);
    }
  }

  async function hit(strike: Strike): Promise<void> {
    const { victim, how, awayMs } = strike;
    tally.kills += 1;
    told.push(`${victim} ${how === "kill" ? "killed" : "paused"}`);
    if (victim === "postgres") {
      await rig.postgres.kill(how === "kill" ? "server" : "session");
      return rig.postgres.start();
    }
    if (victim === "sandbox" && how === "kill") await countFaults();
    const member =
      victim === "worker" ? parts.poster() : victim === "runner" ? rig.runners.active() : rig.sandbox;
    if (how === "kill") await member.kill();
    else member.pause();
    if (victim === "worker") parts.turnAway();
    if (victim === "runner") rig.runners.turnAway();
    underWay.push(bringBack(member, how, awayMs));
  }

  async function bringBack(member: Member, how: Strike["how"], awayMs: number): Promise<void> {
    await delay(awayMs * rig.pace);
    if (how === "pause") member.resume();
    // It may be struck again, or not find its database yet, while it starts.
    else await insist(() => member.start());
  }

  function reached(name: string, what: string): void {
    countUp(tally.boundaries, name);
    told.push(`at ${name} of ${what}`);
  }

  async function armHold(strike: Strike, name: string, hold: Parameters<Holds["arm"]>[0]): Promise<Armed> {
    const holds = await openHolds(rig.ownerUrl);
    await holds.clear();
    await holds.arm(hold);
    return async () => {
      try {
        if (!(await until(holds.isReached, isOver))) return;
        reached(name, hold.recordType);
        await hit(strike);
      } finally {
        await holds.close();
        // A server that died took the lock with it; the order to wait stands in its tables.
        await insist(async () => {
          const fresh = await openHolds(rig.ownerUrl);
          await fresh.release().finally(fresh.close);
        });
      }
    };
  }

  async function armCall(
    strike: Strike,
    { name, call, skip, committed }: Extract<Boundary, { readonly call: StruckCall }>,
  ): Promise<Armed> {
    // Longer than it takes to see that a call is held and to kill, shorter than its sender waits.
    const heldMs = Math.round(rig.callDeadlineMs / 2);
    const effect = { type: "delay", milliseconds: heldMs, afterHandling: committed } as const;
    const { service, method, operation } = call;
    const number = await desk.order({ service, method, operation, skip, times: 1, effect });
    let saved = await desk.savedBytes();
    return async () => {
      const isStruck = async (): Promise<boolean> => {
        const before = await desk.savedBytes();
        if (await desk.hasStruck(number)) return true;
        saved = before;
        return false;
      };
      if (!(await until(isStruck, isOver))) return;
      if (committed && !(await until(async () => (await desk.savedBytes()) > saved, isOver))) return;
      // Another type may have gone to the same address.
      reached(name, `${method} ${operation}`);
      await hit(strike);
    };
  }

  async function arm(strike: Strike): Promise<Armed> {
    const { when } = strike;
    if (when.kind === "boundary") {
      const { boundary } = when;
      return "hold" in boundary ? armHold(strike, boundary.name, boundary.hold) : armCall(strike, boundary);
    }
    return async () => {
      const at = performance.now() + when.afterMs;
      if (await until(() => performance.now() >= at, isOver)) await hit(strike);
    };
  }

  return {
    async enter(stage) {
      if (entered.has(stage)) return;
      entered.add(stage);
      if (stage === "preparing")
        for (const { name, ...fault } of phase.faults) ordered.set(await desk.order(fault), name);
      for (const strike of phase.strikes.filter((one) => stageOf(one) === stage)) {
        const armed = await arm(strike);
        // Another strike may take away what this one waits by: then this one is over.
        underWay.push(armed().catch((thrown: unknown) => void told.push(`gave up: ${errorText(thrown)}`)));
      }
    },
    async end() {
      over = true;
      while (underWay.length > 0) await Promise.all(underWay.splice(0));
      await rig.mend();
      await countFaults();
      await desk.forgetFaults();
      return told;
    },
  };
}

function stageOf({ when }: Strike): Stage {
  if (when.kind === "instant") return when.stage;
  return "hold" in when.boundary && when.boundary.hold.verb === null ? "preparing" : "posting";
}
