"use client";

import { useRouter } from "next/navigation";
import { type KeyboardEvent, useEffect, useId, useRef, useState, useTransition } from "react";
import type { StartRun } from "@/components/preview/start-button";
import { recordPath } from "@/components/records/record-address";
import { cn } from "@/components/ui/class-names";
import { RECORD_TYPE_NAMES, RECORD_TYPES } from "@/lib/domain/record-type";
import { type FoundRecord, SEARCH_CHARACTERS_MIN } from "@/lib/domain/views/found-record";
import { DAILY_PLACES, HELP_PLACE, RARE_PLACES } from "./workspace-places";

interface Command {
  readonly id: string;
  readonly label: string;
  /** What kind of thing it is, after its name. */
  readonly hint: string;
  readonly href: string | null;
}

const SEARCH_AFTER_MS = 150;
const MORE_PLACES = [
  { path: "matches", label: "Matches" },
  { path: "preview", label: "Preview" },
  { path: "preview/approvals", label: "Approvals" },
  { path: "preview/parallel", label: "Parallel run" },
  { path: "help/errors", label: "Something went wrong" },
  { path: "help/endpoints", label: "Endpoints and data logic" },
] as const;

/**
 * A box over a list, as ARIA's combobox has it: the focus stays in the box, the arrows move through the list, Enter goes.
 * The dialog is the browser's own, which keeps the focus inside and closes on Escape. It is loaded when it is first asked for.
 */
export function CommandPalette({
  slug,
  startRun,
  onClose,
}: {
  slug: string;
  /** Null for those who may only look. */
  startRun: StartRun | null;
  onClose: () => void;
}) {
  const router = useRouter();
  const dialog = useRef<HTMLDialogElement>(null);
  const listId = useId();
  const [text, setText] = useState("");
  const [chosen, setChosen] = useState(0);
  const [told, setTold] = useState("");
  const [pending, startTransition] = useTransition();
  const records = useRecords(slug, text);
  const commands = [
    ...placesFor(slug, text, startRun !== null),
    ...records.map((one) => commandOf(slug, one)),
  ];
  const at = Math.min(chosen, commands.length - 1);
  useEffect(() => {
    if (dialog.current?.open === false) dialog.current.showModal();
  }, []);

  const run = (command: Command | undefined): void => {
    if (!command || pending) return;
    if (command.href !== null) {
      router.push(command.href);
      dialog.current?.close();
      return;
    }
    startTransition(async () => {
      const answer = await startRun?.();
      if (answer?.ok) {
        router.push(`/${slug}/preview/${answer.data.runId}`);
        dialog.current?.close();
      } else setTold(answer?.formError ?? "");
    });
  };
  const onKey = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && commands.length > 0) {
      event.preventDefault();
      setChosen((at + step + commands.length) % commands.length);
    } else if (event.key === "Enter") {
      event.preventDefault();
      run(commands[at]);
    }
  };
  const optionId = (index: number): string => `${listId}-${index}`;
  useEffect(() => {
    document.getElementById(`${listId}-${at}`)?.scrollIntoView({ block: "nearest" });
  }, [listId, at]);
  return (
    <dialog
      ref={dialog}
      aria-label="Go to or find"
      onClose={onClose}
      className="mx-auto mt-[12vh] w-[min(36rem,calc(100vw-2rem))] overflow-hidden rounded-lg border border-border bg-popover text-foreground shadow-xl backdrop:bg-black/50"
    >
      <input
        role="combobox"
        aria-label="Go to a place, or find a record by its number"
        aria-expanded="true"
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={commands.length > 0 ? optionId(at) : undefined}
        autoComplete="off"
        spellCheck={false}
        placeholder="A place, or a number such as INV-1042"
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setChosen(0);
        }}
        onKeyDown={onKey}
        className="min-h-12 w-full border-b border-border bg-transparent px-4 text-base outline-none placeholder:text-muted-foreground"
      />
      <div
        id={listId}
        role="listbox"
        aria-label="Places and records"
        className="max-h-80 overflow-y-auto p-2"
      >
        {commands.map((command, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the box's, which keeps the focus
          <div
            key={command.id}
            id={optionId(index)}
            role="option"
            tabIndex={-1}
            aria-selected={index === at}
            onClick={() => run(command)}
            className={cn(
              "flex min-h-10 cursor-pointer items-center justify-between gap-4 rounded-md px-3 py-1.5 text-sm",
              index === at ? "bg-primary-soft text-primary" : "hover:bg-muted",
            )}
          >
            <span className="min-w-0 truncate font-medium">{command.label}</span>
            <span className={cn("shrink-0", index === at ? "" : "text-muted-foreground")}>
              {command.hint}
            </span>
          </div>
        ))}
      </div>
      <p role="status" className="px-4 pb-3 text-sm text-muted-foreground empty:hidden">
        {told || (commands.length === 0 ? "Nothing of that name or number." : "")}
      </p>
    </dialog>
  );
}

