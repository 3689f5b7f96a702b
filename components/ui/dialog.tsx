"use client";

import { type ReactNode, useId, useRef } from "react";
import { Button } from "./button";

/**
 * A question before something that cannot be taken back. It is the browser's own modal dialog: focus stays inside,
 * Escape closes, and focus returns to the button, with no inline styles for the security policy to refuse.
 */
export function ConfirmDialog({
  trigger,
  triggerVariant = "destructive",
  title,
  children,
  confirmLabel,
  pending,
  onConfirm,
}: {
  trigger: string;
  triggerVariant?: "destructive" | "outline";
  title: string;
  children: ReactNode;
  confirmLabel: string;
  pending: boolean;
  onConfirm: () => void;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  const close = () => dialog.current?.close();
  return (
    <>
      <Button
        variant={triggerVariant}
        size="small"
        disabled={pending}
        onClick={() => dialog.current?.showModal()}
      >
        {trigger}
      </Button>
      <dialog
        ref={dialog}
        aria-labelledby={titleId}
        className="m-auto w-[min(28rem,calc(100vw-2rem))] rounded-lg border border-border bg-popover p-6 text-foreground shadow-xl backdrop:bg-black/50"
      >
        <h2 id={titleId} className="text-base font-semibold">
          {title}
        </h2>
        <div className="mt-2 text-sm text-muted-foreground">{children}</div>
        <div className="mt-6 flex flex-wrap justify-end gap-3">
          <Button variant="outline" onClick={close}>
            Cancel
          </Button>
          <Button
            variant="destructive"
            disabled={pending}
            onClick={() => {
              close();
              onConfirm();
            }}
          >
            {confirmLabel}
          </Button>
        </div>
      </dialog>
    </>
  );
}
