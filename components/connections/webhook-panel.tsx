"use client";

import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { LocalTime } from "@/components/format/local-time";
import { ActionError } from "@/components/page/action-error";
import type { ActionResult } from "@/components/page/action-result";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Card, CardContent, CardDescription, CardFooter, CardHeader, CardTitle } from "@/components/ui/card";
import { ConfirmDialog } from "@/components/ui/dialog";
import type { NewWebhookView, WebhookView } from "@/lib/domain/views/webhook-view";
import { CopyField } from "./copy-field";

export type CreateWebhook = (input: { connectionId: string }) => Promise<ActionResult<NewWebhookView>>;

/** How a system tells Tieout of a change at once: what to enter there, with a secret that is shown this once. */
export function WebhookPanel({
  webhook,
  label,
  ledgerLabel,
  mayChange,
  create,
}: {
  webhook: WebhookView;
  /** What the connected system is called. */
  label: string;
  ledgerLabel: string;
  mayChange: boolean;
  create: CreateWebhook;
}) {
  const router = useRouter();
  const [result, setResult] = useState<ActionResult<NewWebhookView> | null>(null);
  const [pending, startTransition] = useTransition();
  const made = result?.ok ? result.data : null;
  const press = () =>
    startTransition(async () => {
      setResult(await create({ connectionId: webhook.connectionId }));
      router.refresh();
    });
  return (
    <Card>
      <CardHeader>
        <CardTitle>Let {label} tell of changes at once</CardTitle>
        <CardDescription>
          Without it Tieout looks every 15 minutes. With it, what you save in {label} is on its way to{" "}
          {ledgerLabel} within seconds.
        </CardDescription>
      </CardHeader>
      <CardContent className="flex flex-col gap-4 text-sm">
        {webhook.isReady && made === null ? (
          <p className="text-muted-foreground">
            {webhook.lastNoticeAt === null ? (
              "The address is made; nothing has come to it yet."
            ) : (
              <>
                Last heard from on <LocalTime iso={webhook.lastNoticeAt} />.
              </>
            )}
          </p>
        ) : null}
        {webhook.url !== null && made === null ? <CopyField label="Address" value={webhook.url} /> : null}
        {made === null ? null : (
          <>
            <Alert tone="warning" role="status" title="Copy the secret now: it is not shown again" />
            <CopyField label="Address" value={made.url} />
            <CopyField label="Secret" value={made.secret} />
            <Instructions connectorId={webhook.connectorId} label={label} />
          </>
        )}
        <ActionError result={result} />
      </CardContent>
      {mayChange ? (
        <CardFooter>
          {webhook.isReady ? (
            <ConfirmDialog
              trigger={pending ? "Making…" : "Make a new secret"}
              triggerVariant="outline"
              title="Make a new secret?"
              confirmLabel="Make a new secret"
              pending={pending}
              onConfirm={press}
            >
              {label} has to be given the new one: until then its word is refused, and Tieout looks every 15
              minutes.
            </ConfirmDialog>
          ) : (
            <Button variant="outline" disabled={pending} onClick={press}>
              {pending ? "Making…" : "Make the address and secret"}
            </Button>
          )}
        </CardFooter>
      ) : null}
    </Card>
  );
}

/** Where each system takes a webhook, in the words of its own screens. */
const STEPS: Readonly<Record<string, readonly string[]>> = {
  "zoho-books": [
    "In Zoho Books open Settings, Automation, Workflow Actions, Webhooks, and make a new webhook.",
    "Choose the module Invoices, the method POST, paste the address, and keep the default payload as the body.",
    "Tick “I want to secure this webhook” and paste the secret.",
    "Make a workflow rule for the module that runs when a record is created or edited, with this webhook.",
    "Do the same for Customers, Items, Credit Notes and Payments Received, with the same address and secret.",
  ],
};

function Instructions({ connectorId, label }: { connectorId: string; label: string }) {
  const steps = STEPS[connectorId] ?? [
    `In ${label} open the settings of webhooks, and enter the address and the secret.`,
  ];
  return (
    <ol className="flex list-decimal flex-col gap-1 pl-5 text-muted-foreground">
      {steps.map((step) => (
        <li key={step}>{step}</li>
      ))}
    </ol>
  );
}
