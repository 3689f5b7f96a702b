import { formatAmount } from "@/components/format/format-amount";
import { formatDay } from "@/components/format/format-day";
import type { BadgeTone } from "@/components/ui/badge";
import type { PlanStatusView, PlanView } from "@/lib/domain/views/billing-view";

/** Each standing of a plan in a few words, and what it means for the person who reads it. */
export interface PlanWords {
  readonly label: string;
  readonly tone: BadgeTone;
  readonly meaning: string;
}

export function planWords(status: PlanStatusView): PlanWords {
  switch (status.kind) {
    case "none":
      return {
        label: "No plan",
        tone: "neutral",
        meaning:
          "Previews, comparisons and simulated companies are free and ask for no card. Posting to real books needs the plan.",
      };
    case "trial":
      return {
        label: "Trial",
        tone: "primary",
        meaning: `Everything works. ${renewal(status, "The first charge is on")}`,
      };
    case "active":
      return status.endsAt === null
        ? { label: "Active", tone: "success", meaning: renewal(status, "It renews on") }
        : {
            label: "Cancelled",
            tone: "warning",
            meaning: `It goes on until ${formatDay(status.endsAt)} and is not charged again. Until then you can bring it back.`,
          };
    case "starting":
      return {
        label: "Not paid yet",
        tone: "warning",
        meaning: "The first payment did not go through. Finish it within a day, or start again.",
      };
    case "owed":
      return {
        label: "Payment owed",
        tone: "warning",
        meaning: `The last payment did not go through. Everything goes on as before${until(status.graceUntil)}; the card is tried again by itself.`,
      };
    case "stopped":
      return {
        label: "Not paid",
        tone: "destructive",
        meaning: `Nothing is posted until it is paid. Everything stays readable and nothing is deleted.${release(status)}`,
      };
    case "resting":
      return {
        label: "Paused",
        tone: "warning",
        meaning: "The trial ended without a card. Nothing is posted until you add one and resume.",
      };
    case "ended":
      return {
        label: "Ended",
        tone: "destructive",
        meaning: `Nothing is posted. Everything stays readable and nothing is deleted.${release(status)}`,
      };
  }
}

const renewal = ({ renewsAt }: PlanStatusView, words: string): string =>
  renewsAt === null ? "" : `${words} ${formatDay(renewsAt)}.`;
const until = (iso: string | null): string => (iso === null ? "" : ` until ${formatDay(iso)}`);
const release = ({ releaseAt }: PlanStatusView): string =>
  releaseAt === null
    ? ""
    : ` Your connections are kept until ${formatDay(releaseAt)}; after that you connect again to go on.`;

/** What is promised about money back and leaving, for whoever has not paid yet. */
export function planTerms(plan: PlanView): readonly string[] {
  return [
    `The year is paid at once: ${formatAmount(plan.yearly)} for each pair, which is ${formatAmount(plan.monthly)} a month. Where tax is due, it is shown and added before you pay.`,
    `Changed your mind within ${plan.refundDays} days of the first payment? Write to us and all of it is given back.`,
    "Cancel at any minute on the billing page. The plan then goes on to the end of the year that is paid, and is not charged again; the rest of the year is not paid back.",
    `If a renewal does not go through, everything goes on for up to ${plan.graceDays} days while the card is tried again. After that nothing is posted, all of it stays readable, and nothing is deleted.`,
    `When a plan has ended, or the ${plan.graceDays} days for an owed renewal are over, your connections are kept for ${plan.keptDays} days more and then given back. What is in Xero stays there. Come back whenever you like: your set-up is still there.`,
  ];
}
