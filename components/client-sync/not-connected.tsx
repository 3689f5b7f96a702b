import { Plug } from "lucide-react";
import Link from "next/link";
import { EmptyState } from "@/components/page/empty-state";
import { PageHeader } from "@/components/page/page-header";
import { Button } from "@/components/ui/button";

/** What stands on every page of the client sync before both sides are connected. */
export function NotConnected({ slug }: { slug: string }) {
  return (
    <>
      <PageHeader title="Client sync">Your clients as contacts in your books.</PageHeader>
      <EmptyState
        Icon={Plug}
        title="Connect both sides first"
        action={
          <Button asChild>
            <Link href={`/${slug}/connections`}>Go to the connections</Link>
          </Button>
        }
      >
        Clients are read in one system and added to the other, so both have to be connected.
      </EmptyState>
    </>
  );
}
