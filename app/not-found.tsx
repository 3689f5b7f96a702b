import Link from "next/link";
import { PublicFrame } from "@/app/_components/public-frame";
import { Button } from "@/components/ui/button";

export default function NotFound() {
  return (
    <PublicFrame>
      <div className="mx-auto flex w-full max-w-md flex-col items-center gap-3 px-4 py-24 text-center sm:px-6">
        <h1 className="text-2xl font-semibold">This page is not here</h1>
        <p className="text-sm text-muted-foreground">
          The address may be old, or it belongs to a workspace that you are not a member of.
        </p>
        <Button asChild className="mt-3">
          <Link href="/start">Go to your workspace</Link>
        </Button>
      </div>
    </PublicFrame>
  );
}
