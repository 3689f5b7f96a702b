import type { RecordType } from "@/lib/domain/record-type";

/** Path of a source record's own page. */
export const recordPath = (slug: string, recordType: RecordType, externalId: string): string =>
  `/${slug}/records/${recordType}/${encodeURIComponent(externalId)}`;
