"use client";

import { Search } from "lucide-react";
import { lazy, Suspense, useEffect, useRef, useState } from "react";
import type { StartRun } from "@/components/preview/start-button";

/** What it opens comes over the wire when it is asked for the first time. */
const CommandPalette = lazy(async () => ({ default: (await import("./command-palette")).CommandPalette }));

/** Opens the box that leads everywhere: by a press, or by Ctrl or Cmd with K. */
export function CommandButton({ slug, startRun }: { slug: string; startRun: StartRun | null }) {
  const [isOpen, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.altKey) return;
      event.preventDefault();
      setOpen(true);
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
  const close = (): void => {
    setOpen(false);
    button.current?.focus();
  };
  return (
    <>
      <button
        ref={button}
        type="button"
        aria-haspopup="dialog"
        aria-keyshortcuts="Control+K Meta+K"
        onClick={() => setOpen(true)}
        className="inline-flex min-h-9 items-center gap-2 rounded-md border border-border bg-card px-2.5 text-sm text-muted-foreground hover:bg-muted hover:text-foreground"
      >
        <Search className="size-4" aria-hidden="true" />
        <span className="sr-only lg:not-sr-only">Go to or find</span>
        <span className="hidden text-xs lg:inline" aria-hidden="true">
          Ctrl K
        </span>
      </button>
      {isOpen ? (
        <Suspense fallback={null}>
          <CommandPalette slug={slug} startRun={startRun} onClose={close} />
        </Suspense>
      ) : null}
    </>
  );
}
