"use client";

import { Ellipsis } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { type ReactNode, useEffect, useRef } from "react";
import { cn } from "@/components/ui/class-names";
import { DAILY_PLACES, HELP_PLACE, isAtPlace, RARE_PLACES, type WorkspacePlace } from "./workspace-places";

/** The row of places under the header, from tablets up. */
export function WorkspaceNav({ slug }: { slug: string }) {
  const pathname = usePathname();
  return (
    <nav aria-label="Workspace" className="hidden md:block">
      <ul className="-mb-px flex gap-1 overflow-x-auto">
        {[...DAILY_PLACES, ...RARE_PLACES].map((place) => {
          const current = isAtPlace(pathname, slug, place);
          return (
            <li key={place.path}>
              <Link
                href={`/${slug}/${place.path}`}
                aria-current={current ? "page" : undefined}
                className={cn(
                  "inline-flex h-11 items-center border-b-2 px-3 text-sm whitespace-nowrap transition-colors",
                  current
                    ? "border-primary font-medium text-foreground"
                    : "border-transparent text-muted-foreground hover:text-foreground",
                )}
              >
                {place.label}
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}

/** The bar at the foot of a phone: the four daily places, and a sheet with the rest. */
export function PhoneNav({ slug, children }: { slug: string; children: ReactNode }) {
  const pathname = usePathname();
  const sheet = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the sheet closes when the place changes
  useEffect(() => sheet.current?.hidePopover(), [pathname]);
  return (
    <nav
      aria-label="Workspace"
      className="print:hidden fixed inset-x-0 bottom-0 z-40 border-t border-border bg-card pb-[env(safe-area-inset-bottom)] md:hidden"
    >
      <ul className="grid grid-cols-5">
        {DAILY_PLACES.map((place) => (
          <li key={place.path}>
            <PhonePlace slug={slug} place={place} current={isAtPlace(pathname, slug, place)} />
          </li>
        ))}
        <li>
          <button
            type="button"
            popoverTarget="more-places"
            className={cn(phonePlaceClasses, "text-muted-foreground")}
          >
            <Ellipsis className="size-5" aria-hidden="true" />
            More
          </button>
        </li>
      </ul>
      <div
        ref={sheet}
        id="more-places"
        popover="auto"
        className="inset-auto right-3 bottom-20 m-0 w-64 rounded-lg border border-border bg-popover p-2 shadow-xl"
      >
        <ul>
          {[...RARE_PLACES, HELP_PLACE].map((place) => (
            <li key={place.path}>
              <Link
                href={`/${slug}/${place.path}`}
                aria-current={isAtPlace(pathname, slug, place) ? "page" : undefined}
                className="flex min-h-11 items-center gap-3 rounded-md px-3 text-sm hover:bg-muted aria-[current=page]:font-medium aria-[current=page]:text-primary"
              >
                <place.Icon className="size-4" aria-hidden="true" />
                {place.label}
              </Link>
            </li>
          ))}
        </ul>
        <div className="mt-2 flex flex-col gap-3 border-t border-border px-3 py-3">{children}</div>
      </div>
    </nav>
  );
}

const phonePlaceClasses =
  "flex h-16 w-full flex-col items-center justify-center gap-1 text-[0.6875rem] font-medium transition-colors";

function PhonePlace({ slug, place, current }: { slug: string; place: WorkspacePlace; current: boolean }) {
  return (
    <Link
      href={`/${slug}/${place.path}`}
      aria-current={current ? "page" : undefined}
      className={cn(phonePlaceClasses, current ? "text-primary" : "text-muted-foreground")}
    >
      <place.Icon className="size-5" aria-hidden="true" />
      {place.label}
    </Link>
  );
}
