import type { RunnerContext, Work } from "./context";
import { dispatchEvent } from "./dispatch-event";

/*
 * One transaction that changes runs. Ending a run may emit an event, which may start, wake or cancel other runs: these
 * are settled before the commit, so that either all of it happened or nothing.
 */

const EMITTED_MAX = 1_000;

/** Runs the body and all that follows from it in one transaction, then tells the drivers of this process. */
export async function inWork<T>(runner: RunnerContext, body: (work: Work) => Promise<T>): Promise<T> {
  const definitions = await runner.definitions();
  const { result, touched } = await runner.database.transaction(async (query) => {
    const work: Work = {
      query,
      clock: runner.clock,
      ids: runner.ids,
      definitions,
      touched: new Set(),
      emitted: [],
    };
    const result = await body(work);
    for (let count = 0; work.emitted.length > 0; count += 1) {
      const event = work.emitted.shift();
      if (!event || count > EMITTED_MAX) throw new Error("one change set off more than 1000 events");
      await dispatchEvent(work, event);
    }
    return { result, touched: work.touched };
  });
  for (const runId of touched) runner.active.get(runId)?.poke();
  return result;
}
