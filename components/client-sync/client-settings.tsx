"use client";

import { useRouter } from "next/navigation";
import { type ReactNode, useState } from "react";
import { useForm } from "react-hook-form";
import { ActionError } from "@/components/page/action-error";
import type { ActionResult } from "@/components/page/action-result";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Card, CardContent, CardDescription, CardFooter, CardHeader, CardTitle } from "@/components/ui/card";
import { Form } from "@/components/ui/form";
import type { ClientSyncView } from "@/lib/domain/views/client-sync-view";

export type SaveClientSync = (choice: {
  readonly enabled: boolean;
}) => Promise<ActionResult<{ enabled: boolean }>>;

/** Which clients become contacts, where a source has rules of its own. */
const RULES: Readonly<Record<string, ReactNode>> = {
  timesolv: (
    <>
      Active and inactive clients become active contacts; prospects never do. Two spaces in a row in a name
      become a space and an underscore, so that <span className="whitespace-pre">“John Smith”</span> does not
      take the contact of “John Smith”.
    </>
  ),
};
const RULES_OF_OTHERS = "Each client becomes a contact, or is mapped to the one that is there already.";

/** Whether clients are synced at all: a box and Save. */
export function ClientSettings({
  view,
  mayChange,
  save,
}: {
  view: ClientSyncView;
  mayChange: boolean;
  save: SaveClientSync;
}) {
  const router = useRouter();
  const [result, setResult] = useState<ActionResult<{ enabled: boolean }> | null>(null);
  const form = useForm({ defaultValues: { enabled: view.enabled } });
  const { isSubmitting } = form.formState;
  const submit = form.handleSubmit(async (values) => {
    const answer = await save(values);
    setResult(answer);
    if (answer.ok) router.refresh();
  });
  return (
    <Form onSubmit={submit} busy={isSubmitting || !mayChange}>
      <Card>
        <CardHeader>
          <CardTitle>Clients as contacts</CardTitle>
          <CardDescription>
            {mayChange
              ? "Nothing is read or written by saving. Invoices and payments stay off until you choose them in the set-up."
              : "An owner or administrator can change it."}
          </CardDescription>
        </CardHeader>
        <CardContent className="flex flex-col gap-4">
          <label className="flex items-start gap-3 text-sm">
            <input type="checkbox" className="mt-0.5 size-4 accent-primary" {...form.register("enabled")} />
            <span className="flex flex-col gap-0.5">
              <span className="font-medium">Enable client sync</span>
              <span className="text-muted-foreground">{RULES[view.connectorId] ?? RULES_OF_OTHERS}</span>
            </span>
          </label>
          {result?.ok ? <Alert tone="success" role="status" title="Saved" /> : null}
          <ActionError result={result} />
        </CardContent>
        <CardFooter>
          <Button type="submit">{isSubmitting ? "Saving…" : "Save"}</Button>
        </CardFooter>
      </Card>
    </Form>
  );
}
