import { toInputJson } from "@/lib/db/input-json";
import { type ReferenceData, referenceDataSchema } from "@/lib/domain/reference-data";
import type { Lane } from "@/lib/quota/budget";
import type { Runtime } from "../runtime";
import { openConnection } from "./open-connection";

export interface ReferenceOptions {
  /** The stored ones do when they are no older. */
  readonly maxAgeMs: number;
  readonly lane: Lane;
}

/** What a run goes by after it has read everything anew at its start. */
export const AS_STORED: ReferenceOptions = { maxAgeMs: Number.POSITIVE_INFINITY, lane: "backfill" };

/** Accounts, taxes, tracking, currencies and locks of a tenant, read again when the stored ones are older than allowed. */
export async function loadReference(
  runtime: Runtime,
  workspaceId: string,
  connectionId: string,
  options: ReferenceOptions,
): Promise<ReferenceData> {
  const stored = await runtime.database.withWorkspace(workspaceId, (tx) =>
    tx.referenceSet.findUnique({ where: { connectionId } }),
  );
  const now = runtime.clock.now();
  if (stored && now.getTime() - stored.fetchedAt.getTime() <= options.maxAgeMs)
    return referenceDataSchema.parse(stored.payload);
  const { connector } = await openConnection(runtime, workspaceId, connectionId, { lane: options.lane });
  const fresh = await connector.referenceData();
  const content = { payload: toInputJson(fresh), fetchedAt: now };
  await runtime.database.withWorkspace(workspaceId, (tx) =>
    tx.referenceSet.upsert({
      where: { connectionId },
      create: { workspaceId, connectionId, ...content },
      update: content,
    }),
  );
  return fresh;
}
