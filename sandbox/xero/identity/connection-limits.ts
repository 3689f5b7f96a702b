/**
 * How many organisations an app may be connected to by its price tier, and how many uncertified apps an
 * organisation may have (developer.xero.com pricing and limits, checked 2026-11-21). Only a new connection
 * counts: consent to an organisation that the app has already is never refused. The limits of calls that
 * Rapid Sync lifts at the start of a connection are told here too.
 */
import type { SandboxContext } from "@/sandbox/kit/types";
import type { XeroRecords } from "../books";
import type { Connection } from "../records";

const RAPID_SYNC_MS = 30 * 60_000;

/** Why the app cannot be connected to an organisation, in a sentence for the person; null when it can. */
export function connectionRefusal(
  { switches }: Pick<SandboxContext, "switches">,
  records: XeroRecords,
  asked: { readonly clientId: string; readonly tenantId: string },
): string | null {
  const connected = new Set<string>();
  for (const [, { clientId, tenantId }] of records.connections.heads())
    if (clientId === asked.clientId) connected.add(tenantId);
  if (connected.has(asked.tenantId)) return null;
  if (connected.size >= Number(switches.get("xero.app-connections")))
    return "This app has reached the number of organisations that it can connect to.";
  if (switches.get("xero.uncertified-apps") === "two")
    return "This organisation is connected to two uncertified apps already, which is the most it can have.";
  return null;
}

/** Whether minute and day do not count for a call through this connection. */
export function isRapidSync(
  { switches, clock }: Pick<SandboxContext, "switches" | "clock">,
  { createdMs }: Pick<Connection, "createdMs">,
): boolean {
  return switches.get("xero.rapid-sync") === "on" && clock.now().getTime() - createdMs < RAPID_SYNC_MS;
}