function placesFor(slug: string, text: string, maySync: boolean): Command[] {
  const wanted = text.trim().toLowerCase();
  const places = [...DAILY_PLACES, ...RARE_PLACES, HELP_PLACE, ...MORE_PLACES].map(
    ({ path, label }): Command => ({ id: path, label, hint: "Place", href: `/${slug}/${path}` }),
  );
  const sync: Command = { id: "sync-now", label: "Sync now", hint: "Makes a preview", href: null };
  return [...(maySync ? [sync] : []), ...places].filter(({ label }) => label.toLowerCase().includes(wanted));
}

const commandOf = (slug: string, { recordType, externalId, number, label }: FoundRecord): Command => ({
  id: `${recordType} ${externalId}`,
  label: [number, label].filter((part) => part !== "").join(" "),
  hint: RECORD_TYPE_NAMES[recordType].one,
  href: recordPath(slug, recordType, externalId),
});

/** What the server finds, a moment after the last key; what was asked before is not waited for. */
function useRecords(slug: string, text: string): readonly FoundRecord[] {
  const [found, setFound] = useState<{ readonly text: string; readonly records: readonly FoundRecord[] }>({
    text: "",
    records: [],
  });
  const search = text.trim();
  useEffect(() => {
    if (search.length < SEARCH_CHARACTERS_MIN) return;
    const asked = new AbortController();
    const timer = setTimeout(async () => {
      const records = await askRecords(slug, search, asked.signal);
      if (!asked.signal.aborted) setFound({ text: search, records });
    }, SEARCH_AFTER_MS);
    return () => {
      clearTimeout(timer);
      asked.abort();
    };
  }, [slug, search]);
  return found.text === search ? found.records : [];
}

/** Without an answer nothing is found: the places are there all the same. */
async function askRecords(slug: string, text: string, signal: AbortSignal): Promise<readonly FoundRecord[]> {
  try {
    const response = await fetch(`/api/workspaces/${slug}/search?q=${encodeURIComponent(text)}`, { signal });
    const answer: unknown = response.ok ? await response.json() : null;
    return parseRecords(answer);
  } catch (thrown) {
    if (thrown instanceof TypeError || thrown instanceof DOMException) return [];
    throw thrown;
  }
}

/** By hand, since a schema would cost more than all the rest of the box. */
function parseRecords(answer: unknown): readonly FoundRecord[] {
  if (typeof answer !== "object" || answer === null || !("records" in answer)) return [];
  return Array.isArray(answer.records) ? answer.records.filter(isFoundRecord) : [];
}

function isFoundRecord(one: unknown): one is FoundRecord {
  if (typeof one !== "object" || one === null) return false;
  const { recordType, externalId, number, label } = {
    recordType: "",
    externalId: null,
    number: null,
    label: null,
    ...one,
  };
  return (
    RECORD_TYPES.some((type) => type === recordType) &&
    [externalId, number, label].every((text) => typeof text === "string")
  );
}
