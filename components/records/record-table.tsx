import { Check, CircleAlert, CircleMinus, Clock, Link2, type LucideIcon } from "lucide-react";
import { Amount } from "@/components/format/amount";
import { recordTypeTitle } from "@/components/format/record-type-label";
import { ListOrder } from "@/components/page/list-order";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { SortHead } from "@/components/ui/sort-head";
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
import type { ListSort } from "@/lib/domain/views/list-sort";
import type {
  Disposition,
  RecordListRow,
  RecordListView,
  RecordSort,
} from "@/lib/domain/views/record-list-view";
import { RecordName } from "./record-name";

export const DISPOSITION_WORDS: Readonly<
  Record<
    Disposition,
    { readonly label: string; readonly tone: "success" | "warning" | "neutral"; readonly Icon: LucideIcon }
  >
> = {
  posted: { label: "Posted", tone: "success", Icon: Check },
  linked: { label: "Linked", tone: "success", Icon: Link2 },
  pending: { label: "Not yet", tone: "neutral", Icon: Clock },
  exception: { label: "Needs you", tone: "warning", Icon: CircleAlert },
  excluded: { label: "Left out", tone: "neutral", Icon: CircleMinus },
};

interface Props {
  slug: string;
  view: RecordListView;
  sort: ListSort<RecordSort>;
  hrefFor: (sort: ListSort<RecordSort>) => string;
}

/** One kind of record, to be compared row by row: a table on a desk, the same rows below each other on a phone. */
export function RecordTable({ slug, view, sort, hrefFor }: Props) {
  const isContact = view.recordType === "contact";
  const title = recordTypeTitle(view.recordType);
  return (
    <Card>
      <div className="hidden md:block">
        <Table label={title}>
          <TableHeader>
            <TableRow>
              <SortHead sortKey="number" sort={sort} hrefFor={hrefFor}>
                {isContact ? "Name" : "Number"}
              </SortHead>
              {isContact ? null : <TableHead>Name</TableHead>}
              <SortHead sortKey="date" sort={sort} hrefFor={hrefFor} descendingFirst>
                Date
              </SortHead>
              <TableHead>What became of it</TableHead>
              <SortHead sortKey="amount" sort={sort} hrefFor={hrefFor} descendingFirst className="text-right">
                Amount
              </SortHead>
            </TableRow>
          </TableHeader>
          <TableBody>
            {view.rows.map((row) => (
              <TableRow key={row.externalId}>
                <TableRowHead>
                  <Name slug={slug} row={row} />
                </TableRowHead>
                {isContact ? null : (
                  <TableCell className="max-w-72 break-words text-muted-foreground">
                    {row.number === "" ? "" : row.label}
                  </TableCell>
                )}
                <TableCell className="whitespace-nowrap tabular-nums">{row.date}</TableCell>
                <TableCell>
                  <State row={row} />
                </TableCell>
                <TableCell className={figureClasses}>
                  {row.amount ? <Amount value={row.amount} /> : null}
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </div>
      <div className="md:hidden">
        <div className="px-4 py-3">
          <ListOrder
            label="Order"
            sort={sort}
            hrefFor={hrefFor}
            orders={[
              { label: "Latest first", sort: { key: "date", descending: true } },
              { label: "Largest first", sort: { key: "amount", descending: true } },
              { label: isContact ? "By name" : "By number", sort: { key: "number", descending: false } },
            ]}
          />
        </div>
        <ul className="divide-y divide-border border-t border-border" aria-label={title}>
          {view.rows.map((row) => (
            <li key={row.externalId} className="flex items-start justify-between gap-4 px-4 py-3 text-sm">
              <div className="flex min-w-0 flex-col gap-1">
                <Name slug={slug} row={row} />
                {row.number === "" ? null : (
                  <span className="break-words text-muted-foreground">{row.label}</span>
                )}
                <span className="text-muted-foreground">{row.date}</span>
              </div>
              <div className="flex shrink-0 flex-col items-end gap-1.5">
                {row.amount ? <Amount value={row.amount} className="font-medium" /> : null}
                <State row={row} />
              </div>
            </li>
          ))}
        </ul>
      </div>
    </Card>
  );
}

const Name = ({ slug, row }: { slug: string; row: RecordListRow }) => (
  <RecordName
    slug={slug}
    recordType={row.recordType}
    externalId={row.externalId}
    name={row.number || row.label || row.externalId}
  />
);

function State({ row }: { row: RecordListRow }) {
  const { label, tone, Icon } = DISPOSITION_WORDS[row.disposition];
  return (
    <span className="flex flex-wrap gap-1.5">
      <Badge tone={tone}>
        <Icon aria-hidden="true" />
        {label}
      </Badge>
      {row.isGone ? <Badge tone="warning">Gone in the source</Badge> : null}
    </span>
  );
}
