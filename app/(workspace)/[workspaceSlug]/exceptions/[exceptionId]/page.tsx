import type { Metadata } from "next";
import Link from "next/link";
import { requireWorkspace } from "@/app/_access/require-workspace";
import { CorrectionForm } from "@/components/exceptions/correction-form";
import { ExceptionDesk } from "@/components/exceptions/exception-desk";
import { ExceptionExchange } from "@/components/exceptions/exception-exchange";
import { ExceptionGone } from "@/components/exceptions/exception-gone";
import { ExceptionSummary } from "@/components/exceptions/exception-summary";
import { PageHeader } from "@/components/page/page-header";
import { recordPath } from "@/components/records/record-address";
import { RECORD_TYPE_NAMES } from "@/lib/domain/record-type";
import { hasRole } from "@/lib/domain/workspace-access";
import { getException } from "@/lib/operations/exceptions/get-exception";
import { deskActions } from "../_components/desk-actions";

export const metadata: Metadata = { title: "Exception" };

export default async function ExceptionPage({
  params,
}: {
  params: Promise<{ workspaceSlug: string; exceptionId: string }>;
}) {
  const { workspaceSlug, exceptionId } = await params;
  const access = await requireWorkspace(workspaceSlug, "/exceptions/[exceptionId]");
  const view = await getException(access, exceptionId);
  if (!view) return <ExceptionGone path={`/${access.slug}/exceptions`} />;
  const mayAct = hasRole(access, "bookkeeper");
  const kind = RECORD_TYPE_NAMES[view.recordType].one;
  return (
    <ExceptionDesk slug={access.slug} actions={deskActions(access.slug)} mayAct={mayAct}>
      <PageHeader title={view.number || view.label}>
        {kind.charAt(0).toUpperCase() + kind.slice(1)}
        {view.number && view.label ? `, ${view.label}` : ""}.{" "}
        <Link href={`/${access.slug}/exceptions`} className="text-primary underline underline-offset-4">
          All exceptions
        </Link>
        {" · "}
        <Link
          href={recordPath(access.slug, view.recordType, view.sourceExternalId)}
          className="text-primary underline underline-offset-4"
        >
          All about this record
        </Link>
      </PageHeader>
      <div className="flex flex-col gap-5">
        <ExceptionSummary view={view} />
        {view.fields.length > 0 ? <CorrectionForm view={view} mayAct={mayAct} /> : null}
        <ExceptionExchange view={view} />
      </div>
    </ExceptionDesk>
  );
}
