"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useForm, useWatch } from "react-hook-form";
import { ActionError } from "@/components/page/action-error";
import type { ActionResult } from "@/components/page/action-result";
import { Button } from "@/components/ui/button";
import { Form } from "@/components/ui/form";
import {
  type ChangeChannelInput,
  type ChangeChannelValues,
  changeChannelSchema,
} from "@/lib/domain/alert-forms";
import type { AlertChannelView } from "@/lib/domain/views/alerts-view";
import { WhenFields } from "./when-fields";

const MORNING = 8;

/** From which severity on and when a channel is told; its address cannot be changed, only removed. */
export function ChangeChannelForm({
  channel,
  change,
  done,
}: {
  channel: AlertChannelView;
  change: (input: ChangeChannelValues) => Promise<ActionResult<null>>;
  done: () => void;
}) {
  const router = useRouter();
  const [result, setResult] = useState<ActionResult<null> | null>(null);
  const { channelId, severity, digestHour, timeZone } = channel;
  const form = useForm<ChangeChannelInput, unknown, ChangeChannelValues>({
    resolver: zodResolver(changeChannelSchema),
    defaultValues: {
      ...{ channelId, severity, timeZone },
      rhythm: digestHour === null ? "atOnce" : "daily",
      hour: String(digestHour ?? MORNING),
    },
  });
  const rhythm = useWatch({ control: form.control, name: "rhythm" });
  const { errors, isSubmitting } = form.formState;
  const submit = form.handleSubmit(async (values) => {
    const answer = await change(values);
    setResult(answer);
    if (!answer.ok) return;
    done();
    router.refresh();
  });
  return (
    <Form onSubmit={submit} busy={isSubmitting} className="flex flex-col gap-4">
      <legend className="sr-only">When {channel.name} is told</legend>
      <WhenFields
        register={{
          severity: form.register("severity"),
          rhythm: form.register("rhythm"),
          hour: form.register("hour"),
          timeZone: form.register("timeZone"),
        }}
        isDaily={rhythm === "daily"}
        timeZone={timeZone}
        zoneError={errors.timeZone?.message}
      />
      <ActionError result={result} />
      <Button type="submit" className="self-start" disabled={isSubmitting}>
        {isSubmitting ? "Saving…" : "Save"}
      </Button>
    </Form>
  );
}
