import { formatCount } from "@/components/format/format-amount";
import type { TieOutPoint } from "@/lib/domain/views/tie-out-view";

const HEIGHT = 56;
/** One tie-out is no trend. */
const POINTS_MIN = 2;

/**
 * The score of the last tie-outs, oldest left. The scale ends at 100 and begins a little below the lowest, since nearly all
 * of them are close to 100; the two ends are written beside it.
 */
export function ScoreTrend({ points }: { points: readonly TieOutPoint[] }) {
  const scores = points.flatMap(({ score }) => (score.percent === null ? [] : [Number(score.percent)]));
  if (scores.length < POINTS_MIN) return null;
  const lowest = Math.min(...scores);
  const floor = Math.min(lowest, 99);
  const x = (index: number): number => (index / (scores.length - 1)) * 100;
  const y = (score: number): number => HEIGHT - 4 - ((score - floor) / (100 - floor)) * (HEIGHT - 8);
  const last = scores.at(-1) ?? 0;
  return (
    <figure className="flex flex-col gap-1">
      <svg
        role="img"
        aria-label={`The score over the last ${formatCount(scores.length)} tie-outs: lowest ${lowest.toFixed(2)} %, now ${last.toFixed(2)} %.`}
        viewBox={`0 0 100 ${HEIGHT}`}
        preserveAspectRatio="none"
        width="100%"
        height={HEIGHT}
      >
        <line
          x1="0"
          x2="100"
          y1={y(100)}
          y2={y(100)}
          className="stroke-border"
          vectorEffect="non-scaling-stroke"
        />
        <polyline
          points={scores.map((score, index) => `${x(index)},${y(score)}`).join(" ")}
          fill="none"
          className="stroke-[var(--chart-ledger)]"
          strokeWidth="2"
          vectorEffect="non-scaling-stroke"
        />
      </svg>
      <figcaption className="flex justify-between text-xs text-muted-foreground tabular-nums">
        <span>Last {formatCount(scores.length)} tie-outs</span>
        <span>lowest {lowest.toFixed(2)} %</span>
      </figcaption>
    </figure>
  );
}
