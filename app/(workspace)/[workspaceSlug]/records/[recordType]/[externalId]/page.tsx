import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { requireWorkspace } from "@/app/_access/require-workspace";
import { Amount } from "@/components/format/amount";
import { PageHeader } from "@/components/page/page-header";
import { RecordFields } from "@/components/records/record-fields";
import { RecordHistory } from "@/components/records/record-history";
import { RecordStandingCard } from "@/components/records/record-standing";
import { Card, CardContent, CardHeader, CardTitle } from "@/components/ui/card";
import { RECORD_TYPE_NAMES } from "@/lib/domain/record-type";
import { getRecord } from "@/lib/operations/records/get-record";

export const metadata: Metadata = { title: "Record" };

export default async function RecordPage({
  params,
}: {
  params: Promise<{ workspaceSlug: string; recordType: string; externalId: string }>;
}) {
  const { workspaceSlug, recordType, externalId } = await params;
  const access = await requireWorkspace(workspaceSlug, "/records/[recordType]/[externalId]");
  const view = await getRecord(access, { recordType, externalId: decodeURIComponent(externalId) });
  if (!view) notFound();
  const { ledger, source } = view.names;
  const kind = RECORD_TYPE_NAMES[view.recordType].one;
  const title = shorten(view.number || view.label);
  return (
    <>
      <PageHeader title={title}>
        {kind.charAt(0).toUpperCase() + kind.slice(1)}
        {view.label !== "" && title !== view.label ? `, ${view.label}` : ""}
        {view.date === null ? "" : `, ${view.date}`}
        {view.amount ? (
          <>
            , <Amount value={view.amount} />
          </>
        ) : null}
      </PageHeader>
      <div className="flex flex-col gap-5">
        <RecordStandingCard slug={access.slug} view={view} />
        {view.sides.length > 0 ? (
          <Card>
            <CardHeader>
              <CardTitle>Side by side</CardTitle>
            </CardHeader>
            <CardContent>
              <RecordFields
                label={`The record in ${ledger} and in ${source}`}
                columns={[`In ${ledger}`, `In ${source}`]}
                fields={view.sides}
              />
            </CardContent>
          </Card>
        ) : null}
        <RecordHistory slug={access.slug} events={view.history} />
      </div>
    </>
  );
}

const TITLE_MAX = 80;
/** A heading is for finding one's way; the whole name stands below it. */
const shorten = (name: string): string =>
  name.length > TITLE_MAX ? `${name.slice(0, TITLE_MAX - 1)}…` : name;
