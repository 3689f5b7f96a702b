import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { getCurrentUser } from "@/app/_access/current-user";
import { parseReturnPath } from "@/app/_access/return-path";
import { PublicFrame } from "@/app/_components/public-frame";
import { SignInButton } from "@/app/_components/sign-in-button";
import { Alert } from "@/components/ui/alert";
import { Card } from "@/components/ui/card";

export const metadata: Metadata = { title: "Sign in" };

export default async function SignInPage({
  searchParams,
}: {
  searchParams: Promise<{ callbackUrl?: string | string[]; error?: string | string[] }>;
}) {
  const { callbackUrl, error } = await searchParams;
  const returnPath = parseReturnPath(callbackUrl);
  if (await getCurrentUser()) redirect(returnPath);
  return (
    <PublicFrame>
      <div className="mx-auto w-full max-w-md px-4 py-14 sm:px-6">
        <Card className="flex flex-col gap-5 p-6 sm:p-8">
          <div className="flex flex-col gap-1.5">
            <h1 className="text-2xl font-semibold">Sign in to Tieout</h1>
            <p className="text-sm text-muted-foreground">
              You sign in at Xero, with Xero's own second step where you have one, and come back here.
            </p>
          </div>
          {typeof error === "string" ? (
            <Alert tone="destructive" role="alert" title="That did not work">
              {failureWords(error)}
            </Alert>
          ) : null}
          <SignInButton callbackUrl={returnPath}>Sign in with Xero</SignInButton>
          <p className="text-sm text-muted-foreground">
            New here? The same button signs you up. See our{" "}
            <Link href="/legal/terms" className="text-primary underline underline-offset-4">
              terms
            </Link>{" "}
            and{" "}
            <Link href="/legal/privacy" className="text-primary underline underline-offset-4">
              privacy
            </Link>{" "}
            pages.
          </p>
        </Card>
      </div>
    </PublicFrame>
  );
}

/** next-auth's error codes (next-auth.js.org/configuration/pages) that a person can do something about. */
function failureWords(code: string): string {
  if (code === "AccessDenied" || code === "OAuthCallback")
    return "Xero was asked, and the permission was not given or ran out. Nothing was shared. Try again.";
  if (code === "OAuthAccountNotLinked")
    return "This e-mail address belongs to another Xero login here. Sign in with that one.";
  return "Xero could not be asked just now. Try again in a minute.";
}
