import { formatAmount } from "@/components/format/format-amount";
import { formatMonth } from "@/components/format/format-time";
import type { MonthTotal } from "./month-totals";

const PLOT_HEIGHT = 140;
const LABEL_HEIGHT = 22;
/** Two months alone are two slim pairs at the left, not two walls. */
const SLOTS_MIN = 8;

/**
 * Two bars a month, source and ledger. Positions are percentages, so that the text keeps its size on a phone; the
 * table below holds the same figures for those who cannot see it.
 */
export function MonthChart({
  totals,
  currency,
  sourceName,
  ledgerName,
}: {
  totals: readonly MonthTotal[];
  currency: string;
  sourceName: string;
  ledgerName: string;
}) {
  if (totals.length === 0) return null;
  const slot = 100 / Math.max(totals.length, SLOTS_MIN);
  const bar = slot * 0.24;
  const height = (share: number) => (share === 0 ? 0 : Math.max(2, share * PLOT_HEIGHT));
  return (
    <figure className="flex flex-col gap-3">
      <figcaption className="flex flex-wrap gap-x-5 gap-y-1 text-sm text-muted-foreground">
        <Key className="fill-[var(--chart-source)]" label={sourceName} />
        <Key className="fill-[var(--chart-ledger)]" label={ledgerName} />
      </figcaption>
      <svg
        role="img"
        aria-label={`${sourceName} and ${ledgerName} by month in ${currency}; the table below has the figures.`}
        width="100%"
        height={PLOT_HEIGHT + LABEL_HEIGHT}
        className="overflow-visible"
      >
        <line x1="0" x2="100%" y1={PLOT_HEIGHT} y2={PLOT_HEIGHT} className="stroke-border" />
        {totals.map((total, index) => {
          const middle = slot * index + slot / 2;
          return (
            <g key={total.month}>
              <title>
                {`${formatMonth(total.month)}: ${formatAmount({ amount: total.source, currency })} in ${sourceName}, ${formatAmount({ amount: total.ledger, currency })} in ${ledgerName}`}
              </title>
              <rect
                x={`${middle - bar - 0.25}%`}
                y={PLOT_HEIGHT - height(total.sourceShare)}
                width={`${bar}%`}
                height={height(total.sourceShare)}
                rx="2"
                className="fill-[var(--chart-source)]"
              />
              <rect
                x={`${middle + 0.25}%`}
                y={PLOT_HEIGHT - height(total.ledgerShare)}
                width={`${bar}%`}
                height={height(total.ledgerShare)}
                rx="2"
                className="fill-[var(--chart-ledger)]"
              />
              <text
                x={`${middle}%`}
                y={PLOT_HEIGHT + 16}
                textAnchor="middle"
                className="fill-muted-foreground text-[0.6875rem]"
              >
                {formatMonth(total.month).slice(0, 3)}
              </text>
            </g>
          );
        })}
      </svg>
    </figure>
  );
}

function Key({ className, label }: { className: string; label: string }) {
  return (
    <span className="inline-flex items-center gap-2">
      <svg width="10" height="10" aria-hidden="true">
        <rect width="10" height="10" rx="2" className={className} />
      </svg>
      {label}
    </span>
  );
}
