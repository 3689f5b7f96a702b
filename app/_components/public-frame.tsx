import Link from "next/link";
import type { ReactNode } from "react";
import { Brand } from "@/components/shell/brand";
import { SkipLink } from "@/components/shell/skip-link";
import { Alert } from "@/components/ui/alert";
import { getRuntime } from "@/lib/operations/runtime";

/** The frame of every page outside a workspace. */
export async function PublicFrame({ action, children }: { action?: ReactNode; children: ReactNode }) {
  const { env } = await getRuntime();
  return (
    <div className="flex min-h-dvh flex-col">
      <SkipLink />
      <header className="mx-auto flex w-full max-w-6xl items-center justify-between gap-4 px-4 py-4 sm:px-6">
        <Link href="/" className="rounded-md">
          <Brand />
        </Link>
        {action}
      </header>
      {env.DEPLOYMENT === "demo" ? (
        <aside aria-label="Demo" className="mx-auto w-full max-w-6xl px-4 sm:px-6">
          <Alert title="This is a demo">
            The Xero and the Zoho Books behind it are simulated, with invented companies. Nothing real is
            touched.
          </Alert>
        </aside>
      ) : null}
      <main id="main" tabIndex={-1} className="flex-1 outline-none">
        {children}
      </main>
      <footer className="border-t border-border">
        <div className="mx-auto flex w-full max-w-6xl flex-col gap-3 px-4 py-8 text-sm text-muted-foreground sm:flex-row sm:justify-between sm:px-6">
          <p className="max-w-prose">
            Tieout works with Xero and Zoho Books and is made by neither. Their names belong to them.
          </p>
          <nav aria-label="Legal" className="flex gap-5">
            <Link href="/pricing" className="hover:text-foreground">
              Pricing
            </Link>
            <Link href="/status" className="hover:text-foreground">
              Status
            </Link>
            <Link href="/legal/terms" className="hover:text-foreground">
              Terms
            </Link>
            <Link href="/legal/privacy" className="hover:text-foreground">
              Privacy
            </Link>
          </nav>
        </div>
      </footer>
    </div>
  );
}
