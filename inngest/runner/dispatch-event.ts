import { namedError } from "./app-answers";
import type { RunnerEvent, Work } from "./context";
import { completeStep, dataMemo, endRun } from "./end-run";
import { holdsFor } from "./expressions";
import { triggerRun } from "./start-run";
import { findWatches } from "./watches";

/*
 * What one event sets off: runs of the functions that it triggers, steps that waited for it, runs that it cancels.
 * A function's own failure never triggers that function again, which would never end.
 */
export async function dispatchEvent(work: Work, event: RunnerEvent): Promise<void> {
  for (const watch of await findWatches(work.query, event.name, event.json, work.clock.now())) {
    if (watch.kind === "cancel") {
      const error = namedError("Cancelled", `the event ${event.name} cancelled this run`);
      await endRun(work, watch.runId, { status: "cancelled", error });
    } else if (watch.stepId !== null) {
      await work.query("DELETE FROM runner.watches WHERE id = $1", [watch.id]);
      await completeStep(work, watch.runId, watch.stepId, dataMemo(event.text));
    }
  }
  for (const definition of work.definitions.values()) {
    const isTriggered = definition.events.some(
      (trigger) => trigger.event === event.name && holdsFor(trigger.condition, event.json),
    );
    if (isTriggered && !isOwnFailure(definition.id, event)) await triggerRun(work, definition, event);
  }
}

function isOwnFailure(functionId: string, event: RunnerEvent): boolean {
  if (!event.name.startsWith("inngest/function.")) return false;
  const { json } = event;
  const data = json !== null && typeof json === "object" && "data" in json ? json.data : undefined;
  return (
    data !== null && typeof data === "object" && "function_id" in data && data.function_id === functionId
  );
}
