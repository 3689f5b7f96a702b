"use client";

import { useState, useTransition } from "react";
import { ActionError } from "@/components/page/action-error";
import type { ActionResult } from "@/components/page/action-result";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/dialog";
import type { PersonView } from "@/lib/domain/views/privacy-view";

/** What is held of one person in counts, to be taken out or erased. */
export function PersonCard({
  slug,
  person,
  erase,
}: {
  slug: string;
  person: PersonView;
  erase: () => Promise<ActionResult<{ token: string }>>;
}) {
  const [result, setResult] = useState<ActionResult<{ token: string }> | null>(null);
  const [pending, startTransition] = useTransition();
  const href = `/${slug}/privacy/person?${new URLSearchParams({ key: person.key })}`;
  return (
    <section aria-label={person.name} className="flex flex-col gap-3 rounded-lg border border-border p-4">
      <div>
        <h3 className="font-medium break-words">{person.name}</h3>
        <p className="text-sm break-words text-muted-foreground">
          {[person.email, person.where].filter(Boolean).join(" · ")}
        </p>
      </div>
      <dl className="grid gap-x-6 gap-y-1 text-sm sm:grid-cols-2">
        {person.counts.map(({ what, count }) => (
          <div key={what} className="flex justify-between gap-3">
            <dt className="text-muted-foreground">{what}</dt>
            <dd className="tabular-nums">{count.toLocaleString("en-GB")}</dd>
          </div>
        ))}
      </dl>
      <div className="flex flex-col gap-3 sm:flex-row sm:flex-wrap sm:items-center">
        <Button asChild variant="outline">
          <a href={href} download>
            Download what is held
          </a>
        </Button>
        {person.erasedAt === null && person.whyNot === null ? (
          <ConfirmDialog
            trigger={pending ? "Erasing…" : "Erase their details"}
            title={`Erase the details of ${person.name}?`}
            confirmLabel="Erase"
            pending={pending}
            onConfirm={() => startTransition(async () => setResult(await erase()))}
          >
            Name, address, e-mail and telephone go from what Tieout keeps, for good, and a token stands in
            their place; what is read of them later is kept under it too. Numbers, dates and amounts stay,
            since the books need them, and so do lines of the audit trail. Xero and the system that the person
            comes from keep what they have: erase them there as well. Changes of this person are no longer
            carried over.
          </ConfirmDialog>
        ) : null}
      </div>
      {person.erasedAt === null ? null : (
        <p className="text-sm text-muted-foreground">Erased on {person.erasedAt.slice(0, 10)}.</p>
      )}
      {person.whyNot === null ? null : <p className="text-sm text-muted-foreground">{person.whyNot}</p>}
      <ActionError result={result} />
    </section>
  );
}
