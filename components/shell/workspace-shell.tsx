import { LifeBuoy } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { BrandMark } from "./brand";
import { SkipLink } from "./skip-link";
import type { Theme } from "./theme";
import { ThemeToggle } from "./theme-toggle";
import { PhoneNav, WorkspaceNav } from "./workspace-nav";
import { WorkspaceSwitch } from "./workspace-switch";

/** The frame of every workspace page: whose books these are, where one can go, and who is signed in. */
export function WorkspaceShell({
  slug,
  workspaceName,
  userName,
  others,
  theme,
  signOut,
  goTo,
  children,
}: {
  slug: string;
  workspaceName: string;
  userName: string;
  /** The person's other workspaces. */
  others: readonly { readonly slug: string; readonly name: string }[];
  theme: Theme;
  /** A button; a slot, since signing out belongs to the app. */
  signOut: ReactNode;
  /** The button of the box that leads everywhere. */
  goTo?: ReactNode;
  children: ReactNode;
}) {
  return (
    <div className="flex min-h-dvh flex-col">
      <SkipLink />
      <header className="print:hidden border-b border-border bg-card">
        <div className="mx-auto flex w-full max-w-6xl items-center justify-between gap-4 px-4 pt-3 pb-3 md:pb-1 sm:px-6">
          <div className="flex min-w-0 items-center gap-1.5">
            <Link href={`/${slug}/overview`} className="flex min-w-0 items-center gap-2.5">
              <BrandMark />
              <span className="sr-only">Tieout, </span>
              <span className="truncate font-semibold">{workspaceName}</span>
            </Link>
            {others.length > 0 ? <WorkspaceSwitch others={others} /> : null}
          </div>
          <div className="ml-auto">{goTo}</div>
          <div className="hidden items-center gap-4 md:flex">
            <Link
              href={`/${slug}/help`}
              className="inline-flex items-center gap-1.5 text-sm text-muted-foreground hover:text-foreground"
            >
              <LifeBuoy className="size-4" aria-hidden="true" />
              Help
            </Link>
            <ThemeToggle initial={theme} />
            <Link href="/account" className="text-sm text-muted-foreground hover:text-foreground">
              <span className="sr-only">Your account: </span>
              {userName}
            </Link>
            {signOut}
          </div>
        </div>
        <div className="mx-auto w-full max-w-6xl px-1 sm:px-3">
          <WorkspaceNav slug={slug} />
        </div>
      </header>
      <main
        id="main"
        tabIndex={-1}
        className="mx-auto w-full max-w-6xl flex-1 px-4 pt-6 pb-28 outline-none sm:px-6 md:pt-8 md:pb-16"
      >
        {children}
      </main>
      <PhoneNav slug={slug}>
        <Link href="/account" className="text-sm text-muted-foreground underline underline-offset-4">
          Signed in as {userName}
        </Link>
        <div className="flex items-center justify-between gap-3">
          <ThemeToggle initial={theme} />
          {signOut}
        </div>
      </PhoneNav>
    </div>
  );
}
