import { Check } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { getCurrentUser } from "@/app/_access/current-user";
import { PublicFrame } from "@/app/_components/public-frame";
import { SignInButton } from "@/app/_components/sign-in-button";
import { planTerms } from "@/components/billing/plan-words";
import { formatAmount } from "@/components/format/format-amount";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { getPlan } from "@/lib/operations/billing/get-plan";

export const metadata: Metadata = { title: "Pricing" };

const FREE = [
  "Connecting both systems and setting them up",
  "Previews with every record and its journal, as often as you like",
  "A first tie-out of the books that you have",
  "Simulated companies, for as long as you want to try",
] as const;

const PAID = [
  "Posting to real books, by hand or by itself",
  "As many records, people and runs as you have",
  "No charge for a record, a transaction or a call",
  "Every further pair at the same price",
] as const;

export default async function PricingPage() {
  const plan = getPlan();
  const user = await getCurrentUser();
  const enter = user ? (
    <Button asChild>
      <Link href="/start">Open your workspace</Link>
    </Button>
  ) : (
    <SignInButton>Sign up with Xero</SignInButton>
  );
  return (
    <PublicFrame>
      <div className="mx-auto flex w-full max-w-4xl flex-col gap-10 px-4 py-12 sm:px-6">
        <header className="flex flex-col gap-3">
          <h1 className="text-3xl font-semibold text-balance">One price, and nothing by the record</h1>
          <p className="max-w-prose text-muted-foreground">
            Look first, pay when you post. Until then nobody asks for a card.
          </p>
        </header>
        <div className="grid gap-5 sm:grid-cols-2">
          <Offer title="Free, without a card" items={FREE}>
            <p className="flex items-baseline gap-2">
              <span className="text-4xl font-semibold tabular-nums">US$0</span>
            </p>
          </Offer>
          <Offer title="Connect" items={PAID}>
            <p className="flex flex-wrap items-baseline gap-2">
              <span className="text-4xl font-semibold tabular-nums">
                {formatAmount(plan.monthly).replace(/\.00$/, "")}
              </span>
              <span className="text-sm text-muted-foreground">
                a month, billed annually: {formatAmount(plan.yearly).replace(/\.00$/, "")} a year for one pair
                of organisations
              </span>
            </p>
          </Offer>
        </div>
        <div>{enter}</div>
        <section aria-labelledby="terms" className="flex flex-col gap-3">
          <h2 id="terms" className="text-lg font-semibold">
            The terms in plain words
          </h2>
          <ul className="flex max-w-prose list-disc flex-col gap-2 pl-5 text-sm">
            {planTerms(plan).map((term) => (
              <li key={term}>{term}</li>
            ))}
          </ul>
        </section>
        <section aria-labelledby="fair-use" className="flex flex-col gap-3">
          <h2 id="fair-use" className="text-lg font-semibold">
            Fair use, in figures
          </h2>
          <p className="max-w-prose text-sm">
            Xero lets one organisation be asked 5,000 times a day (1,000 on its smallest plan), and up to 50
            documents go in one call: that is up to 250,000 documents a day. Your billing page counts the
            calls. Beyond it, work waits for the next day; nobody is charged more and nothing is cut off.
          </p>
        </section>
      </div>
    </PublicFrame>
  );
}

function Offer({
  title,
  items,
  children,
}: {
  title: string;
  items: readonly string[];
  children: React.ReactNode;
}) {
  return (
    <Card className="flex flex-col gap-5 p-6 sm:p-8">
      <h2 className="text-lg font-semibold">{title}</h2>
      {children}
      <ul className="flex flex-col gap-3 text-sm">
        {items.map((item) => (
          <li key={item} className="flex items-start gap-2.5">
            <Check className="mt-0.5 size-4 shrink-0 text-success" aria-hidden="true" />
            {item}
          </li>
        ))}
      </ul>
    </Card>
  );
}
