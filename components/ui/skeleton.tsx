import type { ComponentProps } from "react";
import { cn } from "./class-names";

/** The ground of something that is still loading. */
export function Skeleton({ className, ...props }: ComponentProps<"div">) {
  return <div className={cn("animate-pulse rounded-md bg-muted", className)} aria-hidden="true" {...props} />;
}
