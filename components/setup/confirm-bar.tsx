import { ActionError } from "@/components/page/action-error";
import type { ActionResult } from "@/components/page/action-result";
import { Button } from "@/components/ui/button";
import type { SetupView } from "@/lib/domain/views/setup-view";
import { numberQuestions } from "./setup-values";

/** The one press of the page, in sight however long the list is. */
export function ConfirmBar({
  view,
  result,
  answered,
  hasFaults,
  mayChange,
  pending,
}: {
  view: SetupView;
  result: ActionResult<unknown> | null;
  answered: number;
  hasFaults: boolean;
  mayChange: boolean;
  pending: boolean;
}) {
  return (
    <div className="sticky bottom-[4.75rem] z-10 flex flex-col gap-3 rounded-lg border border-border bg-card p-4 shadow-lg sm:px-6 md:bottom-4">
      <ActionError result={result} />
      <div className="flex flex-col gap-3 sm:flex-row sm:items-center sm:justify-between">
        {hasFaults ? (
          <p role="alert" className="text-sm font-medium text-destructive">
            Some questions still need an answer; they are marked above.
          </p>
        ) : (
          <p className="text-sm text-muted-foreground">
            {mayChange
              ? `${answered} of ${numberQuestions(view).length} answered. Nothing is posted yet: a preview comes first.`
              : "You can look at these choices but not change them."}
          </p>
        )}
        {mayChange ? (
          <Button type="submit" size="large" disabled={pending} className="shrink-0">
            {pending ? "Saving…" : view.confirmed ? "Save changes" : "Confirm and continue"}
          </Button>
        ) : null}
      </div>
    </div>
  );
}
