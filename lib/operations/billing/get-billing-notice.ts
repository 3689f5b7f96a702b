import type { BillingNoticeView } from "@/lib/domain/views/billing-view";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { getRuntime } from "../runtime";
import { statusView } from "./get-billing";
import { loadStanding } from "./load-standing";

/** What every page says while a payment is owed or the plan has ended; null where there is nothing to say. */
export async function getBillingNotice(access: WorkspaceAccess): Promise<BillingNoticeView | null> {
  const { stripe, database, clock } = await getRuntime();
  if (stripe === null) return null;
  const { standing, customer } = await database.withWorkspace(access.workspaceId, async (tx) => ({
    standing: await loadStanding(tx, clock.now()),
    customer: await tx.billingCustomer.findUnique({ where: { workspaceId: access.workspaceId } }),
  }));
  const { kind } = standing;
  if (kind === "none" || kind === "active" || kind === "trial") return null;
  return { status: { ...statusView(kind, standing), kind }, isReleased: customer?.releasedAt != null };
}
