import Link from "next/link";
import { LocalTime } from "@/components/format/local-time";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import type { WorkspaceNotices } from "@/lib/domain/views/privacy-view";

/** On every page: that the operator has stopped posting here, that support may look in, that the workspace goes. */
export function WorkspaceNoticeList({ slug, notices }: { slug: string; notices: WorkspaceNotices }) {
  const { stops, supportUntil, deletionDueAt } = notices;
  if (stops.length === 0 && supportUntil === null && deletionDueAt === null) return null;
  return (
    <div className="mb-6 flex flex-col gap-3 print:hidden">
      {stops.map(({ what, why }) => (
        <Alert
          key={what ?? ""}
          tone="warning"
          role="status"
          title={
            what === null
              ? "Posting of this workspace is stopped by whoever runs this Tieout"
              : `Posting of ${what} is stopped by whoever runs this Tieout`
          }
        >
          {why} Reading, previews and tie-outs go on.
        </Alert>
      ))}
      {deletionDueAt === null ? null : (
        <Alert tone="destructive" role="status" title="This workspace is going to be deleted">
          <div className="flex flex-col gap-3 sm:flex-row sm:items-center sm:justify-between">
            <p>
              On <LocalTime iso={deletionDueAt} /> everything of it is deleted. Its owner can take that back
              until then.
            </p>
            <GoToPrivacy slug={slug} />
          </div>
        </Alert>
      )}
      {supportUntil === null ? null : (
        <Alert tone="note" role="status" title="Support may look into this workspace">
          <div className="flex flex-col gap-3 sm:flex-row sm:items-center sm:justify-between">
            <p>
              Until <LocalTime iso={supportUntil} />, as its owner allowed. Each look is in the audit trail.
            </p>
            <GoToPrivacy slug={slug} />
          </div>
        </Alert>
      )}
    </div>
  );
}

const GoToPrivacy = ({ slug }: { slug: string }) => (
  <Button asChild variant="outline" className="w-full shrink-0 sm:w-auto">
    <Link href={`/${slug}/privacy`}>Go to privacy</Link>
  </Button>
);
