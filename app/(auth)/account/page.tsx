import type { Metadata } from "next";
import Link from "next/link";
import { requireUser } from "@/app/_access/current-user";
import { PublicFrame } from "@/app/_components/public-frame";
import { SignOutButton } from "@/app/_components/sign-out-button";
import { SecondFactorPanel } from "@/components/account/second-factor-panel";
import { SessionList } from "@/components/account/session-list";
import { PageHeader } from "@/components/page/page-header";
import { getAccount } from "@/lib/operations/sign-in/account";
import {
  renewRecoveryCodesAction,
  replaceAppAction,
  signOutDeviceAction,
  signOutEverywhereAction,
} from "./actions";

export const metadata: Metadata = { title: "Your account" };

export default async function AccountPage() {
  const user = await requireUser("/account");
  const view = await getAccount(user);
  return (
    <PublicFrame action={<SignOutButton />}>
      <div className="mx-auto w-full max-w-3xl px-4 py-10 sm:px-6">
        <PageHeader title="Your account">
          {user.name === user.email ? user.email : `${user.name}, ${user.email}`}.{" "}
          {view.signsInWithXero ? "You sign in with Xero." : "You sign in by mail and an authenticator app."}{" "}
          <Link href="/start?all=yes" className="text-primary underline underline-offset-4">
            Your workspaces
          </Link>
        </PageHeader>
        <div className="flex flex-col gap-5">
          <SessionList
            sessions={view.sessions}
            signOutDevice={signOutDeviceAction}
            signOutEverywhere={signOutEverywhereAction}
          />
          {view.recoveryCodesLeft === null ? null : (
            <SecondFactorPanel
              codesLeft={view.recoveryCodesLeft}
              renew={renewRecoveryCodesAction}
              replace={replaceAppAction}
            />
          )}
        </div>
      </div>
    </PublicFrame>
  );
}
