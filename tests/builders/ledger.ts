import type { ConnectorRules } from "@/lib/connectors/contract/connector";
import type { CanonicalRecord } from "@/lib/domain/canonical-record";
import { add, moneyToDecimal, roundToMoney, subtract, zero } from "@/lib/domain/money";
import type { Prediction } from "@/lib/domain/prediction";
import type { ReferenceData } from "@/lib/domain/reference-data";
import type { ReferenceState, References } from "@/lib/mapping/references";
import type { Rulebook } from "@/lib/sync/decision";
import { confirmedMaps, ledgerReference } from "./reference-data";

/*
 * A ledger in a few lines, no vendor's: it marks a record with the pair and the source id, refuses nothing unless told
 * to, and rounds tax line by line, which is where totals part from a source that rounds by document.
 */

/** Tax rounded line by line, then summed; an independent count of what lib/connectors predicts. */
export function predictByLine(record: CanonicalRecord, { taxRates }: ReferenceData): Prediction | null {
  if (record.recordType !== "invoice" && record.recordType !== "creditNote") return null;
  const { currency, lineAmounts } = record;
  let net = zero(currency);
  let tax = zero(currency);
  for (const line of record.lines) {
    const percent = taxRates.find((rate) => rate.key === line.taxKey)?.ratePercent.toString() ?? "0";
    const amount = roundToMoney(line.quantity.times(line.unitPrice), currency);
    const value = moneyToDecimal(amount);
    const lineTax =
      lineAmounts === "noTax"
        ? zero(currency)
        : roundToMoney(
            lineAmounts === "exclusive"
              ? value.times(percent).dividedBy(100)
              : value.minus(value.times(100).dividedBy(value.times(0).plus(percent).plus(100))),
            currency,
          );
    tax = add(tax, lineTax);
    net = add(net, lineAmounts === "inclusive" ? subtract(amount, lineTax) : amount);
  }
  return { net, tax, gross: add(net, tax), taxes: [], journal: [] };
}

export const PAIR = { origin: "https://tieout.example", pairId: "pair-1" };

export const markerFor = (sourceExternalId: string): string => `T-${PAIR.pairId}-${sourceExternalId}`;

export const ledgerRules: ConnectorRules = {
  prepare: (record, { sourceExternalId }) => ({
    record: {
      ...record,
      marker:
        record.recordType === "item"
          ? record.code
          : record.recordType === "allocation"
            ? ""
            : markerFor(sourceExternalId),
    },
    warnings: [],
  }),
  isMarker: (text, { pairId }) => text.startsWith(`T-${pairId}-`),
  preflight: () => [],
  predict: predictByLine,
  book: () => [],
  encodedBytes: () => 1,
  naturalKey: () => "",
  link: () => null,
};

export function aRulebook(changes: Partial<Rulebook> = {}): Rulebook {
  return {
    settings: { documentStatus: "approved", cutOver: null, version: 1 },
    maps: confirmedMaps(),
    ledger: ledgerReference(),
    rules: ledgerRules,
    writable: () => true,
    markerOf: (sourceExternalId) => ({ ...PAIR, sourceExternalId }),
    ...changes,
  };
}

export const linked = (ledgerId: string, ledgerCode = ""): ReferenceState => ({
  state: "linked",
  ledgerId,
  ledgerCode,
});

/** Everything that is pointed to stands in the ledger as "x-…", unless said otherwise by source id. */
export function referencesTo(states: Readonly<Record<string, ReferenceState>> = {}): References {
  const find = (sourceId: string): ReferenceState =>
    states[sourceId] ?? linked(sourceId.replace(/^z-/, "x-"), sourceId.replace(/^z-/, "").toUpperCase());
  return {
    contact: find,
    item: find,
    invoice: find,
    creditNote: find,
    bill: find,
    supplierCredit: find,
  };
}
