import type { ConnectorRules, MarkerContext } from "@/lib/connectors/contract/connector";
import type { CanonicalRecord } from "@/lib/domain/canonical-record";
import type { Decimal } from "@/lib/kernel/decimal";
import { mapRecord } from "@/lib/mapping/map-record";
import type { ReferenceState, References } from "@/lib/mapping/references";
import type { ValueMaps } from "@/lib/mapping/value-maps";
import { buildEntry } from "@/lib/reconciliation/build-entry";
import { codingOf } from "@/lib/reconciliation/coding";
import type { Entry } from "@/lib/reconciliation/entry";

/**
 * What the ledger should show for a source record: the record itself, and the accounts, tracking and bank account that the
 * confirmed mapping leads to. This is honest because it is worked out anew, from what the source says now and what a person
 * confirmed, by the same pure functions that posting uses: no link, no stored body and no answer of a write is consulted,
 * so neither a mistake of ours in those nor a hand in the ledger can make the two sides seem to agree. What the mapping
 * itself has wrong shows as accounts that a person did not mean, in totals that carry the ledger's own names.
 */
export interface Expectation {
  readonly maps: ValueMaps;
  readonly rules: ConnectorRules;
  readonly marker: Omit<MarkerContext, "sourceExternalId">;
  readonly sourceRates: ReadonlyMap<string, Decimal>;
  readonly ledgerRates: ReadonlyMap<string, Decimal>;
}

export function expectedEntry(record: CanonicalRecord, expectation: Expectation): Entry {
  const { maps, rules, sourceRates, ledgerRates } = expectation;
  const where = { ...expectation.marker, sourceExternalId: record.externalId };
  const prepared = rules.prepare(record, where).record;
  const mapped = mapRecord(record, maps, EVERYTHING_THERE);
  return buildEntry(
    prepared,
    prepared.marker,
    sourceRates,
    mapped.ok ? codingOf(mapped.value.record, ledgerRates) : null,
  );
}

/** Whether what a record points to arrived is found by comparing that; here everything counts as arrived. */
const there = (sourceId: string): ReferenceState => ({ state: "linked", ledgerId: sourceId, ledgerCode: "" });
const EVERYTHING_THERE: References = {
  contact: there,
  item: there,
  invoice: there,
  creditNote: there,
  bill: there,
  supplierCredit: there,
};
