import { toInputJson } from "@/lib/db/input-json";
import { type ReferenceData, referenceDataSchema } from "@/lib/domain/reference-data";
import type { Runtime } from "../runtime";
import { openConnection } from "./open-connection";

/** Accounts, taxes, tracking, currencies and locks of a tenant, read again when the stored ones are older than allowed. */
export async function loadReference(
  runtime: Runtime,
  workspaceId: string,
  connectionId: string,
  maxAgeMs: number,
): Promise<ReferenceData> {
  const stored = await runtime.database.withWorkspace(workspaceId, (tx) =>
    tx.referenceSet.findUnique({ where: { connectionId } }),
  );
  const now = runtime.clock.now();
  if (stored && now.getTime() - stored.fetchedAt.getTime() <= maxAgeMs)
    return referenceDataSchema.parse(stored.payload);
  const { connector } = await openConnection(runtime, workspaceId, connectionId);
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
