"use client";

import { useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import type { ChoiceOption } from "@/lib/domain/views/exception-view";
import { useDesk } from "./exception-desk";

/** A contact of the ledger, looked up by a part of its name: there can be more than a list would hold. */
export function ContactField({
  id,
  describedBy,
  chosenLabel,
  value,
  setValue,
}: {
  id: string;
  describedBy: string;
  chosenLabel: string;
  value: string;
  setValue: (value: string) => void;
}) {
  const { actions } = useDesk();
  const [text, setText] = useState("");
  const [found, setFound] = useState<readonly ChoiceOption[] | null>(null);
  const [isPending, startTransition] = useTransition();
  const search = () =>
    startTransition(async () => {
      const answer = await actions.searchContacts({ text });
      setFound(answer.ok ? answer.data : []);
    });
  const known = value !== "" && chosenLabel !== "" ? [{ key: value, label: chosenLabel }] : [];
  const options = [...known.filter((one) => !found?.some(({ key }) => key === one.key)), ...(found ?? [])];
  return (
    <div className="flex flex-col gap-2">
      <div className="flex gap-2">
        <Input
          id={id}
          value={text}
          autoComplete="off"
          placeholder="Part of the name"
          aria-describedby={describedBy}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== "Enter") return;
            event.preventDefault();
            search();
          }}
        />
        <Button variant="outline" disabled={isPending || text.trim() === ""} onClick={search}>
          {isPending ? "Looking…" : "Find"}
        </Button>
      </div>
      <Select aria-label="Contact to use" value={value} onChange={(event) => setValue(event.target.value)}>
        <option value="">As usual</option>
        {options.map((option) => (
          <option key={option.key} value={option.key}>
            {option.label}
          </option>
        ))}
      </Select>
      <p role="status" className="text-sm text-muted-foreground">
        {found === null || isPending
          ? ""
          : found.length === 0
            ? "No contact of that name."
            : `${found.length} found.`}
      </p>
    </div>
  );
}
