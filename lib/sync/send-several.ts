import { AGAIN, type Progress } from "@/lib/domain/progress";

/** Calls that are under way at the same time. The first that fails or asks for a wait ends the sending. */
export interface Sender {
  /** True while another call may begin. */
  isFree(): boolean;
  /** True once a call failed or asked for a wait. */
  hasEnded(): boolean;
  readonly underWay: number;
  begin(call: () => Promise<Progress>): void;
  /** Resolves when one of the calls under way ends; at once where there is none. */
  oneEnded(): Promise<void>;
  /** Waits for all; answers the wait that one of them asked for, or throws what one of them threw. */
  end(): Promise<Progress>;
}

/** Never more than `atOnceMax` calls at the same time. */
export function sendSeveral(atOnceMax: number): Sender {
  const calls = new Set<Promise<void>>();
  let wait: Progress | null = null;
  let failure: { readonly thrown: unknown } | null = null;
  return {
    isFree: () => calls.size < atOnceMax,
    hasEnded: () => wait !== null || failure !== null,
    get underWay() {
      return calls.size;
    },
    begin(call) {
      const running: Promise<void> = call()
        .then(
          (progress) => {
            if (progress.waitMs > (wait?.waitMs ?? 0)) wait = progress;
          },
          (thrown: unknown) => {
            failure ??= { thrown };
          },
        )
        .finally(() => calls.delete(running));
      calls.add(running);
    },
    async oneEnded() {
      if (calls.size > 0) await Promise.race(calls);
    },
    async end() {
      await Promise.all(calls);
      if (failure !== null) throw failure.thrown;
      return wait ?? AGAIN;
    },
  };
}
