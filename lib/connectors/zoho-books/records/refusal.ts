import { z } from "zod";
import { wireDate } from "@/lib/connectors/contract/wire-values";
import type { CanonicalRecord } from "@/lib/domain/canonical-record";
import type { LocalDate } from "@/lib/domain/local-date";
import { type Problem, problem } from "@/lib/domain/problem";
import type { WriteAnswer, ZohoClient } from "../client";
import { ROWS_A_PAGE, readList } from "../wire/list";

/**
 * Why Zoho Books refused a write, from its code. No code for a locked period is documented, so after a refusal that could be
 * one, the locks themselves are asked.
 */

const NAME_TAKEN = new Set([1001, 3062]);

export async function causeOfRefusal(
  client: ZohoClient,
  record: CanonicalRecord,
  { code, message }: Extract<WriteAnswer, { kind: "refused" }>,
): Promise<Problem> {
  const isTaken = code !== null && NAME_TAKEN.has(code);
  if (isTaken && record.recordType === "contact") return problem("nameTaken", record.name, message);
  if (isTaken && record.recordType === "item") return problem("itemCodeUnusable", record.code, message);
  if ("date" in record) {
    const lockDate = await readLockDate(client);
    if (lockDate !== null && record.date <= lockDate) return problem("periodLocked", lockDate, message);
  }
  return problem("refused", "", message);
}

const lockSchema = z.looseObject({
  transaction_lock_status: z.string(),
  transaction_lock_date: wireDate,
  lock_scope: z.coerce.number().int().nullish(),
});

/** Scopes of a lock: over everything, and over sales. */
const SCOPES_OF_SALES = new Set([0, 1]);

/** The last day of sales that is locked; null where none is. A lock that cannot be read locks nothing beforehand. */
export async function readLockDate(client: ZohoClient): Promise<LocalDate | null> {
  const answer = await client.get("/transactionlocks", { per_page: String(ROWS_A_PAGE) });
  const dates = readList(answer, ["transaction_locks"]).rows.flatMap((row) => {
    const lock = lockSchema.safeParse(row);
    if (!lock.success || lock.data.transaction_lock_status === "disabled") return [];
    const scope = lock.data.lock_scope ?? 0;
    return SCOPES_OF_SALES.has(scope) ? [lock.data.transaction_lock_date] : [];
  });
  return dates.sort().at(-1) ?? null;
}
