"use client";

import { useRouter } from "next/navigation";
import { useId, useState } from "react";
import { recordTypeTitle } from "@/components/format/record-type-label";
import { ActionError } from "@/components/page/action-error";
import type { ActionResult } from "@/components/page/action-result";
import { Alert } from "@/components/ui/alert";
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { Field, FieldLabel } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { RECORD_TYPE_NAMES } from "@/lib/domain/record-type";
import { CONFLICT_RULES, VOID_RULES } from "@/lib/domain/two-sided";
import type { FlowChange, FlowsView, FlowView } from "@/lib/domain/views/flow-view";
import { BACK_STATES, backWords, conflictWords, type SystemLabels, voidWords } from "./flow-words";

export type SetFlow = (change: FlowChange) => Promise<ActionResult<{ needsConsent: boolean }>>;

/** What goes where: for each record type whether it goes back, what holds when both sides changed, what follows a void. */
export function FlowsPanel({
  view,
  mayChange,
  set,
  connect,
}: {
  view: FlowsView;
  mayChange: boolean;
  set: SetFlow;
  /** The button that asks for leave to write. */
  connect: React.ReactNode;
}) {
  const router = useRouter();
  const [result, setResult] = useState<ActionResult<unknown> | null>(null);
  const [pending, setPending] = useState(false);
  const { sourceLabel, ledgerLabel } = view;
  if (sourceLabel === null || ledgerLabel === null) return null;
  const labels = { source: sourceLabel, ledger: ledgerLabel };
  const change = async (wanted: FlowChange): Promise<void> => {
    setPending(true);
    setResult(await set(wanted));
    setPending(false);
    router.refresh();
  };
  return (
    <Card>
      <CardHeader>
        <CardTitle>What goes where</CardTitle>
        <CardDescription>
          Everything goes from {sourceLabel} to {ledgerLabel}. Here you choose what also goes back, and what
          holds when both were changed.{" "}
          {mayChange
            ? "A choice takes effect with the next sync."
            : "An owner or administrator can change it."}
        </CardDescription>
      </CardHeader>
      <CardContent className="flex flex-col gap-6">
        {view.leave ? (
          <Alert tone="warning" title={`${sourceLabel} has to give leave first`}>
            <span className="flex flex-col items-start gap-3">
              {view.leave.sentence}
              {mayChange ? connect : null}
            </span>
          </Alert>
        ) : null}
        <ActionError result={result} />
        <fieldset disabled={pending || !mayChange} className="flex flex-col gap-6">
          <legend className="sr-only">What goes back to {sourceLabel}</legend>
          {view.flows.map((flow) => (
            <FlowRow key={flow.recordType} flow={flow} labels={labels} change={change} />
          ))}
        </fieldset>
      </CardContent>
    </Card>
  );
}

function FlowRow({
  flow,
  labels,
  change,
}: {
  flow: FlowView;
  labels: SystemLabels;
  change: (wanted: FlowChange) => Promise<void>;
}) {
  const { recordType } = flow;
  const { many } = RECORD_TYPE_NAMES[recordType];
  const backState = flow.back.state === "paused" ? "off" : flow.back.state;
  return (
    <section
      aria-label={recordTypeTitle(recordType)}
      className="flex flex-col gap-3 border-t border-border pt-5 first:border-t-0 first:pt-0"
    >
      <h3 className="text-sm font-semibold">{recordTypeTitle(recordType)}</h3>
      <div className="grid gap-4 sm:grid-cols-2">
        <Choice
          label={backWords(flow, many, labels)}
          value={backState}
          options={BACK_STATES.map(({ value, words }) => ({ value, words: words() }))}
          choose={(state) => change({ recordType, direction: "toSource", state })}
        />
        {flow.conflictRule === null ? null : (
          <Choice
            label="And when both sides changed the same thing?"
            value={flow.conflictRule}
            options={CONFLICT_RULES.map((value) => ({ value, words: conflictWords(value, labels) }))}
            choose={(conflictRule) => change({ recordType, direction: "toLedger", conflictRule })}
          />
        )}
        {flow.back.verbs.includes("void") ? (
          <>
            <Choice
              label={`When it was voided or deleted in ${labels.ledger}?`}
              value={flow.back.voidRule}
              options={VOID_RULES.map((value) => ({ value, words: voidWords(value, labels.source) }))}
              choose={(voidRule) => change({ recordType, direction: "toSource", voidRule })}
            />
            <Choice
              label={`When it was deleted in ${labels.source}?`}
              value={flow.forth.voidRule}
              options={VOID_RULES.map((value) => ({ value, words: voidWords(value, labels.ledger) }))}
              choose={(voidRule) => change({ recordType, direction: "toLedger", voidRule })}
            />
          </>
        ) : null}
      </div>
    </section>
  );
}

function Choice<Value extends string>({
  label,
  value,
  options,
  choose,
}: {
  label: string;
  value: Value;
  options: readonly { readonly value: Value; readonly words: string }[];
  choose: (value: Value) => Promise<void>;
}) {
  const id = useId();
  return (
    <Field>
      <FieldLabel htmlFor={id}>{label}</FieldLabel>
      <Select
        id={id}
        value={value}
        onChange={(event) => {
          const chosen = options.find((option) => option.value === event.target.value);
          if (chosen) void choose(chosen.value);
        }}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.words}
          </option>
        ))}
      </Select>
    </Field>
  );
}
