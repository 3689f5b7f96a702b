import { Amount } from "@/components/format/amount";
import { formatCount } from "@/components/format/format-amount";
import { Card, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import {
  figureClasses,
  Table,
  TableBody,
  TableCell,
  TableFooter,
  TableHead,
  TableHeader,
  TableRow,
  TableRowHead,
} from "@/components/ui/table";
import type { JournalLineView, JournalView, RunKind } from "@/lib/domain/views/run-view";

/** A phone has room for the account and the two sums of the books; the rest stands under the account there. */
const WIDE_ONLY = "hidden sm:table-cell";

/** What the run books, account by account: the part that an accountant reads first. */
export function PreviewJournal({ journal, kind }: { journal: JournalView; kind: RunKind }) {
  if (journal.lines.length === 0) return null;
  const isForeign = journal.lines.some((line) => line.currency !== journal.baseCurrency);
  return (
    <Card>
      <CardHeader>
        <CardTitle>
          {kind === "undo" ? "What it takes off, by account" : "What it books, by account"}
        </CardTitle>
        <CardDescription>
          Debits and credits as Xero will calculate them, to the cent
          {isForeign ? `, in each currency and in ${journal.baseCurrency}` : ""}.
          {journal.unknown > 0
            ? ` ${formatCount(journal.unknown)} ${journal.unknown === 1 ? "record has" : "records have"} no exchange rate: Xero takes the day's own, so ${journal.unknown === 1 ? "its line is" : "their lines are"} missing here.`
            : ""}
        </CardDescription>
      </CardHeader>
      <div className="pb-2">
        <Table label="Debits and credits by account">
          <TableHeader>
            <TableRow>
              <TableHead>Account</TableHead>
              <TableHead className={WIDE_ONLY}>Tax</TableHead>
              {isForeign ? (
                <>
                  <TableHead className={`${WIDE_ONLY} text-right`}>Debit</TableHead>
                  <TableHead className={`${WIDE_ONLY} text-right`}>Credit</TableHead>
                </>
              ) : null}
              <TableHead className="text-right">Debit {journal.baseCurrency}</TableHead>
              <TableHead className="text-right">Credit {journal.baseCurrency}</TableHead>
            </TableRow>
          </TableHeader>
          <TableBody>
            {journal.lines.map((line) => (
              <JournalRow
                key={`${line.account} ${line.taxRate} ${line.currency}`}
                line={line}
                baseCurrency={journal.baseCurrency}
                isForeign={isForeign}
              />
            ))}
          </TableBody>
          <TableFooter>
            <TableRow>
              <TableRowHead>Total</TableRowHead>
              <TableCell colSpan={isForeign ? 3 : 1} className={WIDE_ONLY} />
              <TableCell className={figureClasses}>
                <Amount value={journal.debit} className="rule-double" />
              </TableCell>
              <TableCell className={figureClasses}>
                <Amount value={journal.credit} className="rule-double" />
              </TableCell>
            </TableRow>
          </TableFooter>
        </Table>
      </div>
    </Card>
  );
}

function JournalRow({
  line,
  baseCurrency,
  isForeign,
}: {
  line: JournalLineView;
  baseCurrency: string;
  isForeign: boolean;
}) {
  const own = line.currency === baseCurrency ? null : line;
  return (
    <TableRow>
      <TableRowHead className="font-normal">
        {line.account}
        <UnderAccount line={line} own={own} />
      </TableRowHead>
      <TableCell className={`${WIDE_ONLY} whitespace-nowrap text-muted-foreground`}>{line.taxRate}</TableCell>
      {isForeign ? (
        <>
          <TableCell className={`${WIDE_ONLY} ${figureClasses}`}>
            {own?.debit ? <Amount value={own.debit} /> : null}
          </TableCell>
          <TableCell className={`${WIDE_ONLY} ${figureClasses}`}>
            {own?.credit ? <Amount value={own.credit} /> : null}
          </TableCell>
        </>
      ) : null}
      <TableCell className={figureClasses}>
        {line.baseDebit ? <Amount value={line.baseDebit} /> : null}
      </TableCell>
      <TableCell className={figureClasses}>
        {line.baseCredit ? <Amount value={line.baseCredit} /> : null}
      </TableCell>
    </TableRow>
  );
}

/** What wider screens show in columns of their own. */
function UnderAccount({ line, own }: { line: JournalLineView; own: JournalLineView | null }) {
  if (!own && !line.taxRate) return null;
  return (
    <span className="mt-0.5 block text-xs text-muted-foreground sm:hidden">
      {line.taxRate ? <span className="block">{line.taxRate}</span> : null}
      {own?.debit ? (
        <span className="block">
          Debit <Amount value={own.debit} />
        </span>
      ) : null}
      {own?.credit ? (
        <span className="block">
          Credit <Amount value={own.credit} />
        </span>
      ) : null}
    </span>
  );
}
