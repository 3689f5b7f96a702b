"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { ActionError } from "@/components/page/action-error";
import type { ActionResult } from "@/components/page/action-result";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import type { ConflictView } from "@/lib/domain/views/conflict-view";

export type ResolveConflict = (choice: {
  exceptionId: string;
  keep: "source" | "ledger";
}) => Promise<ActionResult<{ carried: boolean }>>;

/** Records that both sides changed: both versions side by side, and one button for each. */
export function ConflictCards({
  conflicts,
  mayDecide,
  resolve,
}: {
  conflicts: readonly ConflictView[];
  mayDecide: boolean;
  resolve: ResolveConflict;
}) {
  const router = useRouter();
  const [result, setResult] = useState<ActionResult<unknown> | null>(null);
  const [pending, setPending] = useState(false);
  if (conflicts.length === 0) return null;
  const decide = async (exceptionId: string, keep: "source" | "ledger"): Promise<void> => {
    setPending(true);
    const answered = await resolve({ exceptionId, keep });
    setResult(answered);
    setPending(false);
    if (answered.ok) router.refresh();
  };
  return (
    <section aria-label="Changed on both sides" className="flex flex-col gap-4">
      <h2 className="text-base font-semibold">Changed on both sides: which one holds?</h2>
      <ActionError result={result} />
      <ul className="flex flex-col gap-4">
        {conflicts.map((conflict) => (
          <li key={conflict.exceptionId}>
            <ConflictCard conflict={conflict} isDisabled={pending || !mayDecide} decide={decide} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function ConflictCard({
  conflict,
  isDisabled,
  decide,
}: {
  conflict: ConflictView;
  isDisabled: boolean;
  decide: (exceptionId: string, keep: "source" | "ledger") => Promise<void>;
}) {
  const { exceptionId, label, fields } = conflict;
  const sides = [
    { keep: "source", system: conflict.sourceLabel },
    { keep: "ledger", system: conflict.ledgerLabel },
  ] as const;
  return (
    <Card className="flex flex-col gap-4 px-4 py-5 sm:px-6">
      <h3 className="text-sm font-semibold break-words">{label}</h3>
      <div className="grid gap-4 sm:grid-cols-2">
        {sides.map(({ keep, system }) => (
          <div key={keep} className="flex flex-col gap-3 rounded-md border border-border p-4">
            <p className="text-sm font-medium">{system}</p>
            <dl className="flex grow flex-col gap-2 text-sm">
              {fields.map((field) => (
                <div key={field.label}>
                  <dt className="text-muted-foreground">{field.label}</dt>
                  <dd className="break-words">{field[keep] === "" ? "(nothing)" : field[keep]}</dd>
                </div>
              ))}
            </dl>
            <Button variant="outline" disabled={isDisabled} onClick={() => decide(exceptionId, keep)}>
              {system} is right
              <span className="sr-only"> about {label}</span>
            </Button>
          </div>
        ))}
      </div>
    </Card>
  );
}
