"use client";

import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { ActionError } from "@/components/page/action-error";
import type { ActionResult } from "@/components/page/action-result";
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import type { MaskingValues } from "@/lib/domain/personal-details-forms";

type Saved = ActionResult<{ masksBookkeepers: boolean }>;

/** Who sees e-mail addresses and the like; `save` is null for who may not change it. */
export function MaskingForm({
  masksBookkeepers,
  save,
}: {
  masksBookkeepers: boolean;
  save: ((input: MaskingValues) => Promise<Saved>) | null;
}) {
  const router = useRouter();
  const [result, setResult] = useState<Saved | null>(null);
  const [pending, startTransition] = useTransition();
  return (
    <Card>
      <CardHeader>
        <CardTitle>Details of people</CardTitle>
        <CardDescription>
          Readers see e-mail addresses, telephone numbers, addresses and bank details masked, on every page
          and in every file. {masksBookkeepers ? "So do bookkeepers here. " : ""}Who sees them in full is in
          the audit trail, once a day for each person.
        </CardDescription>
      </CardHeader>
      {save === null ? null : (
        <CardContent>
          <label className="flex min-h-11 items-center gap-3 text-sm">
            <input
              type="checkbox"
              className="size-5 accent-primary"
              checked={masksBookkeepers}
              disabled={pending}
              onChange={(event) => {
                const wanted = event.currentTarget.checked;
                startTransition(async () => {
                  setResult(await save({ masksBookkeepers: wanted }));
                  router.refresh();
                });
              }}
            />
            Mask them for bookkeepers too
          </label>
          <ActionError result={result} />
        </CardContent>
      )}
    </Card>
  );
}
