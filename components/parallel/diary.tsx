import Link from "next/link";
import { Amount } from "@/components/format/amount";
import { formatCount } from "@/components/format/format-amount";
import { LocalTime } from "@/components/format/local-time";
import { countRecords } from "@/components/format/record-type-label";
import { Badge } from "@/components/ui/badge";
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
import type { DiaryEntryView } from "@/lib/domain/views/parallel-view";

/** A line a look: what would have been posted, and whether anything spoke against it. Dense, to compare days. */
export function Diary({ slug, entries }: { slug: string; entries: readonly DiaryEntryView[] }) {
  return (
    <Card>
      <CardHeader>
        <CardTitle>Diary</CardTitle>
        <CardDescription>
          {entries.length === 0
            ? "The first look writes the first line."
            : "Newest first. The records of the last looks can still be opened."}
        </CardDescription>
      </CardHeader>
      {entries.length > 0 ? (
        <div className="pb-2">
          <Table label="Diary of the parallel run">
            <TableHeader>
              <TableRow>
                <TableHead>Look</TableHead>
                <TableHead>Would have posted</TableHead>
                <TableHead className="text-right">Debits</TableHead>
                <TableHead className="text-right">In both</TableHead>
                <TableHead className="text-right">Left out</TableHead>
                <TableHead className="text-right">Need you</TableHead>
                <TableHead className="text-right">Differ</TableHead>
                <TableHead>Verdict</TableHead>
              </TableRow>
            </TableHeader>
            <TableBody>
              {entries.map((entry) => (
                <TableRow key={entry.runId}>
                  <TableRowHead className="whitespace-nowrap">
                    {entry.hasRecords ? (
                      <Link
                        href={`/${slug}/preview/${entry.runId}`}
                        className="text-primary underline underline-offset-4"
                      >
                        <LocalTime iso={entry.at} />
                      </Link>
                    ) : (
                      <LocalTime iso={entry.at} />
                    )}
                  </TableRowHead>
                  <TableCell className="min-w-48">{wouldPost(entry)}</TableCell>
                  <TableCell className={figureClasses}>
                    <Amount value={entry.debit} />
                  </TableCell>
                  <TableCell className={figureClasses}>{formatCount(entry.alreadyThere)}</TableCell>
                  <TableCell className={figureClasses}>{formatCount(entry.leftOut)}</TableCell>
                  <TableCell className={figureClasses}>{formatCount(entry.needYou)}</TableCell>
                  <TableCell className={figureClasses}>{formatCount(entry.differing)}</TableCell>
                  <TableCell>
                    <Badge tone={entry.isClean ? "success" : "warning"}>
                      {entry.isClean ? "Clean" : "Look"}
                    </Badge>
                  </TableCell>
                </TableRow>
              ))}
            </TableBody>
          </Table>
        </div>
      ) : null}
    </Card>
  );
}

function wouldPost({ wouldPost: lines }: DiaryEntryView): string {
  const counts = new Map<DiaryEntryView["wouldPost"][number]["recordType"], number>();
  for (const { recordType, count } of lines) counts.set(recordType, (counts.get(recordType) ?? 0) + count);
  return counts.size === 0
    ? "Nothing"
    : [...counts].map(([recordType, count]) => countRecords(count, recordType)).join(", ");
}
