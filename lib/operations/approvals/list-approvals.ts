import type { Transaction } from "@/lib/db/client";
import { moneyText } from "@/lib/domain/money";
import type { AmountView } from "@/lib/domain/views/amount";
import type { ApprovalPolicyView, ApprovalRow, ApprovalsView } from "@/lib/domain/views/approval-view";
import type { ApprovalState } from "@/lib/domain/views/run-view";
import { hasRole, type WorkspaceAccess } from "@/lib/domain/workspace-access";
import { loadApprovalPolicy } from "@/lib/sync/approval-gate";
import { parseRecordType } from "../runs/get-run";
import { amountView } from "../runs/load-journal";
import { getRuntime } from "../runtime";
import { loadPairIn } from "../setup/load-pair";
import { whyNotSecondOf } from "./second-person";

const WAITING_SHOWN = 100;
const DECIDED_SHOWN = 50;

/** What waits for a second person, largest first, and what was decided last; null before there is a pair. */
export async function listApprovals(access: WorkspaceAccess): Promise<ApprovalsView | null> {
  const { database } = await getRuntime();
  return database.withWorkspace(access.workspaceId, async (tx) => {
    const pair = await loadPairIn(tx);
    if (!pair || pair.state === "setup") return null;
    const where = { pairId: pair.id };
    const waiting = await tx.approval.findMany({
      where: { ...where, state: "waiting" },
      orderBy: [{ scope: "desc" }, { baseMinor: { sort: "desc", nulls: "first" } }, { sequence: "asc" }],
      take: WAITING_SHOWN,
    });
    const decided = await tx.approval.findMany({
      where: { ...where, state: { in: ["approved", "declined"] } },
      orderBy: { decidedAt: "desc" },
      take: DECIDED_SHOWN,
    });
    const base = pair.ledger.baseCurrency;
    const show = (rows: readonly Row[]): Promise<ApprovalRow[]> => showRows(tx, access, rows, base);
    return {
      policy: await showPolicy(tx, { id: pair.id, baseCurrency: base, taxFiledTo: pair.taxFiledTo }),
      refusal: hasRole(access, "bookkeeper")
        ? null
        : "You can look, and not decide. A bookkeeper, administrator or owner can.",
      waiting: await show(waiting),
      waitingCount: await tx.approval.count({ where: { ...where, state: "waiting" } }),
      decided: await show(decided),
    };
  });
}

type Row = Awaited<ReturnType<Transaction["approval"]["findMany"]>>[number];

async function showRows(
  tx: Transaction,
  access: WorkspaceAccess,
  rows: readonly Row[],
  baseCurrency: string,
): Promise<ApprovalRow[]> {
  const deciders = await tx.membership.findMany({
    where: { userId: { in: rows.flatMap((row) => row.decidedByUserId ?? []) } },
    select: { userId: true, user: { select: { name: true, email: true } } },
  });
  const nameOf = new Map(deciders.map(({ userId, user }) => [userId, user.name ?? user.email]));
  const refusals = await whyNotSecondOf(tx, access, rows);
  return rows.map((row, index) => ({
    approvalId: row.id,
    runId: row.runId,
    recordType: row.scope === "run" ? null : parseRecordType(row.recordType),
    number: row.number,
    label: row.label,
    amount: amountOf(row.grossMinor, row.currency),
    base: row.currency === baseCurrency ? null : amountOf(row.baseMinor, baseCurrency),
    state: STATES.find((state) => state === row.state) ?? "waiting",
    requestedAt: row.requestedAt.toISOString(),
    decidedAt: row.decidedAt?.toISOString() ?? null,
    decidedBy: row.decidedByUserId === null ? null : (nameOf.get(row.decidedByUserId) ?? "somebody who left"),
    note: row.note,
    refusal: refusals[index] ?? null,
  }));
}

const STATES = ["waiting", "approved", "declined"] as const satisfies readonly ApprovalState[];

const amountOf = (minor: bigint | null, currency: string | null): AmountView | null =>
  minor === null || currency === null ? null : amountView(minor, currency);

async function showPolicy(
  tx: Transaction,
  pair: { readonly id: string; readonly baseCurrency: string; readonly taxFiledTo: string | null },
): Promise<ApprovalPolicyView> {
  const policy = await loadApprovalPolicy(tx, pair.id);
  const currency = policy?.currency ?? pair.baseCurrency;
  const text = (minor: bigint | null | undefined): string | null =>
    minor == null ? null : moneyText({ minor, currency });
  return {
    currency,
    perRecord: text(policy?.perRecordMinor),
    perRun: text(policy?.perRunMinor),
    meanwhile: policy?.meanwhile ?? "postTheRest",
    taxFiledTo: pair.taxFiledTo,
  };
}
