import { CONNECT_PLAN } from "@/lib/billing/plans";
import type { PlanView } from "@/lib/domain/views/billing-view";
import { amountView } from "../runs/load-journal";

/** What Tieout costs, for pages that anybody may see. */
export function getPlan(): PlanView {
  const { currency, monthlyMinor, yearlyMinor, refundDays, graceDays, keptDays, pairsMax } = CONNECT_PLAN;
  return {
    monthly: amountView(monthlyMinor, currency),
    yearly: amountView(yearlyMinor, currency),
    ...{ refundDays, graceDays, keptDays, pairsMax },
  };
}
