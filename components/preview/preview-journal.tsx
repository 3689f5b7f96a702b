import { Amount } from "@/components/format/amount";
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
import type { PreviewView } from "@/lib/domain/views/run-view";
import { journalTotals } from "./journal-totals";

/** What the run books, account by account: the part that an accountant reads first. */
export function PreviewJournal({ journal }: { journal: PreviewView["journal"] }) {
  if (journal.length === 0) return null;
  return (
    <Card>
      <CardHeader>
        <CardTitle>What it books, by account</CardTitle>
        <CardDescription>Debits and credits as Xero will calculate them, to the cent.</CardDescription>
      </CardHeader>
      <div className="pb-2">
        <Table label="Debits and credits by account">
          <TableHeader>
            <TableRow>
              <TableHead>Account</TableHead>
              <TableHead className="text-right">Debit</TableHead>
              <TableHead className="text-right">Credit</TableHead>
            </TableRow>
          </TableHeader>
          <TableBody>
            {journal.map((line) => (
              <TableRow key={`${line.account} ${(line.debit ?? line.credit)?.currency}`}>
                <TableRowHead className="font-normal">{line.account}</TableRowHead>
                <TableCell className={figureClasses}>
                  {line.debit ? <Amount value={line.debit} /> : null}
                </TableCell>
                <TableCell className={figureClasses}>
                  {line.credit ? <Amount value={line.credit} /> : null}
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
          <TableFooter>
            {journalTotals(journal).map((total) => (
              <TableRow key={total.debit.currency}>
                <TableRowHead>Total {total.debit.currency}</TableRowHead>
                <TableCell className={figureClasses}>
                  <Amount value={total.debit} className="rule-double" />
                </TableCell>
                <TableCell className={figureClasses}>
                  <Amount value={total.credit} className="rule-double" />
                </TableCell>
              </TableRow>
            ))}
          </TableFooter>
        </Table>
      </div>
    </Card>
  );
}
