import { z } from "zod";
import { RECORD_TYPES } from "@/lib/domain/record-type";
import { TIE_OUT_KIND_NAMES } from "@/lib/domain/views/tie-out-kind";
import { FIGURE_DIMENSIONS, FIGURE_SORTS } from "@/lib/domain/views/tie-out-view";

/** The choices in the page's address, which a colleague may be sent; whatever is not one of ours counts as no choice. */
const pageKey = z
  .string()
  .regex(/^\d{1,18}-\d{1,18}$/)
  .nullable()
  .catch(null);
const kind = z.enum(TIE_OUT_KIND_NAMES).nullable().catch(null);
const querySchema = z.object({
  /** Of the figures. */
  by: z.enum(FIGURE_DIMENSIONS).catch("month"),
  type: z.enum(RECORD_TYPES).nullable().catch(null),
  sort: z.enum(FIGURE_SORTS).nullable().catch(null),
  figuresAfter: pageKey,
  /** Of what needs a person. */
  kind,
  after: pageKey,
  /** Of what is explained. */
  explained: kind,
  explainedAfter: pageKey,
});
export type TieOutQuery = z.output<typeof querySchema>;

export function parseTieOutQuery(query: Record<string, string | string[] | undefined>): TieOutQuery {
  return querySchema.parse(query);
}

/** The address of the same page with other choices. */
export function tieOutHref(
  base: string,
  choice: TieOutQuery,
  change: Partial<TieOutQuery>,
  section: "figures" | "needs-you" | "explained",
): string {
  const { by, ...rest } = { ...choice, ...change };
  const query = new URLSearchParams(by === "month" ? [] : [["by", by]]);
  for (const [key, value] of Object.entries(rest)) if (value !== null) query.set(key, value);
  return `${base}${query.size > 0 ? `?${query}` : ""}#${section}`;
}
