/**
 * What a tie-out can say of a record, how much that weighs, and the one thing to do about it. A discrepancy is what
 * nobody explained; `look` asks for a glance and is no discrepancy; `waiting` is known to be open; the rest is explained.
 */
export const TIE_OUT_KINDS = {
  missing: { weight: "discrepancy", action: "postAgain" },
  voidedInLedger: { weight: "discrepancy", action: "postAgain" },
  doubled: { weight: "discrepancy", action: "openLedger" },
  unknownMarker: { weight: "discrepancy", action: "openLedger" },
  voidedInSource: { weight: "discrepancy", action: "openLedger" },
  amountDiffers: { weight: "discrepancy", action: "postAgain" },
  dateDiffers: { weight: "discrepancy", action: "postAgain" },
  contactDiffers: { weight: "discrepancy", action: "postAgain" },
  taxDiffers: { weight: "discrepancy", action: "postAgain" },
  accountDiffers: { weight: "discrepancy", action: "postAgain" },
  trackingDiffers: { weight: "discrepancy", action: "postAgain" },
  rateDiffers: { weight: "discrepancy", action: "postAgain" },
  numberDiffers: { weight: "discrepancy", action: "accept" },
  nameDiffers: { weight: "discrepancy", action: "postAgain" },
  likelyDouble: { weight: "look", action: "openLedger" },
  exception: { weight: "waiting", action: "openExceptions" },
  waiting: { weight: "waiting", action: "retry" },
  accepted: { weight: "explained", action: "none" },
  excluded: { weight: "explained", action: "none" },
  dismissed: { weight: "explained", action: "openExceptions" },
  rounding: { weight: "explained", action: "openLedger" },
  onlyInLedger: { weight: "explained", action: "openLedger" },
} as const satisfies Readonly<
  Record<string, { readonly weight: TieOutWeight; readonly action: TieOutAction }>
>;

export type TieOutKind = keyof typeof TIE_OUT_KINDS;

/** From what needs a person most to what needs nobody. */
export const TIE_OUT_WEIGHTS = ["discrepancy", "look", "waiting", "explained"] as const;
export type TieOutWeight = (typeof TIE_OUT_WEIGHTS)[number];

/**
 * postAgain: the next preview posts the source's version. accept: a person says that the difference is right, and why.
 * openLedger: only a hand in the ledger can mend it. retry: the next preview plans it.
 */
export type TieOutAction = "postAgain" | "accept" | "openLedger" | "openExceptions" | "retry" | "none";

/** The kinds, the weightiest first. */
export const TIE_OUT_KIND_NAMES: readonly TieOutKind[] = Object.keys(TIE_OUT_KINDS).filter(isTieOutKind);

export function isTieOutKind(text: string): text is TieOutKind {
  return Object.hasOwn(TIE_OUT_KINDS, text);
}

/** What a person may say is right although both sides differ. */
export const mayBeAccepted = (kind: TieOutKind): boolean =>
  TIE_OUT_KINDS[kind].weight === "discrepancy" || TIE_OUT_KINDS[kind].weight === "look";

/** A difference in one field of a record, as people read it. */
export interface FieldDifference {
  readonly field: TieOutField;
  /** As it should be, by the source and the confirmed mapping. */
  readonly source: string;
  /** As the ledger shows it. */
  readonly ledger: string;
}

export const TIE_OUT_FIELDS = [
  "currency",
  "amount",
  "date",
  "contact",
  "tax",
  "account",
  "tracking",
  "rate",
  "number",
  "name",
  "status",
] as const;
export type TieOutField = (typeof TIE_OUT_FIELDS)[number];
