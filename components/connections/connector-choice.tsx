"use client";

import { type ReactNode, useId, useState } from "react";
import { Field, FieldLabel } from "@/components/ui/field";
import { Select } from "@/components/ui/select";

/** One side of the pair before anything is connected there: which of the systems it is, and what it takes to connect it. */
export function ConnectorChoice({
  question,
  choices,
  initialId,
}: {
  question: string;
  choices: readonly { readonly id: string; readonly label: string; readonly slot: ReactNode }[];
  initialId: string;
}) {
  const selectId = useId();
  const [id, setId] = useState(initialId);
  return (
    <div className="flex flex-col gap-4">
      <Field>
        <FieldLabel htmlFor={selectId}>{question}</FieldLabel>
        <Select id={selectId} value={id} onChange={(event) => setId(event.target.value)}>
          {choices.map((choice) => (
            <option key={choice.id} value={choice.id}>
              {choice.label}
            </option>
          ))}
        </Select>
      </Field>
      {choices.find((choice) => choice.id === id)?.slot}
    </div>
  );
}
