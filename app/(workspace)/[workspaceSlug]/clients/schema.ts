import { z } from "zod";
import { RECORD_TYPES } from "@/lib/domain/record-type";
import { MAPPING_STATUSES } from "@/lib/domain/views/client-sync-view";

export const saveClientSyncSchema = z.object({ enabled: z.boolean() });

export const confirmMappingsSchema = z.object({ runId: z.uuid() });

/** As much as one press may send. */
const FILE_BYTES_MAX = 900_000;

export const correctMappingsSchema = z.object({
  file: z
    .custom<Uint8Array>((file) => file instanceof Uint8Array)
    .refine((file) => file.byteLength <= FILE_BYTES_MAX, "The file is larger than 900 kB."),
});

export const resyncSchema = z.object({
  recordTypes: z
    .array(z.enum(RECORD_TYPES))
    .min(1, "Choose what is to be read again.")
    .max(RECORD_TYPES.length),
  from: z.iso.date("Give a day."),
});

const statusSchema = z.enum(MAPPING_STATUSES);

/** What the review is narrowed to, from its address. */
export function parseReviewQuery(query: Readonly<Record<string, string | string[] | undefined>>) {
  const status = statusSchema.safeParse(query.status);
  return {
    status: status.success ? status.data : null,
    after: typeof query.after === "string" ? query.after : null,
  };
}
