"use client";

import { Upload } from "lucide-react";
import { useRouter } from "next/navigation";
import { type FormEvent, useId, useState, useTransition } from "react";
import { ActionError } from "@/components/page/action-error";
import type { ActionResult } from "@/components/page/action-result";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { Field, FieldError, FieldLabel } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { ClientSyncView, MappingCorrection } from "@/lib/domain/views/client-sync-view";

export type CorrectMappings = (request: {
  readonly file: Uint8Array;
}) => Promise<ActionResult<MappingCorrection>>;

/** Takes the corrected file back; what it changed is seen in the review that it starts. */
export function MappingUpload({
  view,
  correct,
  hrefPrefix,
}: {
  view: Pick<ClientSyncView, "ledgerLabel" | "sourceLabel">;
  correct: CorrectMappings;
  /** The run's id is put behind it. */
  hrefPrefix: string;
}) {
  const router = useRouter();
  const fileId = useId();
  const [result, setResult] = useState<ActionResult<MappingCorrection> | null>(null);
  const [pending, startTransition] = useTransition();
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const file = new FormData(event.currentTarget).get("file");
    if (!(file instanceof File) || file.size === 0) {
      setResult(NO_FILE);
      return;
    }
    startTransition(async () => {
      const answer = await correct({ file: new Uint8Array(await file.arrayBuffer()) });
      setResult(answer);
      if (answer.ok && answer.data.runId !== null) router.push(`${hrefPrefix}${answer.data.runId}`);
    });
  };
  const fault = result?.ok === false ? result.fieldErrors.file : undefined;
  return (
    <Card>
      <CardHeader>
        <CardTitle>Correct it in Excel</CardTitle>
        <CardDescription>
          In the downloaded file write the {view.ledgerLabel} contact that a client is, letter by letter, or
          empty the cell where it is somebody else. Then upload it: both sides are read again and the review
          goes by your word.
        </CardDescription>
      </CardHeader>
      <CardContent>
        <form onSubmit={submit} className="flex flex-col gap-4">
          <Field className="max-w-md">
            <FieldLabel htmlFor={fileId}>Corrected file</FieldLabel>
            <Input
              id={fileId}
              name="file"
              type="file"
              accept=".xlsx,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
              disabled={pending}
              className="py-1.5"
            />
            <FieldError>{fault}</FieldError>
          </Field>
          <Button type="submit" variant="outline" disabled={pending} className="self-start">
            <Upload aria-hidden="true" />
            {pending ? "Uploading…" : "Upload the corrected file"}
          </Button>
          {result?.ok && result.data.corrected === 0 ? (
            <Alert role="status" title="The file says what the review says: nothing was changed." />
          ) : null}
          <ActionError result={fault === undefined ? result : null} />
        </form>
      </CardContent>
    </Card>
  );
}

const NO_FILE: ActionResult<never> = {
  ok: false,
  fieldErrors: { file: "Choose the file first." },
  formError: "Choose the file first.",
  errorId: null,
};
