import { readHead } from "@/lib/audit/read-trail";
import type { Prisma, Transaction } from "@/lib/db/client";
import { sightOf } from "@/lib/domain/personal-details";
import type {
  AuditArea,
  AuditFilter,
  AuditPage,
  AuditRow,
  AuditSealing,
} from "@/lib/domain/views/audit-view";
import type { ListSort } from "@/lib/domain/views/list-sort";
import type { WorkspaceAccess } from "@/lib/domain/workspace-access";
import { getRuntime } from "../runtime";
import { AREA_PREFIXES, AUDIT_WORDS } from "./audit-words";

const ROWS_A_PAGE = 50;
/** The sealer is seconds behind: more than so many are not worth counting. */
const WAITING_COUNTED_MAX = 1_000;
const DAY_MS = 86_400_000;
const SYSTEM = "Tieout";

/**
 * The audit trail, newest first unless said otherwise, a page by the line that the one before ended with; what is no line
 * begins at the beginning.
 */
export async function listAudit(
  access: WorkspaceAccess,
  filter: AuditFilter,
  before: string | null = null,
  sort: ListSort<"time"> = NEWEST_FIRST,
): Promise<AuditPage> {
  const { database } = await getRuntime();
  return database.withWorkspace(access.workspaceId, async (tx) => {
    const direction = sort.descending ? "desc" : "asc";
    const rows = await tx.auditEvent.findMany({
      where: {
        workspaceId: access.workspaceId,
        ...(await beyondLine(tx, before, sort)),
        ...(filter.area === null ? {} : { action: { in: actionsOf(filter.area) } }),
        at: { ...since(filter.from), ...until(filter.to) },
      },
      orderBy: [{ at: direction }, { sequence: direction }],
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
          before: sightOf(access).body(textOf(row.before)),
          after: sightOf(access).body(textOf(row.after)),
          seal: sealOf.get(row.sequence) ?? "",
        }),
      ),
      next: rows.length > ROWS_A_PAGE ? String(page.at(-1)?.sequence ?? "") : null,
    };
  });
}

const NEWEST_FIRST: ListSort<"time"> = { key: "time", descending: true };

/** Whole names, which an index finds; the beginning of one is none to it under row-level security. */
const actionsOf = (area: AuditArea): string[] =>
  Object.keys(AUDIT_WORDS).filter((action) =>
    AREA_PREFIXES[area].some((prefix) => action.startsWith(prefix)),
  );

async function beyondLine(
  tx: Transaction,
  line: string | null,
  { descending }: ListSort<"time">,
): Promise<Prisma.AuditEventWhereInput> {
  const sequence = line !== null && /^\d{1,18}$/.test(line) ? BigInt(line) : null;
  const last = sequence === null ? null : await tx.auditEvent.findUnique({ where: { sequence } });
  if (!last) return {};
  // The bound by time alone is what the index goes by; the rest tells lines of one instant apart.
  return descending
    ? {
        AND: [
          { at: { lte: last.at } },
          { OR: [{ at: { lt: last.at } }, { sequence: { lt: last.sequence } }] },
        ],
      }
    : {
        AND: [
          { at: { gte: last.at } },
          { OR: [{ at: { gt: last.at } }, { sequence: { gt: last.sequence } }] },
        ],
      };
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
  const waiting = await tx.auditEvent.count({
    where: { sequence: { gt: head.sequence } },
    orderBy: { sequence: "asc" },
    take: WAITING_COUNTED_MAX,
  });
  return { lines: Number(head.place), hash: head.hash, at: head.sealedAt.toISOString(), waiting };
}

async function loadNames(tx: Transaction, userIds: readonly string[]): Promise<Map<string, string>> {
  const users = await tx.user.findMany({
    where: { id: { in: [...new Set(userIds)] } },
    select: { id: true, name: true, email: true },
  });
  return new Map(users.map((user) => [user.id, user.name ?? user.email]));
}
