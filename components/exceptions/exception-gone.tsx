import { CircleCheck } from "lucide-react";
import Link from "next/link";
import { EmptyState } from "@/components/page/empty-state";
import { PageHeader } from "@/components/page/page-header";
import { Button } from "@/components/ui/button";

/** Where something waited that waits no more: posted, dismissed or brought back meanwhile. */
export function ExceptionGone({ path }: { path: string }) {
  return (
    <>
      <PageHeader title="Exceptions" />
      <EmptyState
        Icon={CircleCheck}
        title="Nothing of this waits any more"
        action={
          <Button asChild variant="outline">
            <Link href={path}>All exceptions</Link>
          </Button>
        }
      >
        It was posted, or somebody has dealt with it.
      </EmptyState>
    </>
  );
}
