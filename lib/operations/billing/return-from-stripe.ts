import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { getRuntime } from "../runtime";
import { refreshBilling } from "./refresh-billing";

/**
 * Looks at Stripe when somebody comes back from its pages, so that the next page shows what they just did, also before its
 * event has arrived. Where Stripe does not answer, the event or the daily look makes up for it.
 */
export async function returnFromStripe(access: WorkspaceAccess): Promise<void> {
  const runtime = await getRuntime();
  try {
    await refreshBilling(runtime, access.workspaceId);
  } catch (thrown) {
    runtime.logger.warn({ err: thrown }, "Stripe did not answer; its event will bring the plan up to date");
  }
}
