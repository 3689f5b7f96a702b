import { Prisma, type Transaction } from "@/lib/db/client";
import type { Json } from "@/lib/kernel/json";

/** One line of the audit trail: who did what to what, with the value before and after. Never a secret. */
export interface AuditEntry {
  readonly workspaceId: string;
  /** Null where the system acted by itself. */
  readonly actorUserId: string | null;
  /** Verb and noun, for example "connection.connected". */
  readonly action: string;
  readonly subject: string;
  readonly before?: Json;
  readonly after?: Json;
  readonly at: Date;
}

/** Adds the line in the same transaction as the change that it tells of. */
export async function recordEvent(tx: Transaction, entry: AuditEntry): Promise<void> {
  await tx.auditEvent.create({
    data: { ...entry, before: jsonOrNull(entry.before), after: jsonOrNull(entry.after) },
  });
}

function jsonOrNull(value: Json | undefined): Prisma.InputJsonValue | typeof Prisma.DbNull {
  return value === undefined || value === null ? Prisma.DbNull : value;
}
