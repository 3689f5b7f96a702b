"use client";

import { ChevronsUpDown } from "lucide-react";
import Link from "next/link";

/** To another of the person's workspaces, without signing in again. */
export function WorkspaceSwitch({
  others,
}: {
  others: readonly { readonly slug: string; readonly name: string }[];
}) {
  return (
    <>
      <button
        type="button"
        popoverTarget="other-workspaces"
        className="grid size-9 shrink-0 place-items-center rounded-md text-muted-foreground hover:bg-muted hover:text-foreground"
      >
        <ChevronsUpDown className="size-4" aria-hidden="true" />
        <span className="sr-only">Switch workspace</span>
      </button>
      <nav
        id="other-workspaces"
        popover="auto"
        aria-label="Other workspaces"
        className="inset-auto top-14 left-4 m-0 w-72 md:left-[max(1.5rem,calc((100vw-72rem)/2+1.5rem))] max-w-[calc(100vw-2rem)] rounded-lg border border-border bg-popover p-2 text-foreground shadow-xl"
      >
        <ul>
          {others.map(({ slug, name }) => (
            <li key={slug}>
              <Link
                href={`/${slug}/overview`}
                className="flex min-h-11 items-center rounded-md px-3 text-sm hover:bg-muted"
              >
                <span className="truncate">{name}</span>
              </Link>
            </li>
          ))}
          <li className="mt-1 border-t border-border pt-1">
            <Link
              href="/start?all=yes"
              className="flex min-h-11 items-center rounded-md px-3 text-sm text-muted-foreground hover:bg-muted"
            >
              All workspaces, or a new one
            </Link>
          </li>
        </ul>
      </nav>
    </>
  );
}
