import { formatDay } from "@/components/format/format-day";

/** When somebody last read all of the help against the product. */
export const HELP_UPDATED = "2026-11-21";

export function HelpUpdated() {
  return (
    <p className="text-sm text-muted-foreground">
      Last updated <time dateTime={HELP_UPDATED}>{formatDay(HELP_UPDATED)}</time>
    </p>
  );
}
