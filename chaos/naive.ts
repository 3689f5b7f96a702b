import { setTimeout as delay } from "node:timers/promises";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { HEAP_LIMIT } from "@/scripts/stack";
import { createMember, type Member } from "./member";
import type { Phase, TrialPlan } from "./plan-trial";
import type { Rig } from "./rig";

/** The poster of naive-process.ts under a supervisor that starts it again until it says that it is through. */
export interface NaivePoster {
  readonly member: () => Member;
  post(access: WorkspaceAccess, runId: string): Promise<void>;
}

const LOOK_MS = 25;

export function createNaivePoster(
  { env, bundle }: Pick<Rig, "env" | "bundle">,
  logFile: string,
): NaivePoster {
  let present: Member | null = null;
  return {
    member() {
      if (!present) throw new Error("the naive poster is not there yet");
      return present;
    },
    async post({ workspaceId }, runId) {
      const args = [bundle.pathOf("chaos/naive-process.ts"), JSON.stringify({ workspaceId, runId })];
      const member = createMember({ name: "naive poster", args: [HEAP_LIMIT, ...args], env, logFile });
      present = member;
      while (!member.isThrough()) {
        await member.start().catch(() => "");
        while (member.isAlive()) await delay(LOOK_MS);
      }
    },
  };
}

/** What of a trial concerns such a poster: the first run alone, and only boundaries that it comes to. */
export function forNaive(plan: TrialPlan): TrialPlan {
  const phase = plan.phases.find(({ strikes }) => strikes.length > 0);
  if (!phase) return plan;
  const strikes = phase.strikes.map((strike) => {
    const { when } = strike;
    if (when.kind === "instant") return strike;
    const { boundary } = when;
    const isMet =
      "call" in boundary
        ? boundary.call.verb === "create"
        : boundary.hold.at === "answeredUnstored" && boundary.hold.verb === "create";
    return isMet ? strike : { ...strike, when: { kind: "instant", stage: "posting", afterMs: 500 } as const };
  });
  const only: Phase = { ...phase, does: "sync", changes: null, strikes };
  return { ...plan, phases: [only] };
}
