import type { Transaction } from "@/lib/db/client";
import { moneyText } from "@/lib/domain/money";
import type { ReferenceData } from "@/lib/domain/reference-data";
import type { AmountView } from "@/lib/domain/views/amount";
import type { JournalView } from "@/lib/domain/views/run-view";

/** The journal that a run's plan makes, added up by account, tax rate and currency. */
export async function loadJournal(
  tx: Transaction,
  runId: string,
  { baseCurrency, accounts, taxRates }: Pick<ReferenceData, "baseCurrency" | "accounts" | "taxRates">,
): Promise<JournalView> {
  const rows = await tx.$queryRaw<JournalRow[]>`
    SELECT line ->> 'accountKey' AS account, COALESCE(line ->> 'taxKey', '') AS tax, line -> 'amount' ->> 'currency' AS currency,
           COALESCE(sum(a.minor) FILTER (WHERE a.minor > 0), 0)::text AS debit,
           COALESCE(-sum(a.minor) FILTER (WHERE a.minor < 0), 0)::text AS credit,
           COALESCE(sum(a.base) FILTER (WHERE a.base > 0), 0)::text AS base_debit,
           COALESCE(-sum(a.base) FILTER (WHERE a.base < 0), 0)::text AS base_credit
      FROM planned_changes p
     CROSS JOIN LATERAL jsonb_array_elements(CASE jsonb_typeof(p.booked) WHEN 'array' THEN p.booked ELSE '[]' END) AS line
     CROSS JOIN LATERAL (SELECT (line -> 'amount' ->> 'minor')::numeric AS minor, (line -> 'base' ->> 'minor')::numeric AS base) a
     WHERE p.run_id = ${runId}::uuid AND p.verb IN ('create', 'void')
     GROUP BY 1, 2, 3 ORDER BY 1, 3, 2`;
  const [unknown] = await tx.$queryRaw<{ count: bigint }[]>`
    SELECT count(*) FROM planned_changes
     WHERE run_id = ${runId}::uuid AND verb IN ('create', 'void') AND booked = 'null'`;
  const nameOf = new Map(accounts.map((one) => [one.key, `${one.code} ${one.name}`.trim()]));
  const rateOf = new Map(taxRates.map((one) => [one.key, one.name]));
  const total = (side: "base_debit" | "base_credit"): AmountView =>
    amountView(
      rows.reduce((sum, row) => sum + BigInt(row[side]), 0n),
      baseCurrency,
    );
  return {
    baseCurrency,
    lines: rows.map((row) => ({
      account: nameOf.get(row.account) ?? row.account,
      taxRate: rateOf.get(row.tax) ?? row.tax,
      currency: row.currency,
      debit: unlessNothing(row.debit, row.currency),
      credit: unlessNothing(row.credit, row.currency),
      baseDebit: unlessNothing(row.base_debit, baseCurrency),
      baseCredit: unlessNothing(row.base_credit, baseCurrency),
    })),
    debit: total("base_debit"),
    credit: total("base_credit"),
    unknown: Number(unknown?.count ?? 0n),
  };
}

interface JournalRow {
  account: string;
  tax: string;
  currency: string;
  debit: string;
  credit: string;
  base_debit: string;
  base_credit: string;
}

const unlessNothing = (minor: string, currency: string): AmountView | null =>
  minor === "0" ? null : amountView(BigInt(minor), currency);

export const amountView = (minor: bigint, currency: string): AmountView => ({
  amount: moneyText({ minor, currency }),
  currency,
});
