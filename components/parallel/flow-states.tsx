"use client";

import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { ActionError } from "@/components/page/action-error";
import type { ActionResult } from "@/components/page/action-result";
import { Card, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { Select } from "@/components/ui/select";
import { RECORD_TYPE_NAMES, type RecordGroup } from "@/lib/domain/record-type";
import type { FlowGroupView, FlowState } from "@/lib/domain/views/parallel-view";

export type SetFlow = (choice: {
  readonly group: RecordGroup;
  readonly state: FlowState;
}) => Promise<ActionResult<{ state: FlowState }>>;

const TITLES: Readonly<Record<RecordGroup, string>> = {
  parties: "Contacts and items",
  sales: "Sales",
  purchaseOrders: "Purchase orders",
  purchases: "Purchases",
  bank: "Bank transactions",
  journals: "Manual journals",
};

const STATES: readonly { readonly value: FlowState; readonly label: string }[] = [
  { value: "live", label: "Live: read and posted" },
  { value: "previewOnly", label: "Preview only: read, not posted" },
  { value: "paused", label: "Paused: not posted for now" },
  { value: "off", label: "Off: not read" },
];

/** What each group of records does towards the ledger. */
export function FlowStates({
  flows,
  mayChange,
  setFlow,
}: {
  flows: readonly FlowGroupView[];
  mayChange: boolean;
  setFlow: SetFlow;
}) {
  const router = useRouter();
  const [result, setResult] = useState<ActionResult<unknown> | null>(null);
  const [pending, startTransition] = useTransition();
  return (
    <Card>
      <CardHeader>
        <CardTitle>What is kept in step</CardTitle>
        <CardDescription>
          {mayChange ? "It counts from the next batch on." : "An owner or administrator can change it."}
        </CardDescription>
      </CardHeader>
      <ul className="divide-y divide-border border-t border-border">
        {flows.map(({ group, recordTypes, state }) => (
          <li
            key={group}
            className="flex flex-col gap-2 px-4 py-3.5 text-sm sm:flex-row sm:items-center sm:justify-between sm:px-6"
          >
            <label htmlFor={`flow-${group}`} className="flex flex-col gap-0.5">
              <span className="font-medium">{TITLES[group]}</span>
              {recordTypes.length > 1 ? (
                <span className="text-muted-foreground">
                  {recordTypes.map((type) => RECORD_TYPE_NAMES[type].many).join(", ")}
                </span>
              ) : null}
            </label>
            <Select
              id={`flow-${group}`}
              className="sm:w-72"
              disabled={!mayChange || pending}
              value={state ?? ""}
              onChange={(event) => {
                const chosen = STATES.find(({ value }) => value === event.target.value);
                if (!chosen) return;
                startTransition(async () => {
                  setResult(await setFlow({ group, state: chosen.value }));
                  router.refresh();
                });
              }}
            >
              {state === null ? <option value="">Several</option> : null}
              {STATES.map(({ value, label }) => (
                <option key={value} value={value}>
                  {label}
                </option>
              ))}
            </Select>
          </li>
        ))}
      </ul>
      <div className="px-4 pb-4 sm:px-6">
        <ActionError result={result} />
      </div>
    </Card>
  );
}
