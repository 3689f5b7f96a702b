import type { FirstStep } from "@/components/overview/first-steps";

/** The four steps of a new workspace and which of them are behind it. */
export function toFirstSteps(
  slug: string,
  done: { readonly hasLedger: boolean; readonly hasSource: boolean; readonly confirmed: boolean },
): readonly FirstStep[] {
  return [
    {
      label: "Connect your books",
      detail: "Where Tieout posts",
      href: `/${slug}/connections`,
      done: done.hasLedger,
    },
    {
      label: "Connect your operations",
      detail: "Where your sales are written",
      href: `/${slug}/connections`,
      done: done.hasSource,
    },
    {
      label: "Answer the set-up",
      detail: "One page, with suggestions",
      href: `/${slug}/setup`,
      done: done.confirmed,
    },
    { label: "See the preview", detail: "Before anything is posted", href: `/${slug}/preview`, done: false },
  ];
}
