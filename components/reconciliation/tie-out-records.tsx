import { CircleAlert, CircleHelp, CircleSlash, Coins, Copy, type LucideIcon, SearchX } from "lucide-react";
import Link from "next/link";
import { Amount } from "@/components/format/amount";
import { formatCount } from "@/components/format/format-amount";
import { Badge, type BadgeTone } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { LinkTabs } from "@/components/ui/tabs";
import { RECORD_TYPE_NAMES } from "@/lib/domain/record-type";
import type { TieOutRecordRow, TieOutView } from "@/lib/domain/views/tie-out-view";

export type NamedKind = TieOutRecordRow["kind"];

const KINDS: Readonly<Record<NamedKind, { label: string; tone: BadgeTone; Icon: LucideIcon }>> = {
  missing: { label: "Missing in Xero", tone: "destructive", Icon: SearchX },
  doubled: { label: "Twice in Xero", tone: "destructive", Icon: Copy },
  amountDiffers: { label: "Amount differs", tone: "destructive", Icon: CircleAlert },
  dateDiffers: { label: "Date differs", tone: "destructive", Icon: CircleAlert },
  taxDiffers: { label: "Tax differs", tone: "destructive", Icon: CircleAlert },
  unknownMarker: { label: "Unknown to us", tone: "destructive", Icon: CircleHelp },
  exception: { label: "Needs you", tone: "warning", Icon: CircleAlert },
  excluded: { label: "Left out by rule", tone: "neutral", Icon: CircleSlash },
  rounding: { label: "Rounding line", tone: "neutral", Icon: Coins },
  onlyInLedger: { label: "Only in Xero", tone: "neutral", Icon: CircleHelp },
};

/** The known kinds in order of weight. */
export const NAMED_KINDS: readonly NamedKind[] = [
  "missing",
  "doubled",
  "amountDiffers",
  "dateDiffers",
  "taxDiffers",
  "unknownMarker",
  "exception",
  "excluded",
  "rounding",
  "onlyInLedger",
];

/** Every record that is not simply equal on both sides, by name and with its reason. */
export function TieOutRecords({
  view,
  kind,
  shown,
  hrefFor,
}: {
  view: TieOutView;
  kind: NamedKind | null;
  /** How many rows to show at most. */
  shown: number;
  hrefFor: (kind: NamedKind | null, shown?: number) => string;
}) {
  const all = [...view.named, ...view.onlyInLedger.rows];
  if (all.length === 0) return null;
  const rows = kind ? all.filter((row) => row.kind === kind) : all;
  const present = NAMED_KINDS.filter((known) => all.some((row) => row.kind === known));
  return (
    <Card id="records" className="scroll-mt-6">
      <CardHeader>
        <CardTitle>Records with a reason</CardTitle>
        <CardDescription>Everything that is not simply equal on both sides, by name.</CardDescription>
        <div className="mt-2">
          <LinkTabs
            label="Narrow by reason"
            tabs={[
              { label: "All", href: hrefFor(null), current: kind === null, count: formatCount(all.length) },
              ...present.map((known) => ({
                label: KINDS[known].label,
                href: hrefFor(known),
                current: kind === known,
                count: formatCount(all.filter((row) => row.kind === known).length),
              })),
            ]}
          />
        </div>
      </CardHeader>
      <ul className="divide-y divide-border border-t border-border">
        {rows.slice(0, shown).map((row, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a record can stand here twice, and rows never move
          <NamedRecord key={index} row={row} />
        ))}
      </ul>
      {rows.length > shown ? (
        <div className="border-t border-border px-4 py-3 sm:px-6">
          <Button asChild variant="outline" size="small">
            <Link href={hrefFor(kind, shown * 2)} scroll={false}>
              Show more of {formatCount(rows.length)}
            </Link>
          </Button>
        </div>
      ) : null}
    </Card>
  );
}

function NamedRecord({ row }: { row: TieOutRecordRow }) {
  const { label, tone, Icon } = KINDS[row.kind];
  return (
    <li className="flex flex-col gap-1 px-4 py-3 text-sm sm:px-6">
      <div className="flex items-start justify-between gap-4">
        <div className="flex min-w-0 flex-col sm:flex-row sm:flex-wrap sm:items-baseline sm:gap-x-3">
          <span className="line-clamp-2 font-medium break-words">{row.number || row.label}</span>
          {row.number && row.label ? (
            <span className="line-clamp-2 break-words text-muted-foreground">{row.label}</span>
          ) : null}
          <span className="text-muted-foreground">{RECORD_TYPE_NAMES[row.recordType].one}</span>
        </div>
        <div className="flex shrink-0 flex-col items-end gap-1.5 sm:flex-row-reverse sm:items-baseline sm:gap-4">
          <span className="min-w-28 text-right font-medium">
            {row.amount ? <Amount value={row.amount} /> : null}
          </span>
          <Badge tone={tone}>
            <Icon aria-hidden="true" />
            {label}
          </Badge>
        </div>
      </div>
      <p className="max-w-prose text-muted-foreground">{row.sentence}</p>
    </li>
  );
}
