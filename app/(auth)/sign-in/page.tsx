import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { getCurrentUser } from "@/app/_access/current-user";
import { parseReturnPath } from "@/app/_access/return-path";
import { DemoMails } from "@/app/_components/demo-mails";
import { PublicFrame } from "@/app/_components/public-frame";
import { SignInButton } from "@/app/_components/sign-in-button";
import { Alert } from "@/components/ui/alert";
import { mailPageOf } from "@/lib/operations/people/mail-page";
import { getRuntime } from "@/lib/operations/runtime";
import { NarrowCard } from "../_components/narrow-card";
import { MailForm } from "./mail-form";

export const metadata: Metadata = { title: "Sign in" };

export default async function SignInPage({
  searchParams,
}: {
  searchParams: Promise<{ callbackUrl?: string | string[]; error?: string | string[] }>;
}) {
  const { callbackUrl, error } = await searchParams;
  const returnPath = parseReturnPath(callbackUrl);
  if (await getCurrentUser()) redirect(returnPath);
  const runtime = await getRuntime();
  return (
    <PublicFrame>
      <NarrowCard
        title="Sign in to Tieout"
        sentence="You sign in at Xero, with Xero's own second step where you have one, and come back here."
      >
        {typeof error === "string" ? (
          <Alert tone="destructive" role="alert" title="That did not work">
            {failureWords(error)}
          </Alert>
        ) : null}
        <SignInButton callbackUrl={returnPath}>Sign in with Xero</SignInButton>
        {runtime.mail === null ? null : (
          <section aria-labelledby="by-mail" className="flex flex-col gap-3 border-t border-border pt-5">
            <h2 id="by-mail" className="text-base font-semibold">
              Without a Xero login
            </h2>
            <p className="text-sm text-muted-foreground">
              By a link in your mail, and a code of an authenticator app as the second step.
            </p>
            <MailForm returnPath={returnPath} demoMails={<DemoMails address={mailPageOf(runtime)} />} />
          </section>
        )}
        <p className="text-sm text-muted-foreground">
          New here? Either way signs you up. See our{" "}
          <Link href="/legal/terms" className="text-primary underline underline-offset-4">
            terms
          </Link>{" "}
          and{" "}
          <Link href="/legal/privacy" className="text-primary underline underline-offset-4">
            privacy
          </Link>{" "}
          pages.
        </p>
      </NarrowCard>
    </PublicFrame>
  );
}

/** next-auth's error codes (next-auth.js.org/configuration/pages) that a person can do something about. */
function failureWords(code: string): string {
  if (code === "AccessDenied" || code === "OAuthCallback")
    return "Xero was asked, and the permission was not given or ran out. Nothing was shared. Try again.";
  if (code === "OAuthAccountNotLinked")
    return "This e-mail address signs in here in another way: by a link in your mail, or with another Xero login. Sign in as you did before.";
  if (code === "TooMany")
    return "Too many attempts to sign in came from your network. Try again in ten minutes.";
  return "Xero could not be asked just now. Try again in a minute.";
}
