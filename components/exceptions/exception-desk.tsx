"use client";

import { useRouter } from "next/navigation";
import { createContext, type ReactNode, useContext, useState, useTransition } from "react";
import type { ActionResult } from "@/components/page/action-result";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import type {
  ChoiceOption,
  Correction,
  ExceptionFilter,
  ExceptionOutcome,
} from "@/lib/domain/views/exception-view";

type Press<Input> = (input: Input) => Promise<ActionResult<ExceptionOutcome>>;

/** What can be done about exceptions, bound to one workspace. */
export interface DeskActions {
  readonly retry: Press<ExceptionFilter>;
  readonly dismiss: Press<{ filter: ExceptionFilter; reason: string }>;
  readonly bringBack: Press<ExceptionFilter>;
  readonly moveToOpenDay: Press<ExceptionFilter>;
  readonly choose: Press<{ group: string; targetKey: string }>;
  readonly correct: Press<{ exceptionId: string; corrections: readonly Correction[]; tryAgain: boolean }>;
  readonly searchContacts: (input: { text: string }) => Promise<ActionResult<readonly ChoiceOption[]>>;
}

interface Desk {
  readonly slug: string;
  readonly actions: DeskActions;
  readonly mayAct: boolean;
  /** True while any of them is under way: one press at a time. */
  readonly isBusy: boolean;
  /** Does one thing, tells what it did, and shows the page as it is then; gives the answer back. */
  readonly act: (
    work: () => Promise<ActionResult<ExceptionOutcome>>,
  ) => Promise<ActionResult<ExceptionOutcome>>;
}

const DeskContext = createContext<Desk | null>(null);

export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (!desk) throw new Error("this stands inside an ExceptionDesk");
  return desk;
}

/**
 * The place where exceptions are dealt with. It tells what the last press did, at the foot of the screen, since the group
 * that was pressed is often gone by then.
 */
export function ExceptionDesk({
  slug,
  actions,
  mayAct,
  children,
}: {
  slug: string;
  actions: DeskActions;
  mayAct: boolean;
  children: ReactNode;
}) {
  const router = useRouter();
  const [told, setTold] = useState<ActionResult<ExceptionOutcome> | null>(null);
  const [isBusy, startTransition] = useTransition();
  const act: Desk["act"] = (work) =>
    new Promise((resolve) => {
      startTransition(async () => {
        const answer = await work();
        setTold(answer);
        resolve(answer);
        if (answer.ok && answer.data.previewRunId !== null)
          router.push(`/${slug}/preview/${answer.data.previewRunId}`);
        else router.refresh();
      });
    });
  return (
    <DeskContext value={{ slug, actions, mayAct, isBusy, act }}>
      {children}
      <div role="status" className="fixed inset-x-4 bottom-24 z-40 sm:left-auto sm:w-md md:bottom-4">
        {told ? <Told result={told} onClose={() => setTold(null)} /> : null}
      </div>
    </DeskContext>
  );
}

function Told({ result, onClose }: { result: ActionResult<ExceptionOutcome>; onClose: () => void }) {
  const text = result.ok ? result.data.message : (result.formError ?? "That did not work.");
  return (
    <Alert tone={result.ok ? "success" : "destructive"} className="border border-border shadow-xl">
      <div className="flex flex-col items-start gap-2">
        <p>{text}</p>
        {!result.ok && result.errorId ? (
          <p className="text-muted-foreground">Reference {result.errorId}</p>
        ) : null}
        <Button variant="outline" size="small" onClick={onClose}>
          Close
        </Button>
      </div>
    </Alert>
  );
}
