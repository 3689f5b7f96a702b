"use client";

import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { formatCount } from "@/components/format/format-amount";
import { formatMonth } from "@/components/format/format-time";
import { LocalTime } from "@/components/format/local-time";
import { ActionError } from "@/components/page/action-error";
import type { ActionResult } from "@/components/page/action-result";
import { Button } from "@/components/ui/button";
import { Card, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import type { MonthCloseView } from "@/lib/domain/views/tie-out-view";

type Press = (input: { month: string }) => Promise<ActionResult<{ month: string }>>;

/** Each month with its sign-off, and what changed on either side since. */
export function MonthCloses({
  slug,
  months,
  mayAct,
  close,
  reopen,
}: {
  slug: string;
  months: readonly MonthCloseView[];
  mayAct: boolean;
  close: Press;
  reopen: Press;
}) {
  const router = useRouter();
  const [result, setResult] = useState<ActionResult<{ month: string }> | null>(null);
  const [pending, startTransition] = useTransition();
  const press = (work: Press, month: string) =>
    startTransition(async () => {
      setResult(await work({ month }));
      router.refresh();
    });
  if (months.length === 0) return null;
  return (
    <Card id="months" className="scroll-mt-6">
      <CardHeader>
        <CardTitle>Month-end</CardTitle>
        <CardDescription>
          Sign a month off once it agrees. Nothing is locked by it; whatever changes in that month later, on
          either side, is listed.
        </CardDescription>
        <ActionError result={result} />
      </CardHeader>
      <ul className="divide-y divide-border border-t border-border">
        {months.map((one) => (
          <li
            key={one.month}
            className="flex flex-col gap-2 px-4 py-3 text-sm sm:flex-row sm:items-center sm:justify-between sm:px-6"
          >
            <div className="flex flex-col gap-0.5">
              <span className="font-medium">{formatMonth(one.month)}</span>
              <span className="text-muted-foreground">{openWords(one)}</span>
              {one.closed ? (
                <span className="text-muted-foreground">
                  Signed off by {one.closed.by} at <LocalTime iso={one.closed.at} />
                  {one.closed.discrepancies + one.closed.waiting > 0
                    ? `, with ${formatCount(one.closed.discrepancies + one.closed.waiting)} open`
                    : ""}
                  .
                </span>
              ) : null}
            </div>
            <div className="flex flex-wrap items-center gap-3">
              {one.closed && one.changes > 0 ? (
                <Link
                  href={`/${slug}/reconciliation/changes/${one.month}`}
                  className="text-primary underline underline-offset-4"
                >
                  {formatCount(one.changes)} {one.changes === 1 ? "change" : "changes"} since
                  <span className="sr-only"> {formatMonth(one.month)} was signed off</span>
                </Link>
              ) : null}
              {one.closed && one.changes === 0 ? (
                <span className="text-muted-foreground">Nothing changed since</span>
              ) : null}
              {mayAct ? (
                <Button
                  variant={one.closed ? "ghost" : "outline"}
                  size="small"
                  disabled={pending}
                  onClick={() => press(one.closed ? reopen : close, one.month)}
                >
                  {one.closed ? "Open again" : "Sign off"}
                  <span className="sr-only"> {formatMonth(one.month)}</span>
                </Button>
              ) : null}
            </div>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function openWords({ discrepancies, waiting }: MonthCloseView): string {
  if (discrepancies === 0 && waiting === 0) return "Nothing is open.";
  const parts = [
    ...(discrepancies > 0 ? [`${formatCount(discrepancies)} unexplained`] : []),
    ...(waiting > 0 ? [`${formatCount(waiting)} waiting`] : []),
  ];
  return `${parts.join(", ")}.`;
}
