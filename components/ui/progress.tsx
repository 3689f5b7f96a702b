import type { ComponentProps } from "react";
import { cn } from "./class-names";

/** The browser's own progress bar. Without a `max` above zero it shows an empty bar, not a moving one. */
export function Progress({ className, value, max, ...props }: ComponentProps<"progress"> & { max: number }) {
  const complete = max > 0 && Number(value) >= max;
  return (
    <progress
      className={cn("h-1.5 w-full", className)}
      value={max > 0 ? value : 0}
      max={max > 0 ? max : 1}
      data-complete={complete}
      {...props}
    />
  );
}
