"use client";

import type { ComponentProps } from "react";
import { useSyncExternalStore } from "react";

/**
 * A form that a script sends. Until the script is there its fields wait: pressed before, the browser would send it by
 * itself, with what was typed in the address, and what was typed would be lost.
 */
export function Form({
  busy,
  className,
  children,
  ...props
}: ComponentProps<"form"> & { /** True while nothing may be changed. */ busy: boolean }) {
  const isReady = useSyncExternalStore(neverChanges, onceHere, beforeThat);
  return (
    <form noValidate {...props}>
      <fieldset disabled={busy || !isReady} className={className}>
        {children}
      </fieldset>
    </form>
  );
}

const neverChanges = () => () => {};
const onceHere = () => true;
const beforeThat = () => false;
