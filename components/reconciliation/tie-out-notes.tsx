import { Amount } from "@/components/format/amount";
import { formatCount } from "@/components/format/format-amount";
import { Card, CardContent, CardHeader, CardTitle } from "@/components/ui/card";
import type { AmountView } from "@/lib/domain/views/amount";
import type { BeforeCutOverView, TieOutView } from "@/lib/domain/views/tie-out-view";
import type { SystemNames } from "./system-names";

/** What is older than the day from which the books are kept, by currency: part of what is left out. */
function cutOverNote({ date, leftOut, settledOfBroughtIn }: BeforeCutOverView) {
  const totals = (list: readonly AmountView[]) =>
    list.map((total) => (
      <span key={total.currency} className="ml-2 text-muted-foreground">
        <Amount value={total} />
      </span>
    ));
  return {
    name: `Before ${date}`,
    value: (
      <>
        {formatCount(leftOut.count)}
        {totals(leftOut.totals)}
      </>
    ),
    why: (
      <>
        Dated before the cut-over and left out.
        {settledOfBroughtIn.count > 0 ? (
          <>
            {" "}
            Of {formatCount(settledOfBroughtIn.count)} that were brought in with what was open, this had been
            paid before:
            {totals(settledOfBroughtIn.totals)}
          </>
        ) : null}
      </>
    ),
  };
}

/** What is there on purpose and would otherwise raise a question: rounding lines, voids, records of others. */
export function TieOutNotes({ view, names }: { view: TieOutView; names: SystemNames }) {
  const notes = [
    {
      name: "Rounding lines",
      value: (
        <>
          {formatCount(view.roundings.count)}
          {view.roundings.totals.map((total) => (
            <span key={total.currency} className="ml-2 text-muted-foreground">
              <Amount value={total} />
            </span>
          ))}
        </>
      ),
      why: "Where the two programs round tax differently, a line of a cent or so keeps the totals equal.",
    },
    {
      name: "Voided documents",
      value: (
        <>
          {formatCount(view.voided.source)} in {names.source}, {formatCount(view.voided.ledger)} in{" "}
          {names.ledger}
        </>
      ),
      why: "They carry no amount on either side.",
    },
    {
      name: `Only in ${names.ledger}`,
      value: formatCount(view.onlyInLedger.count),
      why: "Entered there by someone else. Tieout leaves them alone and does not count them.",
    },
    ...(view.beforeCutOver ? [cutOverNote(view.beforeCutOver)] : []),
  ];
  return (
    <Card>
      <CardHeader>
        <CardTitle>On purpose</CardTitle>
      </CardHeader>
      <CardContent>
        <dl className="grid gap-5 text-sm sm:grid-cols-3">
          {notes.map((note) => (
            <div key={note.name} className="flex flex-col gap-1">
              <dt className="text-muted-foreground">{note.name}</dt>
              <dd className="font-medium tabular-nums">{note.value}</dd>
              <dd className="text-muted-foreground">{note.why}</dd>
            </div>
          ))}
        </dl>
      </CardContent>
    </Card>
  );
}
