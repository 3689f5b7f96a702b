import { Download } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { requireWorkspace } from "@/app/_access/require-workspace";
import { ConfirmMappings } from "@/components/client-sync/confirm-mappings";
import { MappingFilter } from "@/components/client-sync/mapping-filter";
import { MappingTable } from "@/components/client-sync/mapping-table";
import { MappingUpload } from "@/components/client-sync/mapping-upload";
import { NotConnected } from "@/components/client-sync/not-connected";
import { PageHeader } from "@/components/page/page-header";
import { StartButton } from "@/components/preview/start-button";
import { PreviewProgress } from "@/components/runs/run-live";
import { Button } from "@/components/ui/button";
import { hasRole } from "@/lib/domain/workspace-access";
import { getClientSync } from "@/lib/operations/client-sync/get-client-sync";
import { listMappings } from "@/lib/operations/client-sync/list-mappings";
import { getRun } from "@/lib/operations/runs/get-run";
import { startPreviewAction } from "../../preview/actions";
import { confirmMappingsAction, correctMappingsAction } from "../actions";
import { parseReviewQuery } from "../schema";

export const metadata: Metadata = { title: "Review of client mappings" };

export default async function ReviewPage({
  params,
  searchParams,
}: {
  params: Promise<{ workspaceSlug: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const access = await requireWorkspace((await params).workspaceSlug, "/clients/review");
  const query = parseReviewQuery(await searchParams);
  const view = await getClientSync(access);
  if (!view) return <NotConnected slug={access.slug} />;
  const here = `/${access.slug}/clients/review`;
  const { review } = view;
  const reading = review?.phase === "reading" ? await getRun(access, review.runId) : null;
  const page = review && !reading ? await listMappings(access, query) : null;
  const look = hasRole(access, "bookkeeper") ? (
    <StartButton
      start={startPreviewAction.bind(null, access.slug, {})}
      label={review ? "Read both sides again" : "Read both sides"}
      pendingLabel="Starting…"
      hrefPrefix={`${here}?run=`}
      size="default"
      variant={review ? "outline" : "primary"}
    />
  ) : null;
  return (
    <>
      <PageHeader title="Review of client mappings" action={reading ? null : look}>
        Look for clients that would be added and are in {view.ledgerLabel} under another name. Correct them in
        either system and read both sides again, or in the Excel file and upload it. Confirm when you are
        sure. Nothing is written until you sync.
      </PageHeader>
      <div className="flex flex-col gap-6">
        {reading ? <PreviewProgress slug={access.slug} initial={reading} /> : null}
        {review && page ? (
          <>
            <MappingFilter here={here} counts={review.counts} current={query.status} />
            <MappingTable view={view} page={page} here={here} query={query} slug={access.slug} />
            <div className="flex flex-wrap items-start gap-3">
              <Button asChild variant="outline">
                <a href={`${here}/export`} download>
                  <Download aria-hidden="true" />
                  Download as Excel
                </a>
              </Button>
              <Button asChild variant="ghost">
                <a href={`${here}/sample`} download>
                  See a sample file
                </a>
              </Button>
              {review.phase === "review" && hasRole(access, "bookkeeper") ? (
                <ConfirmMappings
                  runId={review.runId}
                  matched={review.counts.matched}
                  confirm={confirmMappingsAction.bind(null, access.slug)}
                />
              ) : null}
            </div>
            {hasRole(access, "bookkeeper") && review.phase !== "syncing" ? (
              <MappingUpload
                view={view}
                correct={correctMappingsAction.bind(null, access.slug)}
                hrefPrefix={`${here}?run=`}
              />
            ) : null}
          </>
        ) : null}
        <Button asChild variant="ghost" className="self-start">
          <Link href={`/${access.slug}/clients`}>Back</Link>
        </Button>
      </div>
    </>
  );
}
