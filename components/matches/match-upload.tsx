"use client";

import { Upload } from "lucide-react";
import { useRouter } from "next/navigation";
import { type FormEvent, type ReactNode, useId, useState, useTransition } from "react";
import { formatCount } from "@/components/format/format-amount";
import { formatRecordWords } from "@/components/format/format-record-words";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { Field, FieldLabel } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import { RECORD_TYPE_NAMES } from "@/lib/domain/record-type";
import {
  MATCH_UPLOAD_BYTES_MAX,
  MATCH_UPLOAD_DIGEST_HEADER,
  type MatchUploadView,
} from "@/lib/domain/views/match-row";
import { matchUploadSchema } from "./match-upload-schema";

const EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

type Answer = MatchUploadView | { readonly kind: "failed"; readonly message: string };

/** The way back from Excel: what changed is shown first, and counts only once a person has taken it. */
export function MatchUpload({
  slug,
  ledgerName,
  lookAgain,
}: {
  slug: string;
  ledgerName: string;
  lookAgain: ReactNode;
}) {
  const router = useRouter();
  const fileId = useId();
  const [file, setFile] = useState<File | null>(null);
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [pending, startTransition] = useTransition();
  const send = (digest: string | null): void =>
    startTransition(async () => {
      const given = await sendFile(slug, file, digest);
      setAnswer(given);
      if (given.kind === "taken") router.refresh();
    });
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    send(null);
  };
  return (
    <Card>
      <CardHeader>
        <CardTitle>Answer in Excel</CardTitle>
        <CardDescription>
          In the downloaded file write Same or Another beside a row, or the {ledgerName} id of the record that
          it is. Save it, and upload it here: you see every changed row before anything counts.
        </CardDescription>
      </CardHeader>
      <CardContent className="flex flex-col gap-5">
        <form onSubmit={submit} className="flex flex-col gap-4">
          <Field className="max-w-md">
            <FieldLabel htmlFor={fileId}>The changed file (at most 5 MB)</FieldLabel>
            <Input
              id={fileId}
              type="file"
              accept={`.xlsx,${EXCEL}`}
              disabled={pending}
              className="py-1.5"
              onChange={(event) => {
                setFile(event.currentTarget.files?.[0] ?? null);
                setAnswer(null);
              }}
            />
          </Field>
          <Button type="submit" variant="outline" disabled={pending} className="self-start">
            <Upload aria-hidden="true" />
            {pending ? "Reading…" : "Show what changed"}
          </Button>
        </form>
        <div aria-live="polite" className="flex flex-col gap-5">
          {answer ? (
            <UploadAnswer answer={answer} pending={pending} take={send} lookAgain={lookAgain} />
          ) : null}
        </div>
      </CardContent>
    </Card>
  );
}

function UploadAnswer({
  answer,
  pending,
  take,
  lookAgain,
}: {
  answer: Answer;
  pending: boolean;
  take: (digest: string) => void;
  lookAgain: ReactNode;
}) {
  switch (answer.kind) {
    case "failed":
      return <Alert tone="destructive" title={answer.message} />;
    case "refused":
      return <Faults answer={answer} />;
    case "taken":
      return (
        <Alert
          tone="success"
          title={`${formatCount(answer.taken)} ${answer.taken === 1 ? "row was" : "rows were"} taken.`}
        >
          <div className="flex flex-col gap-3">
            <p>Read both sides again to see what comes of it.</p>
            {lookAgain}
          </div>
        </Alert>
      );
    case "changes":
      if (answer.changeCount === 0)
        return <Alert title="The file says what is known already: nothing would change." />;
      return (
        <>
          <Changes answer={answer} />
          <Button disabled={pending} onClick={() => take(answer.digest)} className="self-start">
            Take{" "}
            {answer.changeCount === 1 ? "this change" : `these ${formatCount(answer.changeCount)} changes`}
          </Button>
        </>
      );
  }
}

function Changes({ answer }: { answer: MatchUploadView & { readonly kind: "changes" } }) {
  return (
    <>
      <p className="text-sm">
        {formatCount(answer.changeCount)} {answer.changeCount === 1 ? "row is" : "rows are"} changed,{" "}
        {formatCount(answer.unchanged)} as before. Nothing counts yet.
      </p>
      <Table label="Changed rows">
        <TableHeader>
          <TableRow>
            <TableHead>Row</TableHead>
            <TableHead>Record</TableHead>
            <TableHead>Old</TableHead>
            <TableHead>New</TableHead>
          </TableRow>
        </TableHeader>
        <TableBody>
          {answer.changes.map((change) => (
            <TableRow key={change.row}>
              <TableCell className="tabular-nums">{formatCount(change.row)}</TableCell>
              <TableCell className="min-w-40">
                <span className="font-medium">{change.name}</span>{" "}
                <span className="text-muted-foreground">{RECORD_TYPE_NAMES[change.recordType].one}</span>
              </TableCell>
              <TableCell className="min-w-48 text-muted-foreground">
                {formatRecordWords(change.before)}
              </TableCell>
              <TableCell className="min-w-48">{formatRecordWords(change.after)}</TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </>
  );
}

function Faults({ answer }: { answer: MatchUploadView & { readonly kind: "refused" } }) {
  const more = answer.faultCount - answer.faults.length;
  return (
    <Alert
      tone="destructive"
      title={
        answer.faultCount === 1
          ? "The file was not taken, for one reason."
          : `The file was not taken, for ${formatCount(answer.faultCount)} reasons.`
      }
    >
      <ul className="flex flex-col gap-2">
        {answer.faults.map((fault) => (
          <li key={`${fault.row} ${fault.column} ${fault.message}`}>
            <span className="font-medium">
              {fault.row === null
                ? `Sheet ${fault.sheet}:`
                : `Sheet ${fault.sheet}, row ${fault.row}, column ${fault.column}:`}
            </span>{" "}
            {fault.message} {fault.remedy}
          </li>
        ))}
      </ul>
      {more > 0 ? <p className="mt-2">And {formatCount(more)} more.</p> : null}
    </Alert>
  );
}

async function sendFile(slug: string, file: File | null, digest: string | null): Promise<Answer> {
  if (!file) return { kind: "failed", message: "Choose the file first." };
  if (file.size > MATCH_UPLOAD_BYTES_MAX)
    return {
      kind: "failed",
      message: "The file is larger than 5 MB. Delete the rows that you did not change, and upload it again.",
    };
  try {
    const response = await fetch(`/${slug}/matches/import`, {
      method: "POST",
      headers: {
        "content-type": EXCEL,
        ...(digest === null ? {} : { [MATCH_UPLOAD_DIGEST_HEADER]: digest }),
      },
      body: file,
    });
    if (!response.ok) return { kind: "failed", message: await response.text() };
    return matchUploadSchema.parse(await response.json());
  } catch (thrown) {
    if (!(thrown instanceof TypeError) && !(thrown instanceof DOMException)) throw thrown;
    return {
      kind: "failed",
      message:
        "The file could not be sent. If it is open in Excel, save and close it; choose it again, and try once more.",
    };
  }
}
