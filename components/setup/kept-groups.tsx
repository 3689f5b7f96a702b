"use client";

import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { ActionError } from "@/components/page/action-error";
import type { ActionResult } from "@/components/page/action-result";
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import type { KeptGroup } from "@/lib/domain/views/setup-view";

export type KeepGroup = (choice: {
  readonly group: KeptGroup["group"];
  readonly state: "off" | "previewOnly";
}) => Promise<ActionResult<unknown>>;

const WORDS: Readonly<Record<KeptGroup["group"], { readonly title: string; readonly explanation: string }>> =
  {
    sales: { title: "Sales", explanation: "Invoices, credit notes, and what customers pay." },
    purchases: { title: "Purchases", explanation: "Bills, supplier credits, and what you pay suppliers." },
    purchaseOrders: { title: "Purchase orders", explanation: "Entered in Xero as well; they book nothing." },
    bank: { title: "Money spent from the bank", explanation: "Expenses, posted as money spent." },
    journals: { title: "Journals", explanation: "Manual journals, in the currency of your books." },
  };

/** What is kept in step at all, in an owner's words. Each press counts at once; nothing is posted by it. */
export function KeptGroups({
  kept,
  route,
  mayChange,
  liveHref,
  keep,
}: {
  kept: readonly KeptGroup[];
  /** From which system to which; absent where the page says it already. */
  route?: { readonly sourceLabel: string; readonly ledgerLabel: string };
  mayChange: boolean;
  liveHref: string;
  keep: KeepGroup;
}) {
  const router = useRouter();
  const [result, setResult] = useState<ActionResult<unknown> | null>(null);
  const [pending, startTransition] = useTransition();
  // Before the first posting nothing is live; that one press lets all of it post.
  const isPosting = kept.some(({ isLive }) => isLive);
  const waiting = kept.flatMap(({ group, isKept, isLive }) =>
    isPosting && isKept && !isLive ? [WORDS[group].title.toLowerCase()] : [],
  );
  const press = (group: KeptGroup["group"], isKept: boolean): void =>
    startTransition(async () => {
      setResult(await keep({ group, state: isKept ? "previewOnly" : "off" }));
      router.refresh();
    });
  return (
    <Card>
      <CardHeader>
        <CardTitle id="kept-groups">What should be kept in step?</CardTitle>
        <CardDescription>
          {route ? `From ${route.sourceLabel} to ${route.ledgerLabel}. ` : null}
          {mayChange
            ? "Customers, suppliers and items come along by themselves. What is not ticked is not read."
            : "An owner or administrator can change it."}
        </CardDescription>
      </CardHeader>
      <CardContent className="flex flex-col gap-4">
        <fieldset
          disabled={!mayChange || pending}
          aria-labelledby="kept-groups"
          className="grid gap-3 sm:grid-cols-2"
        >
          {kept.map(({ group, isKept }) => (
            <label
              key={group}
              className="flex cursor-pointer items-start gap-3 rounded-md border border-border p-4 transition-colors hover:bg-muted has-checked:border-primary has-checked:bg-primary-soft has-disabled:cursor-default has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-ring"
            >
              <input
                type="checkbox"
                className="mt-0.5 size-4 shrink-0 accent-primary"
                checked={isKept}
                onChange={(event) => press(group, event.target.checked)}
              />
              <span className="flex flex-col gap-0.5 text-sm">
                <span className="font-medium">{WORDS[group].title}</span>
                <span className="text-muted-foreground">{WORDS[group].explanation}</span>
              </span>
            </label>
          ))}
        </fieldset>
        {waiting.length > 0 ? (
          <p className="text-sm text-muted-foreground">
            Read and shown in the preview, but not posted yet: {waiting.join(", ")}.{" "}
            <Link href={liveHref} className="underline">
              Let them post
            </Link>
          </p>
        ) : null}
        <ActionError result={result} />
      </CardContent>
    </Card>
  );
}
