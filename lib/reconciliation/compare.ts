import { nameSimilarity, SIMILARITY_WITH_SAME_EMAIL } from "@/lib/domain/name-similarity";
import type { RecordType } from "@/lib/domain/record-type";
import type { Entry, EntryTax } from "./entry";

/**
 * The tie-out: source entries against ledger entries, by our marker first, then by everything that must agree, then
 * by number alone (contacts by e-mail and a similar name). It knows no link, no intent and no table: what it finds is what anyone would find who reads
 * both systems. `accounted` names the source records that a rule left out or that wait as exceptions.
 */
export interface Accounted {
  readonly kind: "excluded" | "exception";
  readonly sentence: string;
}

export interface Finding {
  readonly kind: "missing" | "doubled" | "unknownMarker" | "amountDiffers" | "dateDiffers" | "taxDiffers";
  readonly source: Entry | null;
  readonly ledger: Entry | null;
  readonly sentence: string;
}

export interface Comparison {
  readonly pairs: readonly { readonly source: Entry; readonly ledger: Entry }[];
  readonly findings: readonly Finding[];
  readonly accounted: readonly { readonly source: Entry; readonly why: Accounted }[];
  readonly onlyInLedger: readonly Entry[];
  readonly voided: { readonly source: number; readonly ledger: number };
}

export const accountedKey = (recordType: RecordType, sourceId: string): string => `${recordType}:${sourceId}`;

export function compareEntries(
  source: readonly Entry[],
  ledger: readonly Entry[],
  accounted: ReadonlyMap<string, Accounted>,
): Comparison {
  const open = new Set(source.filter((entry) => entry.standing));
  const unmatched = new Set(ledger.filter((entry) => entry.standing));
  const pairs: { source: Entry; ledger: Entry }[] = [];
  const isAccounted = (entry: Entry): boolean => accounted.has(accountedKey(entry.recordType, entry.id));

  const pairBy = (
    key: (entry: Entry) => string,
    candidates: Iterable<Entry>,
    mayBe: (source: Entry, ledger: Entry) => boolean = () => true,
  ): void => {
    const waiting = groupBy(unmatched, key);
    for (const entry of candidates) {
      const group = waiting.get(groupKey(entry, key)) ?? [];
      const place = group.findIndex((one) => mayBe(entry, one));
      const found = group[place];
      if (!found) continue;
      group.splice(place, 1);
      pairs.push({ source: entry, ledger: found });
      open.delete(entry);
      unmatched.delete(found);
    }
  };
  const bySourceMarkers = new Map([...open].map((entry) => [groupKey(entry, (one) => one.marker), entry]));
  pairBy((entry) => entry.marker, [...open]);
  const theirs = (): Entry[] => [...open].filter((entry) => !isAccounted(entry));
  pairBy((entry) => entry.strictKey, theirs());
  pairBy((entry) => entry.looseKey, theirs(), isSimilar);

  const findings = pairs.flatMap(({ source: left, ledger: right }) => findDifferences(left, right));
  const accountedFor: { source: Entry; why: Accounted }[] = [];
  for (const entry of open) {
    const why = accounted.get(accountedKey(entry.recordType, entry.id));
    if (why) accountedFor.push({ source: entry, why });
    else
      findings.push({
        kind: "missing",
        source: entry,
        ledger: null,
        sentence: "It is in the source but not in the ledger.",
      });
  }
  const onlyInLedger: Entry[] = [];
  for (const entry of unmatched) {
    if (entry.marker === "") onlyInLedger.push(entry);
    else findings.push(findStray(entry, bySourceMarkers.get(groupKey(entry, (one) => one.marker)) ?? null));
  }
  return {
    pairs,
    findings,
    accounted: accountedFor,
    onlyInLedger,
    voided: {
      source: source.filter((entry) => !entry.standing).length,
      ledger: ledger.filter((entry) => !entry.standing).length,
    },
  };
}

/** Two people at one address are two contacts: pairing them would hide that one is missing. */
const isSimilar = (source: Entry, ledger: Entry): boolean =>
  source.recordType !== "contact" || nameSimilarity(source.label, ledger.label) >= SIMILARITY_WITH_SAME_EMAIL;

const groupKey = (entry: Entry, key: (entry: Entry) => string): string => {
  const own = key(entry);
  return own === "" ? "" : `${entry.recordType}:${own}`;
};

function groupBy(entries: Iterable<Entry>, key: (entry: Entry) => string): Map<string, Entry[]> {
  const groups = new Map<string, Entry[]>();
  for (const entry of entries) {
    const own = groupKey(entry, key);
    if (own === "") continue;
    const group = groups.get(own);
    if (group) group.push(entry);
    else groups.set(own, [entry]);
  }
  return groups;
}

function findStray(entry: Entry, twin: Entry | null): Finding {
  return twin
    ? { kind: "doubled", source: twin, ledger: entry, sentence: "The ledger has it more than once." }
    : {
        kind: "unknownMarker",
        source: null,
        ledger: entry,
        sentence: "The ledger has it with our reference, but the source does not.",
      };
}

function findDifferences(source: Entry, ledger: Entry): Finding[] {
  const found = (kind: Finding["kind"], sentence: string): Finding => ({ kind, source, ledger, sentence });
  if (source.currency !== ledger.currency)
    return [
      found(
        "amountDiffers",
        `Its currency is ${source.currency} in the source and ${ledger.currency} in the ledger.`,
      ),
    ];
  if (source.gross !== ledger.gross)
    return [found("amountDiffers", "Its total is not the same on both sides.")];
  if (source.date !== ledger.date)
    return [
      found("dateDiffers", `It is dated ${source.date} in the source and ${ledger.date} in the ledger.`),
    ];
  const explained = taxesAgree(source.taxes, ledger.taxes, ledger.rounding);
  return explained
    ? []
    : [found("taxDiffers", "Its total agrees, but not how it splits into net and tax by rate.")];
}

/**
 * Net must agree by rate; tax may differ by rounding alone, and then the rounding line says the same amount. Where line
 * amounts hold the tax, rounding moves units between net and tax instead: what is paid by rate must agree, and no more
 * may move than half a unit a line and one for the document.
 */
function taxesAgree(source: readonly EntryTax[], ledger: readonly EntryTax[], rounding: bigint): boolean {
  const rates = new Set(
    [...source, ...ledger].filter((one) => one.net !== 0n || one.tax !== 0n).map((one) => one.ratePercent),
  );
  let taxDifference = 0n;
  for (const rate of rates) {
    const left = source.find((one) => one.ratePercent === rate);
    const right = ledger.find((one) => one.ratePercent === rate);
    const net = (left?.net ?? 0n) - (right?.net ?? 0n);
    const tax = (left?.tax ?? 0n) - (right?.tax ?? 0n);
    if (net === 0n) {
      taxDifference += tax;
      continue;
    }
    const movable = Math.ceil(Math.max(left?.lines ?? 0, right?.lines ?? 0) / 2) + 1;
    if (net + tax !== 0n || (tax < 0n ? -tax : tax) > BigInt(movable)) return false;
  }
  return taxDifference === rounding;
}
