"use client";

import { useRouter } from "next/navigation";
import { useId, useState, useTransition } from "react";
import { ActionError } from "@/components/page/action-error";
import type { ActionResult } from "@/components/page/action-result";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { Field, FieldDescription, FieldLabel } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { RecoveryCodes } from "./recovery-codes";

const CODES_FEW = 3;

type WithCode<Data> = (input: { code: string }) => Promise<ActionResult<Data>>;

/** New recovery codes, or another app; either for a code that shows who asks. */
export function SecondFactorPanel({
  codesLeft,
  renew,
  replace,
}: {
  codesLeft: number;
  renew: WithCode<readonly string[]>;
  replace: WithCode<null>;
}) {
  const router = useRouter();
  const codeId = useId();
  const [code, setCode] = useState("");
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const [result, setResult] = useState<ActionResult<unknown> | null>(null);
  const [pending, startTransition] = useTransition();
  const press = (work: () => Promise<ActionResult<unknown>>) =>
    startTransition(async () => {
      setResult(await work());
      setCode("");
    });
  return (
    <Card>
      <CardHeader>
        <CardTitle>Second step</CardTitle>
        <CardDescription>
          An authenticator app is set up. {codesLeft} of 10 recovery codes {codesLeft === 1 ? "is" : "are"}{" "}
          left.
        </CardDescription>
      </CardHeader>
      <CardContent className="flex flex-col gap-4">
        {codesLeft <= CODES_FEW ? (
          <Alert tone="warning" title="Few recovery codes are left">
            Make new ones while your phone is at hand.
          </Alert>
        ) : null}
        {codes ? (
          <RecoveryCodes
            codes={codes}
            done={{
              label: "I have kept them",
              onPress: () => {
                setCodes(null);
                router.refresh();
              },
            }}
          />
        ) : (
          <Form busy={pending} className="flex flex-col gap-4" onSubmit={(event) => event.preventDefault()}>
            <legend className="sr-only">Change the second step</legend>
            <Field className="max-w-xs">
              <FieldLabel htmlFor={codeId}>A code of your app</FieldLabel>
              <Input
                id={codeId}
                autoComplete="one-time-code"
                aria-describedby={`${codeId}-hint`}
                value={code}
                onChange={(event) => setCode(event.target.value)}
              />
              <FieldDescription id={`${codeId}-hint`}>Or one of your recovery codes.</FieldDescription>
            </Field>
            <div className="flex flex-wrap gap-3">
              <Button
                variant="outline"
                disabled={code.trim() === ""}
                onClick={() =>
                  press(async () => {
                    const answer = await renew({ code });
                    if (answer.ok) setCodes(answer.data);
                    return answer;
                  })
                }
              >
                Make new recovery codes
              </Button>
              <Button
                variant="destructive"
                disabled={code.trim() === ""}
                onClick={() =>
                  press(async () => {
                    const answer = await replace({ code });
                    if (answer.ok) window.location.assign("/sign-in");
                    return answer;
                  })
                }
              >
                Set up another app
              </Button>
            </div>
            <p className="text-sm text-muted-foreground">
              Setting up another app signs you out everywhere; the next sign-in sets it up.
            </p>
          </Form>
        )}
        <ActionError result={result} />
      </CardContent>
    </Card>
  );
}
