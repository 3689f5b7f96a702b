import { Check } from "lucide-react";
import Link from "next/link";
import { getCurrentUser } from "@/app/_access/current-user";
import { PublicFrame } from "@/app/_components/public-frame";
import { SignInButton } from "@/app/_components/sign-in-button";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { HowItWorks } from "./_components/how-it-works";
import { SetUpPhases } from "./_components/set-up-phases";
import { TieOutSpecimen } from "./_components/tie-out-specimen";

const PROMISES = [
  "Contacts, items, sales invoices, credit notes with their allocations, payments and overpayments, from Zoho Books, TIMS ERP or TimeSolv to Xero",
  "Bills, purchase orders, expenses and journals from Zoho Books and TIMS ERP, where you switch them on",
  "Clients of TimeSolv reviewed in Excel before the first one is synced",
  "What is in Xero already is matched, not posted again",
  "A record that Xero refuses is named, with its reason and what to do; the others go on",
  "Every currency that your Xero organisation has",
] as const;

const NOT_YET = ["Zoho CRM, Inventory and Expense", "Writing to TimeSolv"] as const;

export default async function LandingPage() {
  const user = await getCurrentUser();
  const enter = user ? (
    <Button asChild variant="outline">
      <Link href="/start">Open your workspace</Link>
    </Button>
  ) : (
    <SignInButton variant="outline" size="default">
      Sign in with Xero
    </SignInButton>
  );
  return (
    <PublicFrame action={enter}>
      <section className="mx-auto grid w-full max-w-6xl gap-10 px-4 py-12 sm:px-6 sm:py-20 lg:grid-cols-2 lg:items-center lg:gap-16">
        <div className="flex flex-col items-start gap-6">
          <h1 className="text-4xl leading-[1.1] font-semibold text-balance sm:text-5xl">
            Your sales and your Xero books, in agreement to the cent
          </h1>
          <p className="max-w-prose text-lg text-pretty text-muted-foreground">
            Tieout posts what you sell in Zoho Books to Xero, shows you everything before it does, and proves
            afterwards that both sides hold the same.
          </p>
          <div className="flex w-full flex-col gap-3 sm:w-auto sm:flex-row">
            <SignInButton>Sign up with Xero</SignInButton>
            <SignInButton variant="outline">Sign in with Xero</SignInButton>
          </div>
          <p className="text-sm text-muted-foreground">
            Signing up shares your name and e-mail address. Your books stay closed until you connect them.
          </p>
        </div>
        <TieOutSpecimen />
      </section>
      <SetUpPhases />
      <HowItWorks />
      <section
        className="mx-auto grid w-full max-w-6xl gap-6 px-4 py-14 sm:px-6 lg:grid-cols-2"
        aria-label="Offer"
      >
        <Scope />
        <Price />
      </section>
    </PublicFrame>
  );
}

function Scope() {
  return (
    <Card className="flex flex-col gap-5 p-6 sm:p-8">
      <h2 className="text-lg font-semibold">What it does today</h2>
      <ul className="flex flex-col gap-3 text-sm">
        {PROMISES.map((promise) => (
          <li key={promise} className="flex items-start gap-2.5">
            <Check className="mt-0.5 size-4 shrink-0 text-success" aria-hidden="true" />
            {promise}
          </li>
        ))}
      </ul>
      <h3 className="mt-2 text-sm font-medium">Not yet</h3>
      <p className="-mt-3 text-sm text-muted-foreground">{NOT_YET.join(". ")}.</p>
    </Card>
  );
}

function Price() {
  return (
    <Card className="flex flex-col items-start gap-5 p-6 sm:p-8">
      <h2 className="text-lg font-semibold">One price</h2>
      <p className="flex items-baseline gap-2">
        <span className="text-5xl font-semibold tabular-nums">$599</span>
        <span className="text-muted-foreground">a month, billed annually</span>
      </p>
      <p className="text-sm text-muted-foreground">
        That is US$7,188 a year, for one pair of organisations: one in Zoho Books, one in Xero. As many
        records and people as you have; no charge by transaction, within fair use.
      </p>
      <SignInButton>Sign up with Xero</SignInButton>
    </Card>
  );
}
