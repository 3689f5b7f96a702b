"use client";

import { useCallback, useEffect, useState } from "react";
import type { FieldValues, UseFormReturn } from "react-hook-form";

/**
 * Keeps what is typed into a form and not sent yet over an error, a refresh and a session that ends meanwhile: in this
 * browser tab alone, under a key that names the workspace and the thing. Nothing secret belongs into such a form. What
 * was kept comes back once, on top of what the server says now; what it holds is the form's own to judge.
 */
export interface DraftForm<V extends FieldValues> {
  readonly key: string;
  readonly form: UseFormReturn<V>;
  /** What the form begins with, as the server has it. */
  readonly initial: V;
  /** The values in a form that outlives another order of fields. Equal drafts are equal as JSON. */
  toDraft(values: V): unknown;
  /** What is still of use of a draft; null where nothing is. */
  fromDraft(draft: unknown): V | null;
}

export interface KeptDraft {
  /** True while values of before are in the form. */
  readonly isBack: boolean;
  /** Gives up what came back, and begins with what the server says. */
  drop(): void;
  /** Forgets the draft, since its values were taken. */
  clear(): void;
}

export function useKeptDraft<V extends FieldValues>({
  key,
  form,
  initial,
  toDraft,
  fromDraft,
}: DraftForm<V>): KeptDraft {
  const [isBack, setIsBack] = useState(false);

  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each thing, not with every answer of the server
  useEffect(() => {
    const atFirst = JSON.stringify(toDraft(initial));
    const kept = readDraft(key);
    const values = kept === null ? null : fromDraft(kept);
    if (values !== null && JSON.stringify(toDraft(values)) !== atFirst) {
      form.reset(values, { keepDefaultValues: true });
      setIsBack(true);
    }
    const { unsubscribe } = form.watch(() => {
      const draft = JSON.stringify(toDraft(form.getValues()));
      if (draft === atFirst) sessionStorage.removeItem(key);
      else sessionStorage.setItem(key, draft);
    });
    return unsubscribe;
  }, [key]);

  const clear = useCallback(() => {
    sessionStorage.removeItem(key);
    setIsBack(false);
  }, [key]);
  const drop = useCallback(() => {
    form.reset(initial);
    clear();
  }, [form, initial, clear]);
  return { isBack, drop, clear };
}

/** A draft that is no JSON was not written by us; it is no draft. */
function readDraft(key: string): unknown {
  const text = sessionStorage.getItem(key);
  if (text === null) return null;
  try {
    return JSON.parse(text);
  } catch {
    sessionStorage.removeItem(key);
    return null;
  }
}
