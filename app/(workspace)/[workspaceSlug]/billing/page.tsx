import type { Metadata } from "next";
import { requireWorkspace } from "@/app/_access/require-workspace";
import { PlanPanel } from "@/components/billing/plan-panel";
import { planTerms } from "@/components/billing/plan-words";
import { Receipts } from "@/components/billing/receipts";
import { StartPlan } from "@/components/billing/start-plan";
import { CallMeter } from "@/components/overview/call-meter";
import { PageHeader } from "@/components/page/page-header";
import { Alert } from "@/components/ui/alert";
import { Card, CardContent, CardHeader, CardTitle } from "@/components/ui/card";
import { hasRole } from "@/lib/domain/workspace-access";
import { getBilling } from "@/lib/operations/billing/get-billing";
import { getCallMeter } from "@/lib/operations/overview/get-call-meter";
import { managePlanAction, startPlanAction } from "./actions";

export const metadata: Metadata = { title: "Billing" };

export default async function BillingPage({ params }: { params: Promise<{ workspaceSlug: string }> }) {
  const access = await requireWorkspace((await params).workspaceSlug, "/billing");
  const [view, meters] = await Promise.all([getBilling(access), getCallMeter(access)]);
  const mayChange = hasRole(access, "admin") && view.isSetUp;
  const { kind } = view.status;
  const mayStart = mayChange && (kind === "none" || kind === "ended");
  const manage = (flow: "home" | "card" | "cancel" | "pairs") =>
    managePlanAction.bind(null, access.slug, { flow });
  return (
    <>
      <PageHeader title="Billing">What Tieout costs, what was paid, and how to change or end it.</PageHeader>
      <div className="flex flex-col gap-5">
        {view.isSetUp ? null : (
          <Alert title="Nobody is asked for a plan here">This installation has no Stripe account.</Alert>
        )}
        {view.isStale ? (
          <Alert tone="warning" title="Stripe does not answer at this moment">
            The plan is shown as it was last read, and the receipts are missing. Look again in a minute.
          </Alert>
        ) : null}
        <PlanPanel
          view={view}
          manage={
            mayChange && view.isCustomer && kind !== "none"
              ? {
                  card: manage("card"),
                  pairs: manage("pairs"),
                  cancel: manage("cancel"),
                  home: manage("home"),
                }
              : null
          }
        />
        {mayStart ? (
          <StartPlan
            yearly={view.plan.yearly}
            isReturn={kind === "ended"}
            start={startPlan.bind(null, access.slug)}
          />
        ) : null}
        {hasRole(access, "admin") ? null : (
          <Alert title="An owner or an admin changes the plan">You can read everything on this page.</Alert>
        )}
        <Receipts receipts={view.receipts} />
        <Card>
          <CardHeader>
            <CardTitle>The terms in plain words</CardTitle>
          </CardHeader>
          <CardContent>
            <ul className="flex max-w-prose list-disc flex-col gap-2 pl-5 text-sm">
              {planTerms(view.plan).map((term) => (
                <li key={term}>{term}</li>
              ))}
            </ul>
          </CardContent>
        </Card>
        <CallMeter meters={meters} />
        <p className="max-w-prose text-sm text-muted-foreground">
          {meters.length > 0 ? "The calls above are a meter and never a bill. " : ""}
          Records and calls are not charged. Fair use is what Xero and your operations software let one
          organisation ask for in a day.
        </p>
      </div>
    </>
  );
}

async function startPlan(slug: string, pairs: number) {
  "use server";
  return startPlanAction(slug, { pairs });
}
