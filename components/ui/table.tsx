import type { ComponentProps } from "react";
import { cn } from "./class-names";

/** A table in its own sideways-scrolling region, which keyboards can reach; `label` names both. */
export function Table({ className, label, ...props }: ComponentProps<"table"> & { label: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must take focus to be scrolled by keys
    <section className="relative w-full overflow-x-auto" aria-label={label} tabIndex={0}>
      <table className={cn("w-full border-collapse text-sm", className)} aria-label={label} {...props} />
    </section>
  );
}

export function TableHeader({ className, ...props }: ComponentProps<"thead">) {
  return <thead className={cn("border-b border-border", className)} {...props} />;
}

export function TableBody({ className, ...props }: ComponentProps<"tbody">) {
  return <tbody className={cn("divide-y divide-border", className)} {...props} />;
}

export function TableFooter({ className, ...props }: ComponentProps<"tfoot">) {
  return <tfoot className={cn("border-t border-border font-medium", className)} {...props} />;
}

export function TableRow({ className, ...props }: ComponentProps<"tr">) {
  return <tr className={className} {...props} />;
}

export function TableHead({ className, scope = "col", ...props }: ComponentProps<"th">) {
  return (
    <th
      scope={scope}
      className={cn(
        "px-3 py-2.5 text-left text-xs font-medium whitespace-nowrap text-muted-foreground first:pl-4 last:pr-4 sm:first:pl-6 sm:last:pr-6",
        className,
      )}
      {...props}
    />
  );
}

/** The cell that names its row. */
export function TableRowHead({ className, ...props }: ComponentProps<"th">) {
  return (
    <th
      scope="row"
      className={cn("px-3 py-3 text-left align-top font-medium first:pl-4 sm:first:pl-6", className)}
      {...props}
    />
  );
}

export function TableCell({ className, ...props }: ComponentProps<"td">) {
  return (
    <td
      className={cn("px-3 py-3 align-top first:pl-4 last:pr-4 sm:first:pl-6 sm:last:pr-6", className)}
      {...props}
    />
  );
}

/** Right-aligned, figures of one width. */
export const figureClasses = "text-right tabular-nums whitespace-nowrap";
