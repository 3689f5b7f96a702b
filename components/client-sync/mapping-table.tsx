import { ArrowRight, Check, CircleAlert, Link2, type LucideIcon, Minus, Plus } from "lucide-react";
import Link from "next/link";
import { KeyPager } from "@/components/page/key-pager";
import { Badge, type BadgeTone } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import {
  type ClientSyncView,
  MAPPING_WORDS,
  type MappingRow,
  type MappingRows,
  type MappingStatus,
} from "@/lib/domain/views/client-sync-view";

const LOOKS: Readonly<Record<MappingStatus, { readonly tone: BadgeTone; readonly Icon: LucideIcon }>> = {
  needsYou: { tone: "warning", Icon: CircleAlert },
  toAdd: { tone: "primary", Icon: Plus },
  matched: { tone: "neutral", Icon: Check },
  mapped: { tone: "success", Icon: Link2 },
  leftOut: { tone: "neutral", Icon: Minus },
  ledgerOnly: { tone: "neutral", Icon: Minus },
};

/** Clients beside contacts: the ledger's cell is empty where a contact would be added. */
export function MappingTable({
  view,
  page,
  here,
  query,
  slug,
}: {
  view: ClientSyncView;
  page: MappingRows;
  here: string;
  query: { readonly status: MappingStatus | null; readonly after: string | null };
  slug: string;
}) {
  const addressOf = (after: string | null): string => {
    const parameters = new URLSearchParams({
      ...(query.status === null ? {} : { status: query.status }),
      ...(after === null ? {} : { after }),
    });
    return parameters.size === 0 ? here : `${here}?${parameters}`;
  };
  return (
    <div className="flex flex-col gap-4">
      <Card>
        <Table label="Client mappings">
          <TableHeader>
            <TableRow>
              <TableHead>{view.sourceLabel} client</TableHead>
              <TableHead>{view.ledgerLabel} contact</TableHead>
              <TableHead className="hidden sm:table-cell">Status</TableHead>
              <TableHead className="hidden sm:table-cell">Remark</TableHead>
            </TableRow>
          </TableHeader>
          <TableBody>
            {page.rows.map((row) => (
              <TableRow key={`${row.sourceExternalId} ${row.ledgerName}`}>
                <TableCell className="font-medium">
                  <span className="whitespace-pre-wrap sm:whitespace-pre">{row.sourceName}</span>
                  <div className="mt-1.5 flex flex-col items-start gap-1.5 font-normal sm:hidden">
                    <StatusBadge status={row.status} />
                    <Remark row={row} slug={slug} />
                  </div>
                </TableCell>
                <TableCell className="whitespace-pre-wrap sm:whitespace-pre">{row.ledgerName}</TableCell>
                <TableCell className="hidden sm:table-cell">
                  <StatusBadge status={row.status} />
                </TableCell>
                <TableCell className="hidden min-w-64 sm:table-cell">
                  <Remark row={row} slug={slug} />
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
        {page.rows.length === 0 ? (
          <p className="px-4 py-6 text-sm text-muted-foreground sm:px-6">There are none of these.</p>
        ) : null}
      </Card>
      <KeyPager
        firstHref={query.after === null ? null : addressOf(null)}
        nextHref={page.next === null ? null : addressOf(page.next)}
        nextLabel="Next 50"
      />
    </div>
  );
}

function StatusBadge({ status }: { status: MappingStatus }) {
  const { tone, Icon } = LOOKS[status];
  return (
    <Badge tone={tone}>
      <Icon aria-hidden="true" />
      {MAPPING_WORDS[status]}
    </Badge>
  );
}

function Remark({ row, slug }: { row: MappingRow; slug: string }) {
  return (
    <span className="text-muted-foreground">
      {row.remark}{" "}
      {row.status === "needsYou" ? (
        <Link href={`/${slug}/exceptions`} className="whitespace-nowrap underline">
          See what to do
          <ArrowRight className="ml-1 inline size-3.5" aria-hidden="true" />
        </Link>
      ) : null}
    </span>
  );
}
