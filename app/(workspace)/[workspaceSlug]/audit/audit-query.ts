import { z } from "zod";
import { AUDIT_AREAS, type AuditFilter } from "@/lib/domain/views/audit-view";
import { type ListSort, sortSchema, sortText } from "@/lib/domain/views/list-sort";

const NEWEST_FIRST: ListSort<"time"> = { key: "time", descending: true };

/** The choices in the address of the audit page; whatever is not one of ours counts as no choice. */
const querySchema = z.object({
  area: z.enum(AUDIT_AREAS).nullable().catch(null),
  from: z.iso.date().nullable().catch(null),
  to: z.iso.date().nullable().catch(null),
  sort: sortSchema(["time"], NEWEST_FIRST),
  before: z
    .string()
    .regex(/^\d{1,18}$/)
    .nullable()
    .catch(null),
});

export type AuditQuery = AuditFilter & { readonly sort: ListSort<"time">; readonly before: string | null };

export const parseAuditQuery = (query: Record<string, unknown>): AuditQuery => querySchema.parse(query);

/** The address of the trail, or of its export, under these choices. */
export function auditHref(
  path: string,
  { area, from, to, sort = NEWEST_FIRST }: AuditFilter & { readonly sort?: ListSort<"time"> },
  before?: string | null,
): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries({
    area,
    from,
    to,
    sort: sort.descending ? null : sortText(sort),
    before: before ?? null,
  }))
    if (value !== null) query.set(name, value);
  return query.size > 0 ? `${path}?${query}` : path;
}
