"use client";

import { CalendarArrowUp, RotateCcw, Undo2 } from "lucide-react";
import { type ReactNode, useId, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field, FieldError, FieldLabel } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import type { ExceptionChoiceView, ExceptionFilter } from "@/lib/domain/views/exception-view";
import { useDesk } from "./exception-desk";

/** The buttons of exceptions; each is about what its filter takes in. Nobody who may only read sees them. */

export function RetryButton({
  filter,
  label = "Try again",
  about = "",
}: {
  filter: ExceptionFilter;
  label?: string;
  /** For those who do not see what the button stands beside. */
  about?: string;
}) {
  const { actions, act, isBusy, mayAct } = useDesk();
  if (!mayAct) return null;
  return (
    <Button variant="outline" size="small" disabled={isBusy} onClick={() => act(() => actions.retry(filter))}>
      <RotateCcw aria-hidden="true" />
      {label}
      <About text={about} />
    </Button>
  );
}

export function OpenDayButton({ filter, about = "" }: { filter: ExceptionFilter; about?: string }) {
  const { actions, act, isBusy, mayAct } = useDesk();
  if (!mayAct) return null;
  return (
    <Button size="small" disabled={isBusy} onClick={() => act(() => actions.moveToOpenDay(filter))}>
      <CalendarArrowUp aria-hidden="true" />
      Post on the first open day
      <About text={about} />
    </Button>
  );
}

export function BringBackButton({ filter, about = "" }: { filter: ExceptionFilter; about?: string }) {
  const { actions, act, isBusy, mayAct } = useDesk();
  if (!mayAct) return null;
  return (
    <Button
      variant="outline"
      size="small"
      disabled={isBusy}
      onClick={() => act(() => actions.bringBack(filter))}
    >
      <Undo2 aria-hidden="true" />
      Bring back
      <About text={about} />
    </Button>
  );
}

/** Leaving something out needs a reason: the tie-out and the audit trail show it to whoever asks later. */
export function DismissButton({
  filter,
  label = "Dismiss",
  about = "",
  children,
}: {
  filter: ExceptionFilter;
  label?: string;
  about?: string;
  /** What is going to be left out, in a sentence. */
  children: ReactNode;
}) {
  const { actions, act, isBusy, mayAct } = useDesk();
  const dialog = useRef<HTMLDialogElement>(null);
  const [reason, setReason] = useState("");
  const [error, setError] = useState<string | null>(null);
  const id = useId();
  if (!mayAct) return null;
  const dismiss = async () => {
    if (reason.trim() === "") {
      setError("Say in a few words why: others will ask.");
      return;
    }
    const answer = await act(() => actions.dismiss({ filter, reason }));
    if (answer.ok) {
      dialog.current?.close();
      setReason("");
      setError(null);
    } else setError(answer.fieldErrors.reason ?? answer.formError);
  };
  return (
    <>
      <Button variant="ghost" size="small" disabled={isBusy} onClick={() => dialog.current?.showModal()}>
        {label}
        <About text={about} />
      </Button>
      <dialog
        ref={dialog}
        aria-labelledby={`${id}-title`}
        className="m-auto w-[min(28rem,calc(100vw-2rem))] rounded-lg border border-border bg-popover p-6 text-foreground shadow-xl backdrop:bg-black/50"
      >
        <form
          noValidate
          className="flex flex-col gap-4"
          onSubmit={(event) => {
            event.preventDefault();
            void dismiss();
          }}
        >
          <h2 id={`${id}-title`} className="text-base font-semibold">
            Leave this out?
          </h2>
          <div className="text-sm text-muted-foreground">{children}</div>
          <Field>
            <FieldLabel htmlFor={id}>Why</FieldLabel>
            <Input
              id={id}
              value={reason}
              maxLength={500}
              autoComplete="off"
              placeholder="Posted by hand in Xero, an old test order, …"
              aria-invalid={error !== null}
              aria-describedby={error === null ? undefined : `${id}-error`}
              onChange={(event) => setReason(event.target.value)}
            />
            <FieldError id={`${id}-error`}>{error}</FieldError>
          </Field>
          <div className="flex flex-wrap justify-end gap-3">
            <Button variant="outline" onClick={() => dialog.current?.close()}>
              Cancel
            </Button>
            <Button type="submit" disabled={isBusy}>
              {isBusy ? "Leaving out…" : "Leave out"}
            </Button>
          </div>
        </form>
      </dialog>
    </>
  );
}

/** The one choice that a group waits for, made in place. */
export function ChooseForm({ group, choice }: { group: string; choice: ExceptionChoiceView }) {
  const { actions, act, isBusy, mayAct } = useDesk();
  const [targetKey, setTargetKey] = useState(choice.suggestedKey ?? "");
  const id = useId();
  if (!mayAct) return null;
  return (
    <form
      className="flex w-full flex-col gap-2 sm:max-w-md"
      onSubmit={(event) => {
        event.preventDefault();
        void act(() => actions.choose({ group, targetKey }));
      }}
    >
      <FieldLabel htmlFor={id}>{choice.label}</FieldLabel>
      <div className="flex flex-col gap-2 sm:flex-row">
        <div className="min-w-0 grow">
          <Select id={id} value={targetKey} onChange={(event) => setTargetKey(event.target.value)}>
            <option value="">Choose…</option>
            {choice.options.map((option) => (
              <option key={option.key} value={option.key}>
                {option.label}
              </option>
            ))}
          </Select>
        </div>
        <Button type="submit" disabled={isBusy || targetKey === ""}>
          Choose and try again
        </Button>
      </div>
    </form>
  );
}

const About = ({ text }: { text: string }) => (text === "" ? null : <span className="sr-only"> {text}</span>);
