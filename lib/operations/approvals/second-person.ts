import type { Transaction } from "@/lib/db/client";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { findInvolved } from "@/lib/sync/approval-gate";

interface Request {
  readonly pairId: string;
  readonly runId: string;
  readonly recordType: string;
  readonly sourceExternalId: string;
}

/** Roles that may say yes: whoever may start a posting. */
export const DECIDING_ROLES = ["owner", "admin", "bookkeeper"] as const;

/**
 * Why a person is no second one for a request, with the remedy; null where they are. Four eyes need two people: whoever
 * chose the accounts, changed the record here or started the run has had the first look.
 */
export async function whyNotSecond(
  tx: Transaction,
  access: Pick<WorkspaceAccess, "workspaceId" | "userId">,
  request: Request,
): Promise<string | null> {
  const [refusal = null] = await whyNotSecondOf(tx, access, [request]);
  return refusal;
}

/** The same for many requests, in their order: a few queries for each run that they come from. */
export async function whyNotSecondOf(
  tx: Transaction,
  access: Pick<WorkspaceAccess, "workspaceId" | "userId">,
  requests: readonly Request[],
): Promise<(string | null)[]> {
  const groups = new Map<string, readonly Request[]>();
  const keyOf = ({ runId, recordType }: Request): string => `${runId} ${recordType}`;
  for (const request of requests)
    groups.set(keyOf(request), [...(groups.get(keyOf(request)) ?? []), request]);
  const handsOf = new Map<string, (sourceExternalId: string) => ReadonlySet<string>>();
  for (const [key, own] of groups) {
    const [first] = own;
    if (first === undefined) continue;
    const ids = own.map((request) => request.sourceExternalId);
    handsOf.set(key, await findInvolved(tx, first, first.recordType, ids));
  }
  const told = new Map<string, string>();
  const refusals: (string | null)[] = [];
  for (const request of requests) {
    const hands = handsOf.get(keyOf(request))?.(request.sourceExternalId) ?? new Set<string>();
    if (!hands.has(access.userId)) {
      refusals.push(null);
      continue;
    }
    const key = [request.runId, ...[...hands].sort()].join(" ");
    const sentence = told.get(key) ?? (await tellWhy(tx, access, request, hands));
    told.set(key, sentence);
    refusals.push(sentence);
  }
  return refusals;
}

async function tellWhy(
  tx: Transaction,
  access: Pick<WorkspaceAccess, "workspaceId" | "userId">,
  request: Request,
  hands: ReadonlySet<string>,
): Promise<string> {
  return `${await whatTheyDid(tx, access, request)}, so another person has to decide. ${await remedy(tx, access, hands)}`;
}

async function whatTheyDid(
  tx: Transaction,
  { userId }: Pick<WorkspaceAccess, "userId">,
  { pairId, runId }: { readonly pairId: string; readonly runId: string },
): Promise<string> {
  const mapped = await tx.valueMap.findFirst({
    where: { pairId, confirmedByUserId: userId },
    select: { id: true },
  });
  if (mapped) return "You confirmed the set-up";
  const run = await tx.syncRun.findUnique({ where: { id: runId } });
  if (run?.startedByUserId === userId || run?.postedByUserId === userId) return "You started this run";
  return "You changed this record here";
}

async function remedy(
  tx: Transaction,
  { workspaceId }: Pick<WorkspaceAccess, "workspaceId">,
  hands: ReadonlySet<string>,
): Promise<string> {
  const members = await tx.membership.findMany({
    where: { workspaceId, role: { in: [...DECIDING_ROLES] } },
    select: { userId: true, user: { select: { name: true, email: true } } },
  });
  const others = members.filter((member) => !hands.has(member.userId));
  const [first, ...more] = others.map(({ user }) => user.name ?? user.email);
  if (first === undefined)
    return members.length === 1
      ? "You are the only person in this workspace: invite somebody who may approve."
      : "Everybody here had a hand in it: invite somebody who may approve.";
  return more.length === 0 ? `Ask ${first}.` : `Ask ${first} or another colleague.`;
}
