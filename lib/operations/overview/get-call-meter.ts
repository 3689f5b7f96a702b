import type { CallMeterView } from "@/lib/domain/views/call-meter-view";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { definitionOf, getRuntime } from "../runtime";
import { loadPairIn } from "../setup/load-pair";

const DAYS = 30;
const DAY_MS = 86_400_000;

/**
 * Calls and bytes of both sides of the pair: the last thirty days (UTC, today included) beside what one record a call
 * would have taken, and today's calls against the vendor's day. Empty before both sides are connected.
 */
export async function getCallMeter(access: WorkspaceAccess): Promise<CallMeterView[]> {
  const runtime = await getRuntime();
  const today = new Date(Math.floor(runtime.clock.now().getTime() / DAY_MS) * DAY_MS);
  const since = new Date(today.getTime() - (DAYS - 1) * DAY_MS);
  return runtime.database.withWorkspace(access.workspaceId, async (tx) => {
    const pair = await loadPairIn(tx);
    if (!pair) return [];
    const sides = [pair.source, pair.ledger];
    const connectionId = { in: sides.map(({ id }) => id) };
    const days = await tx.quotaMeter.findMany({ where: { connectionId, day: { gte: since } } });
    const budgets = await tx.quotaBudget.findMany({ where: { connectionId } });
    return sides.map((side) => {
      const own = days.filter((row) => row.connectionId === side.id);
      const { manifest } = definitionOf(runtime, side.connectorId);
      return {
        connectorLabel: manifest.label,
        tenantName: side.tenantName,
        calls: own.reduce((total, row) => total + row.calls, 0),
        singleCalls: own.reduce((total, row) => total + row.singleCalls, 0),
        bytesReceived: own.reduce((total, row) => total + row.bytesReceived, 0n).toString(),
        today: {
          calls: own.find((row) => row.day.getTime() === today.getTime())?.calls ?? 0,
          limit: budgets.find((row) => row.connectionId === side.id)?.dayLimit ?? manifest.limits.callsPerDay,
        },
      };
    });
  });
}
