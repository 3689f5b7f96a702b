"use client";

import { Calculator } from "lucide-react";
import { useRouter } from "next/navigation";
import { useEffect, useState, useTransition } from "react";
import { formatCount } from "@/components/format/format-amount";
import { ActionError } from "@/components/page/action-error";
import type { ActionResult } from "@/components/page/action-result";
import { Button } from "@/components/ui/button";
import type { HistoryEstimate } from "@/lib/domain/views/setup-view";
import { describeSeconds } from "./describe-seconds";

export type CountSource = () => Promise<ActionResult<{ runId: string }>>;

const LOOK_MS = 3_000;

/** What each beginning takes, so that nobody starts a week of posting by accident; before it is known, how to know it. */
export function HistoryTable({
  history,
  isCounting,
  count,
}: {
  history: readonly HistoryEstimate[];
  isCounting: boolean;
  count: CountSource | null;
}) {
  const router = useRouter();
  const [result, setResult] = useState<Awaited<ReturnType<CountSource>> | null>(null);
  const [pending, startTransition] = useTransition();
  useEffect(() => {
    if (!isCounting) return;
    const timer = setInterval(() => router.refresh(), LOOK_MS);
    return () => clearInterval(timer);
  }, [isCounting, router]);
  return (
    <div className="flex flex-col items-start gap-3">
      {history.length === 0 ? null : <Estimates history={history} isCounting={isCounting} />}
      {isCounting ? (
        <p role="status" className="text-sm text-muted-foreground">
          Your records are being counted. You can go on meanwhile; the figures come by themselves.
        </p>
      ) : history.length === 0 ? (
        <>
          <p className="text-sm text-muted-foreground">
            How many records that is, and how many calls and how long they take, is known once they were read.
            Nothing is posted by it.
          </p>
          {count === null ? null : (
            <Button
              variant="outline"
              disabled={pending}
              onClick={() =>
                startTransition(async () => {
                  setResult(await count());
                  router.refresh();
                })
              }
            >
              <Calculator aria-hidden="true" />
              {pending ? "Starting…" : "Count what there is"}
            </Button>
          )}
        </>
      ) : null}
      <ActionError result={result} />
    </div>
  );
}

function Estimates({ history, isCounting }: { history: readonly HistoryEstimate[]; isCounting: boolean }) {
  return (
    <table className="w-full max-w-xl text-sm">
      <caption className="mb-2 text-left text-muted-foreground">
        {isCounting ? "So far, what is not in Xero yet takes" : "What is not in Xero yet takes"}
      </caption>
      <thead>
        <tr className="border-b border-border text-left">
          <th scope="col" className="py-1.5 font-medium">
            From
          </th>
          <th scope="col" className="py-1.5 text-right font-medium">
            Records
          </th>
          <th scope="col" className="py-1.5 text-right font-medium">
            Calls
          </th>
          <th scope="col" className="py-1.5 text-right font-medium">
            Time
          </th>
        </tr>
      </thead>
      <tbody>
        {history.map((one) => (
          <tr key={one.from ?? ""} className="border-b border-border last:border-0">
            <th scope="row" className="py-1.5 text-left font-normal">
              {one.from ?? "the beginning"}
            </th>
            <td className="py-1.5 text-right tabular-nums">{formatCount(one.records)}</td>
            <td className="py-1.5 text-right tabular-nums">{formatCount(one.calls)}</td>
            <td className="py-1.5 text-right tabular-nums">{describeSeconds(one.seconds)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
