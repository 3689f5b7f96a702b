import Link from "next/link";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import type { BillingNoticeView } from "@/lib/domain/views/billing-view";
import { planWords } from "./plan-words";

const TITLES = {
  owed: "A payment did not go through",
  stopped: "The plan is not paid, so nothing is posted",
  ended: "The plan has ended, so nothing is posted",
  resting: "The plan is paused, so nothing is posted",
  starting: "The first payment is not finished",
} as const;

/** On every page while a payment is owed or the plan is over: what goes on, until when, and the one button. */
export function BillingBanner({ slug, notice }: { slug: string; notice: BillingNoticeView | null }) {
  if (notice === null) return null;
  const { kind } = notice.status;
  if (kind === "none" || kind === "active" || kind === "trial") return null;
  const isStopped = kind === "stopped" || kind === "ended";
  return (
    <div className="mb-6 print:hidden">
      <Alert tone={isStopped ? "destructive" : "warning"} role="status" title={TITLES[kind]}>
        <div className="flex flex-col gap-3 sm:flex-row sm:items-center sm:justify-between">
          <p>
            {notice.isReleased
              ? "Your connections were given back. Everything stays readable; start the plan and connect again to go on."
              : planWords(notice.status).meaning}
          </p>
          <Button asChild variant="outline" className="w-full shrink-0 sm:w-auto">
            <Link href={`/${slug}/billing`}>Go to billing</Link>
          </Button>
        </div>
      </Alert>
    </div>
  );
}
