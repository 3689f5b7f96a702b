import { Amount } from "@/components/format/amount";
import { formatAmount } from "@/components/format/format-amount";
import { formatDay } from "@/components/format/format-day";
import { Card, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import {
  figureClasses,
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
  TableRowHead,
} from "@/components/ui/table";
import type { ReceiptView } from "@/lib/domain/views/billing-view";

const STATES = { open: "Owed", paid: "Paid", void: "Withdrawn", uncollectible: "Given up" } as const;

/** What was charged, with Stripe's own receipt of each. */
export function Receipts({ receipts }: { receipts: readonly ReceiptView[] }) {
  return (
    <Card>
      <CardHeader>
        <CardTitle>Receipts</CardTitle>
        {receipts.length === 0 ? <CardDescription>Nothing has been charged.</CardDescription> : null}
      </CardHeader>
      {receipts.length === 0 ? null : (
        <Table label="Receipts">
          <TableHeader>
            <TableRow>
              <TableHead>Number</TableHead>
              <TableHead>Date</TableHead>
              <TableHead>State</TableHead>
              <TableHead className={figureClasses}>Amount</TableHead>
            </TableRow>
          </TableHeader>
          <TableBody>
            {receipts.map(({ number, at, status, amount, refunded, url }) => (
              <TableRow key={number}>
                <TableRowHead>
                  {url === null ? (
                    number
                  ) : (
                    <a href={url} className="underline underline-offset-4" rel="noreferrer">
                      {number}
                    </a>
                  )}
                </TableRowHead>
                <TableCell className="whitespace-nowrap">{formatDay(at)}</TableCell>
                <TableCell>
                  {STATES[status]}
                  {refunded ? `, ${formatAmount(refunded)} given back` : ""}
                </TableCell>
                <TableCell className={figureClasses}>
                  <Amount value={amount} />
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      )}
    </Card>
  );
}
