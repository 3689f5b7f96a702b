import { formatCount } from "@/components/format/format-amount";
import { Card } from "@/components/ui/card";
import type { PreviewView } from "@/lib/domain/views/run-view";
import { StartButton, type StartRun } from "./start-button";

/**
 * What lies in a closed period when a run is taken back: it stays, unless somebody chooses here that documents on the first
 * open day take it back. Either choice makes a new preview; nothing is changed by it.
 */
export function ClosedPeriods({
  slug,
  view,
  choose,
}: {
  slug: string;
  view: PreviewView;
  /** Makes the preview of the other choice; null where the person may not. */
  choose: StartRun | null;
}) {
  const { closedPeriods } = view;
  if (closedPeriods === null) return null;
  const { taken, documents, day, until } = closedPeriods;
  const many = `${formatCount(documents)} ${documents === 1 ? "document" : "documents"}`;
  return (
    <Card className="flex flex-col gap-4 p-5 sm:p-6">
      <div className="flex flex-col gap-2">
        <h2 className="text-base font-semibold">
          {many} {documents === 1 ? "lies" : "lie"} in a closed period (until {until})
        </h2>
        <p className="text-sm text-muted-foreground">
          {taken
            ? `${documents === 1 ? "It is" : "They are"} taken back by documents of their own dated ${day}: credit notes, opposite bank transactions and journals, each set against what it takes back. From ${day} on the books are as they were; the closed period stays as it is.`
            : `Xero lets nobody change ${documents === 1 ? "it" : "them"}, so ${documents === 1 ? "it stays" : "they stay"} unless you choose otherwise: documents of their own, dated ${day}, can take ${documents === 1 ? "it" : "them"} back. Ask your accountant whether that is the right day.`}
        </p>
        <p className="text-sm text-muted-foreground">
          Money that moved in the closed period, and what it settles, stays either way.
        </p>
      </div>
      {choose !== null && isOpen(view) ? (
        <div className="self-start">
          <StartButton
            start={choose}
            label={
              taken
                ? "Leave the closed period as it is"
                : `Also take ${documents === 1 ? "it" : "them"} back, dated ${day}`
            }
            pendingLabel="Making a new preview…"
            hrefPrefix={`/${slug}/preview/`}
            size="default"
            variant="outline"
          />
        </div>
      ) : null}
    </Card>
  );
}

/** An undo with nothing else to take back ends with its plan. */
const isOpen = ({ state, closedPeriods }: PreviewView): boolean =>
  state === "previewed" || (state === "finished" && closedPeriods?.taken === false);
