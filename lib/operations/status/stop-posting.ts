import { recordEvent } from "@/lib/audit/record-event";
import { RECORD_TYPES } from "@/lib/domain/record-type";
import { err, ok, type Result } from "@/lib/kernel/result";
import { getRuntime } from "../runtime";

/**
 * The operator's switch for one workspace, or one kind of record in it, for when we go wrong: nothing further is sent from
 * the next batch on, its people read why, and reading goes on. The owner's own pause is another thing and stays as it is.
 */
export interface PostingSwitch {
  readonly slug: string;
  /** A record type; null for all posting of the workspace. */
  readonly flow: string | null;
}

export async function stopPosting(
  { slug, flow }: PostingSwitch,
  why: string,
): Promise<Result<null, { message: string }>> {
  const { database, clock } = await getRuntime();
  const workspaceId = await findWorkspace({ slug, flow });
  if (!workspaceId.ok) return workspaceId;
  if (why.trim() === "") return err({ message: "Say why: the people of the workspace read it." });
  const own = { workspaceId: workspaceId.value, flow: flow ?? "" };
  const now = clock.now();
  await database.withWorkspace(own.workspaceId, async (tx) => {
    await tx.postingStop.upsert({
      where: { workspaceId_flow: own },
      create: { ...own, why: why.trim(), stoppedAt: now },
      update: { why: why.trim() },
    });
    await recordEvent(tx, {
      ...{ workspaceId: own.workspaceId, actorUserId: null, action: "posting.stoppedByOperator" },
      subject: own.workspaceId,
      after: { flow, why: why.trim() },
      at: now,
    });
  });
  return ok(null);
}

/** Lets it go on; a pair that runs by itself looks at once at what has changed meanwhile. */
export async function letPostingGo({
  slug,
  flow,
}: PostingSwitch): Promise<Result<null, { message: string }>> {
  const { database, clock } = await getRuntime();
  const workspaceId = await findWorkspace({ slug, flow });
  if (!workspaceId.ok) return workspaceId;
  const own = { workspaceId: workspaceId.value, flow: flow ?? "" };
  const now = clock.now();
  return database.withWorkspace(own.workspaceId, async (tx): Promise<Result<null, { message: string }>> => {
    const { count } = await tx.postingStop.deleteMany({ where: own });
    if (count === 0) return err({ message: "That is not stopped by the operator." });
    await tx.pair.updateMany({
      where: { state: "live", nextRunAt: { not: null } },
      data: { nextRunAt: now, failedRuns: 0 },
    });
    await recordEvent(tx, {
      ...{ workspaceId: own.workspaceId, actorUserId: null, action: "posting.letGoByOperator" },
      subject: own.workspaceId,
      after: { flow },
      at: now,
    });
    return ok(null);
  });
}

async function findWorkspace({ slug, flow }: PostingSwitch): Promise<Result<string, { message: string }>> {
  if (flow !== null && !RECORD_TYPES.some((one) => one === flow))
    return err({ message: `There is no flow "${flow}". It is one of ${RECORD_TYPES.join(", ")}.` });
  const { database } = await getRuntime();
  const workspaceId = await database.system.findWorkspaceOfSlug(slug);
  return workspaceId === undefined ? err({ message: `There is no workspace ${slug}.` }) : ok(workspaceId);
}
