"use client";

import type { UseFormRegisterReturn } from "react-hook-form";
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import type { SetupView } from "@/lib/domain/views/setup-view";

const CHOICES = [
  {
    value: "draft",
    title: "As drafts",
    explanation: "You or your accountant approve each one in Xero. Payments wait until then.",
  },
  {
    value: "approved",
    title: "Approved",
    explanation: "They count in your books at once, payments included. Needed for a tie-out to the cent.",
  },
] as const;

/** Whether new documents arrive in Xero as drafts or approved. */
export function DocumentStatusField({
  status,
  registration,
}: {
  status: SetupView["documentStatus"];
  registration: UseFormRegisterReturn;
}) {
  return (
    <Card>
      <CardHeader>
        <CardTitle id="document-status">How should new documents arrive in Xero?</CardTitle>
        <CardDescription>
          It applies to everything new but bank transactions, which have happened; what is already there stays
          as it is.
        </CardDescription>
      </CardHeader>
      <CardContent>
        <div role="radiogroup" aria-labelledby="document-status" className="grid gap-3 sm:grid-cols-2">
          {CHOICES.map((choice) => (
            <label
              key={choice.value}
              className="flex cursor-pointer items-start gap-3 rounded-md border border-border p-4 transition-colors hover:bg-muted has-checked:border-primary has-checked:bg-primary-soft has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-ring"
            >
              <input
                type="radio"
                value={choice.value}
                className="mt-0.5 size-4 shrink-0 accent-primary"
                {...registration}
              />
              <span className="flex flex-col gap-0.5 text-sm">
                <span className="font-medium">
                  {choice.title}
                  {status.chosen === null && status.suggested === choice.value ? (
                    <span className="ml-2 font-medium text-primary">Suggested</span>
                  ) : null}
                </span>
                <span className="text-muted-foreground">{choice.explanation}</span>
              </span>
            </label>
          ))}
        </div>
      </CardContent>
    </Card>
  );
}
