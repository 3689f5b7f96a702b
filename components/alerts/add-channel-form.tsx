"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { useForm, useWatch } from "react-hook-form";
import { CopyField } from "@/components/connections/copy-field";
import { ActionError } from "@/components/page/action-error";
import type { ActionResult } from "@/components/page/action-result";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { Field, FieldDescription, FieldError, FieldLabel } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { type AddChannelInput, type AddChannelValues, addChannelSchema } from "@/lib/domain/alert-forms";
import type { AlertsView } from "@/lib/domain/views/alerts-view";
import { CHANNEL_WORDS } from "./channel-words";
import { WhenFields } from "./when-fields";

interface Added {
  readonly channelId: string;
  readonly signingSecret: string | null;
}

/** As the fields hold it, whatever kind is chosen; the schema takes what belongs to the kind. */
interface FormValues {
  readonly kind: AddChannelInput["kind"];
  readonly userId: string;
  readonly address: string;
  readonly severity: AddChannelInput["severity"];
  readonly rhythm: AddChannelInput["rhythm"];
  readonly hour: string;
  readonly timeZone: string;
}

const EMPTY: FormValues = {
  ...{ kind: "email", userId: "", address: "" },
  ...{ severity: "needsYou", rhythm: "atOnce", hour: "8", timeZone: "UTC" },
};

/** Adds a member or an address that is told. A webhook's signing secret is shown here once and never again. */
export function AddChannelForm({
  view,
  add,
}: {
  view: AlertsView;
  add: (input: AddChannelValues) => Promise<ActionResult<Added>>;
}) {
  const router = useRouter();
  const [result, setResult] = useState<ActionResult<Added> | null>(null);
  const form = useForm<FormValues>({ defaultValues: EMPTY });
  const [kind, rhythm, timeZone] = useWatch({ control: form.control, name: ["kind", "rhythm", "timeZone"] });
  const { errors, isSubmitting } = form.formState;
  useEffect(() => {
    form.setValue("timeZone", Intl.DateTimeFormat().resolvedOptions().timeZone);
  }, [form]);
  const submit = form.handleSubmit(async (values) => {
    const parsed = addChannelSchema.safeParse(values);
    if (!parsed.success) {
      for (const { path, message } of parsed.error.issues) {
        const field = FIELDS.find((one) => one === path[0]);
        if (field !== undefined) form.setError(field, { message });
      }
      return;
    }
    const answer = await add(parsed.data);
    setResult(answer);
    if (!answer.ok) return;
    form.reset({ ...EMPTY, kind: values.kind, timeZone: values.timeZone });
    router.refresh();
  });
  const secret = result?.ok ? result.data.signingSecret : null;
  return (
    <Card>
      <CardHeader>
        <CardTitle>Tell somebody</CardTitle>
        <CardDescription>
          From the next minute on; what lasts already is told to them too, if nobody was.
        </CardDescription>
      </CardHeader>
      <CardContent>
        <Form onSubmit={submit} busy={isSubmitting} className="flex flex-col gap-4">
          <legend className="sr-only">Who is told</legend>
          <div className="grid gap-4 sm:grid-cols-2">
            <Field>
              <FieldLabel htmlFor="alert-kind">How</FieldLabel>
              <Select id="alert-kind" {...form.register("kind")}>
                {Object.entries(CHANNEL_WORDS).map(([value, words]) => (
                  <option key={value} value={value}>
                    {words}
                  </option>
                ))}
              </Select>
            </Field>
            {kind === "email" ? (
              <Field>
                <FieldLabel htmlFor="alert-member">Member</FieldLabel>
                <Select
                  id="alert-member"
                  aria-invalid={errors.userId !== undefined}
                  aria-describedby="alert-member-error"
                  {...form.register("userId")}
                >
                  <option value="">Choose a member</option>
                  {view.members.map(({ userId, name }) => (
                    <option key={userId} value={userId}>
                      {name}
                    </option>
                  ))}
                </Select>
                <FieldError id="alert-member-error">{errors.userId?.message}</FieldError>
              </Field>
            ) : (
              <AddressField
                kind={kind}
                sandboxAddress={view.sandboxAddress}
                error={errors.address?.message}
                field={form.register("address")}
              />
            )}
          </div>
          {kind === "email" && !view.canSendMail ? (
            <Alert tone="warning" title="No mail can be sent here">
              No mail server is set up. Whoever runs this installation sets SMTP_URL.
            </Alert>
          ) : null}
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
          <p role="status" className="sr-only">
            {result?.ok ? "Added." : ""}
          </p>
          <Button type="submit" className="self-start" disabled={isSubmitting}>
            {isSubmitting ? "Adding…" : "Add"}
          </Button>
        </Form>
        {secret === null ? null : (
          <div className="mt-4 flex flex-col gap-2">
            <CopyField label="Signing secret" value={secret} />
            <p className="text-sm text-muted-foreground">
              Copy it now: it is not shown again. Each post carries webhook-id, webhook-timestamp and
              webhook-signature, as Standard Webhooks describes them.
            </p>
          </div>
        )}
      </CardContent>
    </Card>
  );
}

const FIELDS = ["userId", "address", "severity", "rhythm", "hour", "timeZone"] as const;

function AddressField({
  kind,
  sandboxAddress,
  error,
  field,
}: {
  kind: "slack" | "webhook";
  sandboxAddress: string | null;
  error: string | undefined;
  field: object;
}) {
  return (
    <Field>
      <FieldLabel htmlFor="alert-address">Address</FieldLabel>
      <Input
        id="alert-address"
        type="url"
        inputMode="url"
        autoComplete="off"
        aria-invalid={error !== undefined}
        aria-describedby="alert-address-hint alert-address-error"
        {...field}
      />
      <FieldDescription id="alert-address-hint">
        {kind === "slack"
          ? "Of an incoming webhook that you made in Slack. It is stored sealed and not shown again."
          : "A public https address that takes a POST. It is stored sealed and not shown again."}
        {sandboxAddress === null ? null : ` In this sandbox: ${sandboxAddress}/${kind}`}
      </FieldDescription>
      <FieldError id="alert-address-error">{error}</FieldError>
    </Field>
  );
}
