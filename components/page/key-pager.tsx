import { ChevronRight } from "lucide-react";
import Link from "next/link";
import { Button } from "@/components/ui/button";

/** Onwards through a list that is paged by key, and back to its beginning. */
export function KeyPager({
  firstHref,
  nextHref,
  nextLabel,
}: {
  /** Null on the first page. */
  firstHref: string | null;
  /** Null on the last page. */
  nextHref: string | null;
  nextLabel: string;
}) {
  if (firstHref === null && nextHref === null) return null;
  return (
    <nav aria-label="Pages" className="flex flex-wrap items-center justify-between gap-3">
      {firstHref ? (
        <Button asChild variant="ghost" size="small">
          <Link href={firstHref}>Back to the first</Link>
        </Button>
      ) : (
        <span />
      )}
      {nextHref ? (
        <Button asChild variant="outline" size="small">
          <Link href={nextHref}>
            {nextLabel}
            <ChevronRight aria-hidden="true" />
          </Link>
        </Button>
      ) : null}
    </nav>
  );
}
