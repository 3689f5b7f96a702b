import { recordEvent } from "@/lib/audit/record-event";
import { hasRole, type WorkspaceAccess } from "@/lib/domain/workspace-access";
import { err, ok, type Result } from "@/lib/kernel/result";
import { getRuntime } from "../runtime";
import { loadPairIn } from "../setup/load-pair";

/**
 * Switches the sync of clients as contacts on or off; nothing is read or posted by it. Before the set-up is confirmed,
 * switching it on alone makes the pair ready for contacts, which need no account and no tax: everything else is then off
 * until somebody chooses it in the set-up, and without a chosen account no document can be posted.
 */
export async function saveClientSync(
  access: WorkspaceAccess,
  { enabled }: { readonly enabled: boolean },
): Promise<Result<{ enabled: boolean }, { message: string }>> {
  const { database, clock } = await getRuntime();
  const { workspaceId } = access;
  if (!hasRole(access, "admin"))
    return err({ message: "Your role in this workspace does not allow that. Ask its owner." });
  return database.withWorkspace(workspaceId, async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`runs:${workspaceId}`}, 0))`;
    const pair = await loadPairIn(tx);
    if (!pair) return err({ message: "Connect both systems first." });
    const { source, ledger } = pair;
    if (enabled && source.baseCurrency !== ledger.baseCurrency)
      return err({
        message: `${source.tenantName} keeps its books in ${source.baseCurrency} and ${ledger.tenantName} in ${ledger.baseCurrency}. Two base currencies cannot be kept in agreement.`,
      });
    const where = { pairId: pair.id, direction: "toLedger" };
    const flows = await tx.flow.findMany({ where });
    const before = flows.find((flow) => flow.recordType === "contact")?.state ?? "off";
    const others = flows.filter((flow) => flow.recordType !== "contact" && flow.state !== "off");
    // Items come along with contacts, and hold no document back.
    if (!enabled && others.some((flow) => flow.recordType !== "item") && pair.state !== "setup")
      return err({ message: "Documents need their contacts: switch those off in the set-up first." });
    const isFirst = enabled && pair.state === "setup";
    if (isFirst) {
      await tx.flow.updateMany({
        where: { ...where, recordType: { not: "contact" } },
        data: { state: "off" },
      });
      await tx.pair.update({ where: { id: pair.id }, data: { state: "ready" } });
    }
    const after = !enabled
      ? "off"
      : before !== "off"
        ? before
        : pair.state === "live"
          ? "live"
          : "previewOnly";
    if (after === before && !isFirst) return ok({ enabled });
    await tx.flow.upsert({
      where: { pairId_recordType_direction: { ...where, recordType: "contact" } },
      create: { ...where, workspaceId, recordType: "contact", state: after },
      update: { state: after },
    });
    await recordEvent(tx, {
      workspaceId,
      actorUserId: access.userId,
      action: "clientSync.saved",
      subject: pair.id,
      before: { contact: before },
      after: { contact: after, contactsOnly: isFirst },
      at: clock.now(),
    });
    return ok({ enabled });
  });
}
