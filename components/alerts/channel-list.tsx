"use client";

import { BellRing } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { ActionError } from "@/components/page/action-error";
import type { ActionResult } from "@/components/page/action-result";
import { EmptyState } from "@/components/page/empty-state";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { ConfirmDialog } from "@/components/ui/dialog";
import type { ChangeChannelValues } from "@/lib/domain/alert-forms";
import type { AlertChannelView } from "@/lib/domain/views/alerts-view";
import { ChangeChannelForm } from "./change-channel-form";
import { CHANNEL_WORDS, whenWords } from "./channel-words";

type OfChannel<T> = (input: { channelId: string }) => Promise<ActionResult<T>>;

/** Who is told; who may, tries one out, changes it in place or removes it after one question. */
export function ChannelList({
  channels,
  mayChange,
  change,
  remove,
  sendTest,
}: {
  channels: readonly AlertChannelView[];
  mayChange: boolean;
  change: (input: ChangeChannelValues) => Promise<ActionResult<null>>;
  remove: OfChannel<null>;
  sendTest: OfChannel<unknown>;
}) {
  const router = useRouter();
  const [changing, setChanging] = useState<string | null>(null);
  const [result, setResult] = useState<ActionResult<unknown> | null>(null);
  const [status, setStatus] = useState("");
  const [pending, startTransition] = useTransition();
  const press = (work: () => Promise<ActionResult<unknown>>, done: string) =>
    startTransition(async () => {
      const answer = await work();
      setResult(answer);
      setStatus(answer.ok ? done : "");
      router.refresh();
    });
  if (channels.length === 0)
    return (
      <EmptyState Icon={BellRing} title="Nobody is told yet">
        {mayChange
          ? "Add a member, a Slack channel or a webhook below, and they are told when something needs you."
          : "An owner or administrator chooses who is told."}
      </EmptyState>
    );
  return (
    <Card>
      <CardHeader>
        <CardTitle>Who is told</CardTitle>
        <CardDescription>
          {mayChange ? "Addresses and secrets are never shown." : "An owner or administrator can change it."}
        </CardDescription>
      </CardHeader>
      <CardContent className="flex flex-col gap-3">
        <ul className="flex flex-col divide-y divide-border">
          {channels.map((channel) => (
            <li key={channel.channelId} className="flex flex-col gap-3 py-4 first:pt-0 last:pb-0">
              <div className="flex flex-col gap-3 sm:flex-row sm:items-center sm:justify-between">
                <div className="flex min-w-0 flex-col gap-0.5">
                  <span className="flex flex-wrap items-center gap-2 font-medium break-words">
                    {channel.name}
                    <Badge>{CHANNEL_WORDS[channel.kind]}</Badge>
                  </span>
                  <span className="text-sm text-muted-foreground">{whenWords(channel)}</span>
                </div>
                {mayChange ? (
                  <div className="flex flex-wrap items-center gap-3">
                    <Button
                      variant="outline"
                      size="small"
                      disabled={pending}
                      aria-label={`Send a test to ${channel.name}`}
                      onClick={() =>
                        press(
                          () => sendTest(channel),
                          "A test is on its way. Open the page again to see what became of it.",
                        )
                      }
                    >
                      Send a test
                    </Button>
                    <Button
                      variant="outline"
                      size="small"
                      aria-expanded={changing === channel.channelId}
                      aria-label={`Change ${channel.name}`}
                      onClick={() => setChanging(changing === channel.channelId ? null : channel.channelId)}
                    >
                      Change
                    </Button>
                    <ConfirmDialog
                      trigger="Remove"
                      title={`Tell ${channel.name} nothing more?`}
                      confirmLabel="Remove"
                      pending={pending}
                      onConfirm={() => press(() => remove(channel), "Removed.")}
                    >
                      Its address and what it was told are deleted. You can add it again.
                    </ConfirmDialog>
                  </div>
                ) : null}
              </div>
              {changing === channel.channelId ? (
                <ChangeChannelForm channel={channel} change={change} done={() => setChanging(null)} />
              ) : null}
            </li>
          ))}
        </ul>
        <ActionError result={result} />
        <p role="status" className="text-sm text-muted-foreground empty:hidden">
          {status}
        </p>
      </CardContent>
    </Card>
  );
}
