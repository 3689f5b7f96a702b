import Link from "next/link";
import { cn } from "./class-names";

/**
 * Choices that narrow what a page lists. They are links, since the choice is part of the address: it survives a
 * reload, can be sent to a colleague, and works before any script has loaded.
 */
export function LinkTabs({
  label,
  tabs,
}: {
  label: string;
  tabs: readonly {
    readonly label: string;
    readonly href: string;
    readonly current: boolean;
    readonly count?: string;
  }[];
}) {
  return (
    <nav aria-label={label}>
      <ul className="flex flex-wrap gap-1.5">
        {tabs.map((tab) => (
          <li key={tab.href}>
            <Link
              href={tab.href}
              scroll={false}
              aria-current={tab.current ? "true" : undefined}
              className={cn(
                "inline-flex min-h-8 items-center gap-1.5 rounded-full border px-3 text-sm transition-colors",
                tab.current
                  ? "border-primary bg-primary-soft font-medium text-primary"
                  : "border-border bg-card text-muted-foreground hover:bg-muted hover:text-foreground",
              )}
            >
              {tab.label}
              {tab.count === undefined ? null : <span className="text-xs tabular-nums">{tab.count}</span>}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
