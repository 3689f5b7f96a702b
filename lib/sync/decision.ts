import type { ConnectorRules } from "@/lib/connectors/contract/connector";
import type { WriteVerb } from "@/lib/connectors/contract/manifest";
import type { CanonicalRecord } from "@/lib/domain/canonical-record";
import type { Money } from "@/lib/domain/money";
import type { PairSettings } from "@/lib/domain/pair-settings";
import type { Prediction } from "@/lib/domain/prediction";
import type { Problem } from "@/lib/domain/problem";
import type { ReferenceData } from "@/lib/domain/reference-data";
import type { Agreed, DisputedField } from "@/lib/domain/two-sided";
import type { ValueMaps } from "@/lib/mapping/value-maps";
import type { Doubt } from "@/lib/matching/match-decision";
import type { ExclusionReason } from "./exclusion";
import type { FlowRules } from "./flow-rules";

/** What is going to happen to one source record, decided before anything is written. */
export type Decision =
  | { readonly verb: "exclude"; readonly reason: ExclusionReason }
  | {
      readonly verb: "block";
      readonly problem: Problem;
      /** The fields that both sides changed, where a person is to say which of the two holds. */
      readonly sides?: readonly DisputedField[];
      /** The ledger records that it may be already, where a person is to say. */
      readonly doubts?: readonly Doubt<CanonicalRecord>[];
    }
  | {
      readonly verb: "link";
      readonly ledgerExternalId: string;
      readonly ledgerCode: string;
      readonly how: "adopted" | "matched";
      readonly evidence: string;
    }
  | {
      readonly verb: WriteVerb;
      /** The record as it is to be sent, marker inside. */
      readonly record: CanonicalRecord;
      readonly ledgerExternalId: string | null;
      readonly warnings: readonly string[];
      readonly prediction: Prediction | null;
    };

/** What a source record is in the ledger already. */
export interface LinkedAs {
  readonly ledgerExternalId: string;
  /** True where the ledger shows the amount, date and name that the source has now. */
  readonly isShown: boolean;
  /** Why what changed since is no change any more, in words; null while it is one. */
  readonly settled: string | null;
  /** True where a person asked that the source's version goes over what somebody changed in the ledger. */
  readonly mayOverwrite?: boolean;
  /** The record as the ledger has it, without its lines; absent where it is not known. */
  readonly shown?: CanonicalRecord;
  /** What both sides had when they last agreed; null where that was never noted. */
  readonly agreed?: Agreed | null;
}

/** A person's word about a ledger record: it is the source record, or it is another one. */
export interface Verdict {
  readonly verdict: "same" | "another";
  /** Who said so. */
  readonly by: string;
}

/** What nobody has looked for: of a record whose decision was made before. */
export const NOTHING_NEAR = {
  near: [],
  verdicts: new Map(),
  postedFrom: new Map(),
} satisfies Partial<Circumstances>;

/** What is known of a record before the decision. */
export interface Circumstances {
  readonly link: LinkedAs | null;
  /** Records of the ledger with the same natural key, e-mail or marker, not linked to another source record. */
  readonly candidates: readonly CanonicalRecord[];
  /** Records of the ledger that agree in so much that they may be this one under another number or name. */
  readonly near: readonly CanonicalRecord[];
  /** Ids of candidates that a document of its own took back: they count as void, and hold their numbers all the same. */
  readonly takenBack?: ReadonlySet<string>;
  /** What a person said of ledger records, by their id there. */
  readonly verdicts: ReadonlyMap<string, Verdict>;
  /** The other app that posted a candidate, by the candidate's id, where it is known. */
  readonly postedFrom: ReadonlyMap<string, string>;
  /** True where another source record has the same natural key and came first. */
  readonly isNameClaimed: boolean;
  /** Refused by the ledger in this very version and with these very settings: no use in sending it again. */
  readonly refusedBefore: Problem | null;
  /** A person left out this very version of the record. */
  readonly isDismissed: boolean;
  /** The source was found to have it no more. */
  readonly hasVanished?: boolean;
  /** What was open on the day of the cut-over of a document that is dated before it; null where nothing was. */
  readonly openAtCutOver?: Money | null;
  /** The number that the plan gave the document where its own may not be free; null where it has none. */
  readonly reissuedAs: string | null;
}

export interface Rulebook {
  readonly settings: PairSettings;
  readonly maps: ValueMaps;
  readonly ledger: ReferenceData;
  readonly rules: ConnectorRules;
  /** What the owner chose for a record type; a person is asked where it is absent. */
  readonly flowRules?: (recordType: CanonicalRecord["recordType"]) => FlowRules;
  readonly writable: (recordType: CanonicalRecord["recordType"], verb: WriteVerb) => boolean;
  readonly markerOf: (sourceExternalId: string) => Parameters<ConnectorRules["prepare"]>[1];
}
