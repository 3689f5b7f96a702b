import { z } from "zod";
import { Prisma } from "@/lib/db/client";
import type { CanonicalRecord } from "@/lib/domain/canonical-record";
import { isOverrideStale, recordOverrideSchema } from "@/lib/domain/record-override";
import { overrideMaps, overrideRecord } from "@/lib/mapping/apply-overrides";
import type { ValueMaps } from "@/lib/mapping/value-maps";

/**
 * What people chose for single records, as the tie-out expects it in the ledger: a document that was moved to the first
 * open day is to be found there on that day, and is a discrepancy on any other.
 */

const chosenSchema = z.array(
  recordOverrideSchema.extend({
    /** The source contact that the chosen ledger contact is; null where it is none of the source's. */
    sourceContactId: z.string().nullable(),
  }),
);

/** The choices for the source record `s`, as JSON text; null where there are none. */
export const chosenFor = (pairId: string): Prisma.Sql => Prisma.sql`
  (SELECT jsonb_agg(jsonb_build_object('field', v.field, 'sourceKey', v.source_key, 'value', v.value, 'label', v.label,
                                       'sourceValue', v.source_value, 'origin', v.origin, 'madeByName', v.made_by_name,
                                       'sourceContactId', k.source_external_id) ORDER BY v.field, v.source_key)::text
     FROM record_overrides v
     LEFT JOIN LATERAL (SELECT l.source_external_id FROM record_links l
                         WHERE v.field = 'contact' AND l.pair_id = v.pair_id AND l.record_type = 'contact'
                           AND l.ledger_external_id = v.value LIMIT 1) k ON true
    WHERE v.pair_id = ${pairId}::uuid AND v.record_type = s.record_type AND v.source_external_id = s.external_id)`;

/** The record and the maps that hold for it. */
export function asChosen(
  record: CanonicalRecord,
  chosen: string | null,
  maps: ValueMaps,
): { readonly record: CanonicalRecord; readonly maps: ValueMaps } {
  if (chosen === null) return { record, maps };
  const overrides = chosenSchema.parse(JSON.parse(chosen)).filter((one) => !isOverrideStale(record, one));
  const expected = overrideRecord(record, overrides);
  const contact = overrides.find(({ field }) => field === "contact");
  if (!contact || !("contactId" in expected))
    return { record: expected, maps: overrideMaps(maps, overrides) };
  const addressed = {
    ...expected,
    contactId: contact.sourceContactId ?? contact.value,
    contactName: contact.label,
  };
  return { record: addressed, maps: overrideMaps(maps, overrides) };
}
