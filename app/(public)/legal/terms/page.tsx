import type { Metadata } from "next";
import { ProsePage, ProseSection } from "@/app/_components/prose-page";
import { PublicFrame } from "@/app/_components/public-frame";

export const metadata: Metadata = { title: "Terms" };

export default function TermsPage() {
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
          <p>US$599 a month, billed annually. There is no charge by transaction, within fair use.</p>
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
            disconnect your organisations; what is in Xero stays there.
          </p>
        </ProseSection>
        <ProseSection title="Changes">
          <p>
            We tell you a month before a change to these terms. Your acceptance is recorded with its date when
            you create a workspace.
          </p>
        </ProseSection>
      </ProsePage>
    </PublicFrame>
  );
}
