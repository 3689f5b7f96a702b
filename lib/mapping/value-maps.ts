import type { AccountClass, ReferenceData } from "@/lib/domain/reference-data";

/**
 * Which value of the source is which value of the ledger, as people confirmed it. A tax of the source has two
 * sides: ledgers keep one rate for what is sold and another for what is bought, and refuse the wrong one.
 */
export interface ValueMaps {
  readonly account: ReadonlyMap<string, string>;
  /** By taxSideKey. */
  readonly tax: ReadonlyMap<string, string>;
  readonly paymentAccount: ReadonlyMap<string, string>;
  /** Source option key to "categoryKey/optionKey" of the ledger. */
  readonly tracking: ReadonlyMap<string, string>;
  readonly rounding: { readonly accountKey: string; readonly taxKey: string } | null;
  readonly documentStatus: "draft" | "approved";
  /** What people call a value of the source: "account:4802" to "Sales". Keys are for machines, problems for people. */
  readonly sourceLabel: ReadonlyMap<string, string>;
  /** Class of each ledger account, by key. */
  readonly accountClass: ReadonlyMap<string, AccountClass>;
}

export type TaxSide = "sales" | "purchases";

export const taxSideKey = (sourceTaxKey: string, side: TaxSide): string => `${sourceTaxKey}@${side}`;

/**
 * Which side of a tax a line takes: that of its account where this is income or cost, since ledgers refuse the other one
 * there, else that of its document.
 */
export function taxSideOf(accountClass: AccountClass, documentSide: TaxSide): TaxSide {
  if (accountClass === "expense") return "purchases";
  return accountClass === "income" ? "sales" : documentSide;
}

export interface ValueMapRow {
  readonly kind: string;
  readonly sourceKey: string;
  readonly sourceLabel: string;
  readonly targetKey: string | null;
}

/** Source keys of the two rounding choices. */
export const ROUNDING_ACCOUNT = "account";

/**
 * Builds the look-ups from stored rows. Rows without a choice are left out, so that their use is a named problem; `source`
 * gives their names to values that the set-up has not asked about yet.
 */
export function buildValueMaps(
  rows: readonly ValueMapRow[],
  documentStatus: "draft" | "approved",
  ledger: ReferenceData,
  source: Pick<ReferenceData, "accounts" | "taxRates"> = { accounts: [], taxRates: [] },
): ValueMaps {
  const ofKind = (kind: string): Map<string, string> =>
    new Map(
      rows.flatMap((row) =>
        row.kind === kind && row.targetKey !== null ? [[row.sourceKey, row.targetKey] as const] : [],
      ),
    );
  const roundingAccount = ofKind("rounding").get(ROUNDING_ACCOUNT);
  const noTax = ledger.taxRates.find((rate) => rate.isNoTax && rate.active);
  return {
    account: ofKind("account"),
    tax: ofKind("tax"),
    paymentAccount: ofKind("paymentAccount"),
    tracking: ofKind("tracking"),
    rounding: roundingAccount && noTax ? { accountKey: roundingAccount, taxKey: noTax.key } : null,
    documentStatus,
    sourceLabel: new Map([
      ...namesIn(source),
      ...rows.map((row) => [`${row.kind}:${row.sourceKey}`, row.sourceLabel] as const),
    ]),
    accountClass: new Map(ledger.accounts.map((account) => [account.key, account.accountClass])),
  };
}

function namesIn({ accounts, taxRates }: Pick<ReferenceData, "accounts" | "taxRates">): [string, string][] {
  return [
    ...accounts.flatMap(({ key, name }): [string, string][] => [
      [`account:${key}`, name],
      [`paymentAccount:${key}`, name],
    ]),
    ...taxRates.flatMap(({ key, name }) =>
      (["sales", "purchases"] as const).map((side): [string, string] => [
        `tax:${taxSideKey(key, side)}`,
        taxSideLabel(name, side),
      ]),
    ),
  ];
}

/** What people call one side of a tax. */
export const taxSideLabel = (taxName: string, side: TaxSide): string =>
  side === "sales" ? taxName : `${taxName}, on cost accounts`;

/** The name of a source value for a sentence; its key where the set-up has never asked about it. */
export const labelOf = (maps: ValueMaps, kind: string, sourceKey: string): string =>
  maps.sourceLabel.get(`${kind}:${sourceKey}`) ?? (sourceKey === "" ? "none" : sourceKey);
