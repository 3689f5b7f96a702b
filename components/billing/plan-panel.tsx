import { Amount } from "@/components/format/amount";
import { formatAmount } from "@/components/format/format-amount";
import { formatDay } from "@/components/format/format-day";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import type { BillingView } from "@/lib/domain/views/billing-view";
import { type Leave, LeaveButton } from "./leave-button";
import { planWords } from "./plan-words";

/** How the plan stands, what is charged next, and where it is changed. */
export function PlanPanel({
  view,
  manage,
}: {
  view: BillingView;
  /** Null for people who may not change it, and before there is anything to change. */
  manage: {
    readonly card: Leave;
    readonly pairs: Leave;
    readonly cancel: Leave;
    readonly home: Leave;
  } | null;
}) {
  const { status, plan, next } = view;
  const words = planWords(status);
  const isOn = status.kind === "active" || status.kind === "trial" || status.kind === "owed";
  return (
    <Card className="flex flex-col gap-5 p-5 sm:p-6">
      <div className="flex flex-col gap-2">
        <div className="flex flex-wrap items-center gap-3">
          <h2 className="text-base font-semibold">Tieout Connect</h2>
          <Badge tone={words.tone}>{words.label}</Badge>
        </div>
        <p className="max-w-prose text-sm text-muted-foreground">{words.meaning}</p>
      </div>
      <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-2 text-sm">
        <dt className="text-muted-foreground">Price</dt>
        <dd>
          {formatAmount(plan.monthly)} a month for each pair, billed once a year as{" "}
          {formatAmount(plan.yearly)}
        </dd>
        {view.pairs > 0 && status.kind !== "ended" ? (
          <>
            <dt className="text-muted-foreground">Pairs</dt>
            <dd className="tabular-nums">
              {view.pairs} paid for, {view.productionPairs} in use
            </dd>
          </>
        ) : null}
        {next ? (
          <>
            <dt className="text-muted-foreground">Next charge</dt>
            <dd>
              <Amount value={next.amount} /> on {formatDay(next.at)}
            </dd>
          </>
        ) : null}
      </dl>
      {manage ? (
        <div className="flex flex-col gap-3 sm:flex-row sm:flex-wrap">
          <LeaveButton leave={manage.card} variant={status.kind === "owed" ? "primary" : "outline"}>
            Change the card
          </LeaveButton>
          {isOn && status.endsAt === null ? (
            <>
              <LeaveButton leave={manage.pairs} variant="outline">
                Change the number of pairs
              </LeaveButton>
              <LeaveButton leave={manage.cancel} variant="outline">
                Cancel the plan
              </LeaveButton>
            </>
          ) : (
            <LeaveButton leave={manage.home} variant="outline">
              {status.endsAt !== null && isOn ? "Bring the plan back" : "Manage at Stripe"}
            </LeaveButton>
          )}
        </div>
      ) : null}
      {isOn ? (
        <p className="text-sm text-muted-foreground">
          A further pair is charged at once for what is left of the year. Stripe shows the amount before you
          confirm.
        </p>
      ) : null}
    </Card>
  );
}
