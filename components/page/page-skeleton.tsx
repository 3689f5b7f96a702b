import { Card } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";

/** A page on its way: a title, then as many blocks as it will have. */
export function PageSkeleton({ blocks = 2 }: { blocks?: 1 | 2 | 3 }) {
  return (
    <div role="status">
      <span className="sr-only">Loading…</span>
      <Skeleton className="mb-3 h-7 w-48" />
      <Skeleton className="mb-7 h-4 w-72 max-w-full" />
      <div className="flex flex-col gap-5">
        {Array.from({ length: blocks }, (_, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the blocks are alike and never move
          <Card key={index} className="flex flex-col gap-4 p-6">
            <Skeleton className="h-4 w-40" />
            <Skeleton className="h-4 w-full" />
            <Skeleton className="h-4 w-5/6" />
            <Skeleton className="h-4 w-2/3" />
          </Card>
        ))}
      </div>
    </div>
  );
}
