import { ChevronRight, TriangleAlert } from "lucide-react";
import Link from "next/link";
import { Amount } from "@/components/format/amount";
import { formatCount } from "@/components/format/format-amount";
import { recordTypeTitle } from "@/components/format/record-type-label";
import { RecordName } from "@/components/records/record-name";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card, CardHeader, CardTitle } from "@/components/ui/card";
import { LinkTabs } from "@/components/ui/tabs";
import { RECORD_TYPE_NAMES } from "@/lib/domain/record-type";
import type { PreviewRow, PreviewRows, PreviewView, RunKind } from "@/lib/domain/views/run-view";
import { APPROVAL_WORDS, APPROVALS } from "./approval-words";
import { FieldChanges } from "./field-changes";
import type { PreviewFilter } from "./preview-filter";
import { RecordSearch } from "./record-search";
import { countVerb, VERB_WORDS, VERBS, verbLabel } from "./verb-words";

/** The records themselves, narrowed by kind and verb through the page's address, a page at a time. */
export function PreviewRecords({
  slug,
  basePath,
  view,
  filter,
  page,
  paged,
}: {
  slug: string;
  basePath: string;
  view: PreviewView;
  filter: PreviewFilter;
  page: PreviewRows;
  /** True where this is not the first page. */
  paged: boolean;
}) {
  const href = (next: PreviewFilter, after: string | null = null) => {
    const query = new URLSearchParams();
    if (next.recordType) query.set("type", next.recordType);
    if (next.verb) query.set("verb", next.verb);
    if (next.approval) query.set("approval", next.approval);
    if (next.search) query.set("search", next.search);
    if (next.sort !== "plan") query.set("sort", next.sort);
    if (after) query.set("after", after);
    return query.size > 0 ? `${basePath}?${query}#records` : `${basePath}#records`;
  };
  return (
    <Card id="records" className="scroll-mt-6">
      <CardHeader>
        <CardTitle>The records</CardTitle>
        <div className="mt-2 flex flex-col gap-2.5">
          <RecordSearch basePath={basePath} filter={filter} />
          <LinkTabs
            label="Narrow by what happens"
            tabs={[
              { label: "All", href: href({ ...filter, verb: null }), current: filter.verb === null },
              ...VERBS.filter((verb) => countVerb(view, verb) > 0).map((verb) => ({
                label: verbLabel(view.kind, verb),
                href: href({ ...filter, verb }),
                current: filter.verb === verb,
                count: formatCount(countVerb(view, verb)),
              })),
            ]}
          />
          <LinkTabs
            label="Narrow by kind"
            tabs={[
              {
                label: "Every kind",
                href: href({ ...filter, recordType: null }),
                current: filter.recordType === null,
              },
              ...view.byType
                .filter((line) => VERBS.some((verb) => line.counts[verb] > 0))
                .map((line) => ({
                  label: recordTypeTitle(line.recordType),
                  href: href({ ...filter, recordType: line.recordType }),
                  current: filter.recordType === line.recordType,
                })),
            ]}
          />
          {view.approval && view.approval.waiting + view.approval.approved + view.approval.declined > 0 ? (
            <LinkTabs
              label="Narrow by approval"
              tabs={[
                {
                  label: "Any approval",
                  href: href({ ...filter, approval: null }),
                  current: filter.approval === null,
                },
                ...APPROVALS.filter((state) => (view.approval?.[state] ?? 0) > 0).map((state) => ({
                  label: APPROVAL_WORDS[state].label,
                  href: href({ ...filter, approval: state }),
                  current: filter.approval === state,
                  count: formatCount(view.approval?.[state] ?? 0),
                })),
              ]}
            />
          ) : null}
        </div>
      </CardHeader>
      {page.rows.length === 0 ? (
        <p className="border-t border-border px-4 py-10 text-center text-sm text-muted-foreground sm:px-6">
          No records under this choice.
        </p>
      ) : (
        <ul className="divide-y divide-border border-t border-border">
          {page.rows.map((row) => (
            <PreviewRecord
              key={`${row.recordType} ${row.sourceExternalId}`}
              slug={slug}
              row={row}
              kind={view.kind}
            />
          ))}
        </ul>
      )}
      {paged || page.next ? (
        <div className="flex flex-wrap items-center justify-between gap-3 border-t border-border px-4 py-3 sm:px-6">
          {paged ? (
            <Button asChild variant="ghost" size="small">
              <Link href={href(filter)}>Back to the first</Link>
            </Button>
          ) : (
            <span />
          )}
          {page.next ? (
            <Button asChild variant="outline" size="small">
              <Link href={href(filter, page.next)}>
                Next records
                <ChevronRight aria-hidden="true" />
              </Link>
            </Button>
          ) : null}
        </div>
      ) : null}
    </Card>
  );
}

function PreviewRecord({ slug, row, kind }: { slug: string; row: PreviewRow; kind: RunKind }) {
  const { tone, Icon } = VERB_WORDS[row.verb];
  return (
    <li className="flex flex-col gap-1.5 px-4 py-3 text-sm sm:px-6">
      <div className="flex items-start justify-between gap-4">
        <div className="flex min-w-0 flex-col gap-0.5 sm:flex-row sm:flex-wrap sm:items-baseline sm:gap-x-3">
          <RecordName
            slug={slug}
            recordType={row.recordType}
            externalId={row.pageExternalId}
            name={row.number || row.label}
          />
          {row.number && row.label ? (
            <span className="line-clamp-2 min-w-0 break-words text-muted-foreground">{row.label}</span>
          ) : null}
          <span className="text-muted-foreground">{RECORD_TYPE_NAMES[row.recordType].one}</span>
        </div>
        <div className="flex shrink-0 flex-col items-end gap-1.5 sm:flex-row-reverse sm:items-baseline sm:gap-4">
          <span className="min-w-28 text-right font-medium">
            {row.amount ? <Amount value={row.amount} /> : null}
          </span>
          <span className="flex flex-wrap justify-end gap-1.5">
            {row.approval ? (
              <Badge tone={APPROVAL_WORDS[row.approval].tone}>{APPROVAL_WORDS[row.approval].label}</Badge>
            ) : null}
            <Badge tone={tone}>
              <Icon aria-hidden="true" />
              {verbLabel(kind, row.verb)}
            </Badge>
          </span>
        </div>
      </div>
      {row.sentence ? <p className="max-w-prose text-muted-foreground">{row.sentence}</p> : null}
      {[...new Set(row.warnings)].map((warning) => (
        <p key={warning} className="flex max-w-prose items-start gap-1.5 text-warning">
          <TriangleAlert className="mt-0.5 size-4 shrink-0" aria-hidden="true" />
          <span>
            <span className="sr-only">Warning: </span>
            {warning}
          </span>
        </p>
      ))}
      <FieldChanges row={row} />
    </li>
  );
}
