import type { ComponentProps } from "react";
import { cn } from "./class-names";

/** Text of 16 px on phones: below that, iOS zooms in on focus. */
export const controlClasses =
  "min-h-10 w-full rounded-md border border-input bg-card px-3 text-base text-foreground sm:text-sm disabled:cursor-not-allowed disabled:opacity-60 aria-invalid:border-destructive";

export function Input({ className, ...props }: ComponentProps<"input">) {
  return <input className={cn(controlClasses, "placeholder:text-muted-foreground", className)} {...props} />;
}
