import { z } from "zod";
import { NAMED_KINDS, type NamedKind } from "@/components/reconciliation/tie-out-records";
import { RECORD_TYPES, type RecordType } from "@/lib/domain/record-type";

const SHOWN_FIRST = 50;
const SHOWN_MAX = 100_000;

/** The choices in the page's address; whatever is not one of ours counts as no choice. */
const querySchema = z.object({
  type: z.enum(RECORD_TYPES).nullable().catch(null),
  kind: z.enum(NAMED_KINDS).nullable().catch(null),
  shown: z.coerce.number().int().min(SHOWN_FIRST).max(SHOWN_MAX).catch(SHOWN_FIRST),
});

export function parseTieOutQuery(query: Record<string, string | string[] | undefined>) {
  return querySchema.parse(query);
}

/** The address of the same page with other choices. */
export function tieOutHref(
  base: string,
  choice: { readonly type: RecordType | null; readonly kind: NamedKind | null; readonly shown?: number },
  section: "months" | "records",
): string {
  const query = new URLSearchParams();
  if (choice.type) query.set("type", choice.type);
  if (choice.kind) query.set("kind", choice.kind);
  if (choice.shown && choice.shown > SHOWN_FIRST) query.set("shown", String(choice.shown));
  return `${base}${query.size > 0 ? `?${query}` : ""}#${section}`;
}
