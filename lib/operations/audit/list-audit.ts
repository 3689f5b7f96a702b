import { readHead } from "@/lib/audit/read-trail";
import type { Transaction } from "@/lib/db/client";
import type { AuditFilter, AuditPage, AuditRow, AuditSealing } from "@/lib/domain/views/audit-view";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { getRuntime } from "../runtime";
import { AREA_PREFIXES, AUDIT_WORDS } from "./audit-words";

const ROWS_A_PAGE = 50;
const DAY_MS = 86_400_000;
const SYSTEM = "Tieout";

/** The audit trail, newest first, a page by its place in the trail; what is no place begins at the newest. */
export async function listAudit(
  access: WorkspaceAccess,
  filter: AuditFilter,
  before: string | null = null,
): Promise<AuditPage> {
  const { database } = await getRuntime();
  return database.withWorkspace(access.workspaceId, async (tx) => {
    const rows = await tx.auditEvent.findMany({
      where: {
        workspaceId: access.workspaceId,
        ...(before !== null && /^\d{1,18}$/.test(before) ? { sequence: { lt: BigInt(before) } } : {}),
        ...(filter.area === null
          ? {}
          : { OR: AREA_PREFIXES[filter.area].map((prefix) => ({ action: { startsWith: prefix } })) }),
        at: { ...since(filter.from), ...until(filter.to) },
      },
      orderBy: { sequence: "desc" },
      take: ROWS_A_PAGE + 1,
    });
    const page = rows.slice(0, ROWS_A_PAGE);
    const nameOf = await loadNames(
      tx,
      page.flatMap((row) => row.actorUserId ?? []),
    );
    const sealOf = await loadSeals(
      tx,
      page.map((row) => row.sequence),
    );
    return {
      sealing: await loadSealing(tx),
      rows: page.map(
        (row): AuditRow => ({
          sequence: String(row.sequence),
          at: row.at.toISOString(),
          by: row.actorUserId === null ? SYSTEM : (nameOf.get(row.actorUserId) ?? "Somebody who left"),
          what: AUDIT_WORDS[row.action] ?? row.action,
          action: row.action,
          subject: row.subject,
          before: textOf(row.before),
          after: textOf(row.after),
          seal: sealOf.get(row.sequence) ?? "",
        }),
      ),
      next: rows.length > ROWS_A_PAGE ? String(page.at(-1)?.sequence ?? "") : null,
    };
  });
}

const since = (day: string | null) => (day === null ? {} : { gte: new Date(`${day}T00:00:00Z`) });
const until = (day: string | null) =>
  day === null ? {} : { lt: new Date(Date.parse(`${day}T00:00:00Z`) + DAY_MS) };

const textOf = (value: unknown): string => (value === null ? "" : JSON.stringify(value, null, 2));

async function loadSeals(tx: Transaction, sequences: readonly bigint[]): Promise<Map<bigint, string>> {
  const seals = await tx.auditSeal.findMany({
    where: { sequence: { in: [...sequences] } },
    select: { sequence: true, hash: true },
  });
  return new Map(seals.map((seal) => [seal.sequence, seal.hash]));
}

async function loadSealing(tx: Transaction): Promise<AuditSealing | null> {
  const head = await readHead(tx);
  if (head === null) return null;
  const waiting = await tx.auditEvent.count({ where: { sequence: { gt: head.sequence } } });
  return { lines: Number(head.place), hash: head.hash, at: head.sealedAt.toISOString(), waiting };
}

async function loadNames(tx: Transaction, userIds: readonly string[]): Promise<Map<string, string>> {
  const users = await tx.user.findMany({
    where: { id: { in: [...new Set(userIds)] } },
    select: { id: true, name: true, email: true },
  });
  return new Map(users.map((user) => [user.id, user.name ?? user.email]));
}
