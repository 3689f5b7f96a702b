import type { z } from "zod";
import type { Transaction } from "@/lib/db/client";
import { toInputJson } from "@/lib/db/input-json";

/**
 * Figures of a run that very many rows add up to, kept beside it so that a page does not add them up at each look. Only
 * what nothing changes any more is kept for good; the rest says how old it may be. Small runs are always added up anew,
 * since that costs nothing. What the figures mean is their caller's to know.
 */
export interface KeptAs<T> {
  readonly workspaceId: string;
  readonly runId: string;
  /** Which of the run's figures. */
  readonly name: string;
  readonly schema: z.ZodType<T>;
  readonly now: Date;
  /** How old they may be; null where nothing changes them any more. */
  readonly ageMsMax: number | null;
}

/** From so many records on figures are kept. */
const LARGE = 10_000;

/** True where a run has so many records that adding them up takes longer than a person notices. */
export async function isLarge(tx: Transaction, runId: string): Promise<boolean> {
  const sums = await tx.syncPass.aggregate({ where: { runId }, _sum: { planned: true } });
  return (sums._sum.planned ?? 0) >= LARGE;
}

/** The kept figures; where there are none, or too old ones, they are added up and kept. */
export async function keepFigures<T>(
  tx: Transaction,
  { workspaceId, runId, name, schema, now, ageMsMax }: KeptAs<T>,
  addUp: () => Promise<T>,
): Promise<T> {
  const key = { runId_name: { runId, name } };
  const row = await tx.keptFigure.findUnique({ where: key });
  const isFresh = row !== null && (ageMsMax === null || now.getTime() - row.keptAt.getTime() <= ageMsMax);
  const kept = isFresh ? schema.safeParse(row.figures) : null;
  if (kept?.success) return kept.data;
  const figures = await addUp();
  const written = { figures: toInputJson(figures), keptAt: now };
  await tx.keptFigure.upsert({
    where: key,
    create: { workspaceId, runId, name, ...written },
    update: written,
  });
  return figures;
}
