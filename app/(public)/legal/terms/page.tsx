import type { Metadata } from "next";
import { ProsePage, ProseSection } from "@/app/_components/prose-page";
import { PublicFrame } from "@/app/_components/public-frame";
import { planTerms } from "@/components/billing/plan-words";
import { getPlan } from "@/lib/operations/billing/get-plan";

export const metadata: Metadata = { title: "Terms" };

/** Before anything changes to the customer's disadvantage. */
const NOTICE_DAYS = 30;

export default function TermsPage() {
  const plan = getPlan();
  return (
    <PublicFrame>
      <ProsePage title="Terms" updated="21 November 2026">
        <ProseSection title="What you get">
          <p>
            Tieout reads the records of one organisation in your operations software, posts them to one
            organisation in Xero when somebody in your workspace says so, and compares both sides afterwards.
            One pair of organisations is included.
          </p>
        </ProseSection>
        <ProseSection title="What it costs">
          <p>
            One price for each pair of organisations, a year at a time. There is no charge by record, by call
            or by person, no set-up fee and no penalty: what goes beyond fair use waits for the next day.
            Further pairs are added whenever you like and charged for the rest of the year alone.
          </p>
          <ul className="flex list-disc flex-col gap-2 pl-5">
            {planTerms(plan).map((term) => (
              <li key={term}>{term}</li>
            ))}
          </ul>
          <p>
            To have the first payment given back, write to us within {plan.refundDays} days of it; no reason
            is needed. It goes back the way it came.
          </p>
        </ProseSection>
        <ProseSection title="Your books stay yours">
          <p>
            You own your records and decide what is posted. You are responsible for your accounts and tax
            returns; Tieout is a tool and gives no accounting or tax advice. Check the preview before you
            post.
          </p>
        </ProseSection>
        <ProseSection title="What we ask of you">
          <p>
            Connect only organisations that you may connect, keep your Xero login to yourself, and do not try
            to get around the limits of Xero or Zoho through Tieout.
          </p>
        </ProseSection>
        <ProseSection title="When something goes wrong">
          <p>
            We tell you plainly what was posted and what was not, and help you put it right. We are liable for
            what we do wrong within the limits that the law sets, up to what you paid us in the last twelve
            months.
          </p>
        </ProseSection>
        <ProseSection title="Ending it">
          <p>
            You can disconnect at any minute, and stop at the end of a paid year. When a subscription ends we
            disconnect your organisations; what is in Xero stays there. Under Privacy the owner downloads
            everything that is held of a workspace, and has the workspace deleted: that can be taken back for
            seven days.
          </p>
          <p>
            We end it only where these terms are broken or where we stop the service, and give you{" "}
            {NOTICE_DAYS} days' notice by mail, in which you can take everything along. Where we stop the
            service, what is left of a paid year is given back.
          </p>
        </ProseSection>
        <ProseSection title="Changes">
          <p>
            We tell the owner of a workspace by mail {NOTICE_DAYS} days before these terms or the price
            change. A new price holds from the next year that is paid. Your acceptance is recorded with its
            date when you create a workspace.
          </p>
        </ProseSection>
      </ProsePage>
    </PublicFrame>
  );
}
