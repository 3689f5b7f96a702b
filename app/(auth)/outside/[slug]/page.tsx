import type { Metadata } from "next";
import Link from "next/link";
import { notFound, redirect } from "next/navigation";
import { requireUser } from "@/app/_access/current-user";
import { currentPlace, findAccess } from "@/app/_access/find-access";
import { PublicFrame } from "@/app/_components/public-frame";
import { Button } from "@/components/ui/button";
import { findClosedWorkspace } from "@/lib/operations/workspaces/whom-to-ask";
import { NarrowCard } from "../../_components/narrow-card";

export const metadata: Metadata = { title: "Not from here" };

/** Where a member comes to who is at an address that the workspace is not open to. Nobody else finds it. */
export default async function OutsidePage({ params }: { params: Promise<{ slug: string }> }) {
  const { slug } = await params;
  const { userId } = await requireUser(`/outside/${slug}`);
  const access = await findAccess(userId, slug);
  if (access !== null && access !== "outside") redirect(`/${slug}/overview`);
  const closed = access === "outside" ? await findClosedWorkspace(userId, slug) : null;
  if (!closed) notFound();
  const who = closed.people.length > 0 ? closed.people.join(", ") : "whoever runs this installation";
  return (
    <PublicFrame>
      <NarrowCard
        title={`${closed.name} is not open from here`}
        sentence="Its administrators let people work from certain network addresses alone."
      >
        <p className="text-sm">
          You are at <span className="font-mono">{await currentPlace()}</span>, which is none of them. Go on
          from your office or its VPN, or ask to have this address added: {who}.
        </p>
        <Button asChild variant="outline">
          <Link href={`/${slug}/overview`}>Try again</Link>
        </Button>
      </NarrowCard>
    </PublicFrame>
  );
}
