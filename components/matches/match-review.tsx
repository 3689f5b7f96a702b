import { Download } from "lucide-react";
import type { ReactNode } from "react";
import { formatCount } from "@/components/format/format-amount";
import { recordTypeTitle } from "@/components/format/record-type-label";
import { KeyPager } from "@/components/page/key-pager";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Card, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { LinkTabs } from "@/components/ui/tabs";
import type { RecordType } from "@/lib/domain/record-type";
import {
  MATCH_STATUSES,
  type MatchReviewView,
  type MatchRows,
  type MatchStatus,
  matchStatusWords,
} from "@/lib/domain/views/match-row";
import { ConfirmAllMatches, type ConfirmMatches, type SayMatches } from "./match-actions";
import { MatchRowItem } from "./match-row-item";
import { MatchUpload } from "./match-upload";

export interface ReviewQuery {
  readonly type: RecordType | null;
  readonly status: MatchStatus | null;
  readonly after: string | null;
}

/** Both sides row by row, by kind and status, with the ways to confirm them: one, all, or in Excel. */
export function MatchReview({
  slug,
  review,
  page,
  query,
  mayDecide,
  confirm,
  say,
  lookAgain,
}: {
  slug: string;
  review: MatchReviewView;
  page: MatchRows;
  query: ReviewQuery;
  mayDecide: boolean;
  confirm: ConfirmMatches;
  say: SayMatches;
  /** The button that reads both sides again. */
  lookAgain: ReactNode;
}) {
  const here = `/${slug}/matches`;
  const words = matchStatusWords(review.ledgerName);
  const href = (choice: Partial<ReviewQuery>): string => {
    const { type, status, after } = { ...query, type: review.recordType, after: null, ...choice };
    const parameters = new URLSearchParams(type === null ? [] : [["type", type]]);
    if (status !== null) parameters.set("status", status);
    if (after !== null) parameters.set("after", after);
    return `${here}?${parameters}#review`;
  };
  const total = MATCH_STATUSES.reduce((sum, status) => sum + review.counts[status], 0);
  return (
    <section aria-labelledby="review" className="flex flex-col gap-5">
      <h2 id="review" className="scroll-mt-6 text-base font-semibold">
        All records, side by side
      </h2>
      {review.phase === "outdated" ? (
        <Alert tone="warning" title="What was decided since is not in this list yet">
          <div className="flex flex-col gap-3">
            <p>Read both sides again to see what comes of it, and to confirm or post.</p>
            {mayDecide ? lookAgain : null}
          </div>
        </Alert>
      ) : null}
      <div className="flex flex-wrap items-start gap-3">
        {mayDecide && review.phase === "open" && review.matched > 0 ? (
          <ConfirmAllMatches runId={review.runId} matched={review.matched} confirm={confirm} />
        ) : null}
        <Button asChild variant="outline">
          <a href={`${here}/export`} download>
            <Download aria-hidden="true" />
            Download as Excel
          </a>
        </Button>
      </div>
      <Card>
        <CardHeader>
          <CardTitle>{recordTypeTitle(review.recordType)}</CardTitle>
          <CardDescription>
            “Mapped” holds by the id of both, whatever either is called later. “Matched” becomes “Mapped” once
            you confirm it, or with the next posting.
          </CardDescription>
          <div className="mt-2 flex flex-col gap-2.5">
            <LinkTabs
              label="Narrow by kind"
              tabs={review.recordTypes.map((type) => ({
                label: recordTypeTitle(type),
                href: href({ type, status: null }),
                current: type === review.recordType,
              }))}
            />
            <LinkTabs
              label="Narrow by status"
              tabs={[
                {
                  label: "All",
                  href: href({ status: null }),
                  current: query.status === null,
                  count: formatCount(total),
                },
                ...MATCH_STATUSES.filter(
                  (status) => review.counts[status] > 0 || status === query.status,
                ).map((status) => ({
                  label: words[status],
                  href: href({ status }),
                  current: status === query.status,
                  count: formatCount(review.counts[status]),
                })),
              ]}
            />
          </div>
        </CardHeader>
        {page.rows.length === 0 ? (
          <p className="border-t border-border px-4 py-10 text-center text-sm text-muted-foreground sm:px-6">
            No records under this choice.
          </p>
        ) : (
          <ul className="divide-y divide-border border-t border-border" aria-label="Records side by side">
            {page.rows.map((row) => (
              <MatchRowItem
                key={`${row.source?.externalId} ${row.ledger?.externalId}`}
                slug={slug}
                row={row}
                review={review}
                mayDecide={mayDecide}
                confirm={confirm}
                say={say}
              />
            ))}
          </ul>
        )}
      </Card>
      <KeyPager
        firstHref={query.after === null ? null : href({})}
        nextHref={page.next === null ? null : href({ after: page.next })}
        nextLabel="Next records"
      />
      {mayDecide ? <MatchUpload slug={slug} ledgerName={review.ledgerName} lookAgain={lookAgain} /> : null}
    </section>
  );
}
