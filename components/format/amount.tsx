import { cn } from "@/components/ui/class-names";
import type { AmountView } from "@/lib/domain/views/amount";
import { formatAmount } from "./format-amount";

/** An amount in figures of one width; a dash, read out as "no amount", where there is none. */
export function Amount({ value, className }: { value: AmountView | null; className?: string }) {
  if (value === null)
    return (
      <span className={cn("text-muted-foreground", className)}>
        <span aria-hidden="true">–</span>
        <span className="sr-only">no amount</span>
      </span>
    );
  return <span className={cn("tabular-nums whitespace-nowrap", className)}>{formatAmount(value)}</span>;
}
