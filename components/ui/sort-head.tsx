import { ArrowDown, ArrowUp, ArrowUpDown } from "lucide-react";
import Link from "next/link";
import type { ListSort } from "@/lib/domain/views/list-sort";
import { cn } from "./class-names";
import { TableHead } from "./table";

/**
 * The head of a column that a list can be put in order by: a link, since the order is part of the address. A press takes
 * that order, another one turns it round. `descendingFirst` is for what people look for from its largest or latest.
 */
export function SortHead<K extends string>({
  sortKey,
  sort,
  hrefFor,
  children,
  descendingFirst = false,
  className,
}: {
  sortKey: K;
  sort: ListSort<K>;
  hrefFor: (sort: ListSort<K>) => string;
  children: string;
  descendingFirst?: boolean;
  className?: string;
}) {
  const isCurrent = sort.key === sortKey;
  const next = { key: sortKey, descending: isCurrent ? !sort.descending : descendingFirst };
  const Icon = isCurrent ? (sort.descending ? ArrowDown : ArrowUp) : ArrowUpDown;
  return (
    <TableHead
      className={className}
      aria-sort={isCurrent ? (sort.descending ? "descending" : "ascending") : "none"}
    >
      <Link
        href={hrefFor(next)}
        scroll={false}
        className={cn(
          "-mx-1 inline-flex min-h-6 items-center gap-1 rounded px-1 hover:text-foreground",
          isCurrent && "text-foreground",
        )}
      >
        {children}
        <Icon className={cn("size-3.5", !isCurrent && "opacity-50")} aria-hidden="true" />
      </Link>
    </TableHead>
  );
}
