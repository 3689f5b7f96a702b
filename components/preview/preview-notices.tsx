import Link from "next/link";
import { formatCount } from "@/components/format/format-amount";
import { Alert } from "@/components/ui/alert";
import type { PreviewView } from "@/lib/domain/views/run-view";

/** What a person should know before they press, beyond the records themselves. */
export function PreviewNotices({ slug, view }: { slug: string; view: PreviewView }) {
  return (
    <>
      {view.outdated ? <Alert tone="warning" title={view.outdated} /> : null}
      {view.isParallel ? (
        <Alert title="A parallel run is going on: nothing of this is posted">
          <Link href={`/${slug}/preview/parallel`} className="text-primary underline underline-offset-4">
            See its diary, or go live
          </Link>
        </Alert>
      ) : null}
      <ApprovalNotice slug={slug} view={view} />
      {view.filedTax ? (
        <Alert
          tone="warning"
          title={`${formatCount(view.filedTax.documents)} taxed ${view.filedTax.documents === 1 ? "document lies" : "documents lie"} in a period that was filed (up to ${view.filedTax.to})`}
        >
          {view.kind === "undo"
            ? "Taking them out changes a tax return that was sent already. Xero puts the change into the next one; tell your accountant before you start."
            : "Posting them adds to a tax return that was sent already. Xero puts them into the next one as late; tell your accountant before you start."}
        </Alert>
      ) : null}
      {view.taxUnsaid ? (
        <Alert
          tone="warning"
          title={`${formatCount(view.taxUnsaid.documents)} taxed ${view.taxUnsaid.documents === 1 ? "document" : "documents"} may stand in a tax return that was sent already`}
        >
          {`The first is dated ${view.taxUnsaid.earliest}${everyWords(view.taxUnsaid.everyMonths)}. Xero does not tell which returns were sent, and nobody has said so here. Ask your accountant before you start, or say up to when tax was filed under Approvals.`}
        </Alert>
      ) : null}
    </>
  );
}

/** How often returns are made, where Xero says so. */
function everyWords(months: number | null): string {
  if (months === null) return "";
  const often =
    { 1: "every month", 3: "every quarter", 12: "every year" }[months] ?? `every ${months} months`;
  return `, and your organisation makes a return ${often}`;
}

function ApprovalNotice({ slug, view }: { slug: string; view: PreviewView }) {
  const { approval } = view;
  if (approval === null || view.state !== "previewed") return null;
  const needsRun = approval.run !== null && approval.run !== "approved";
  if (approval.waiting === 0 && !needsRun) return null;
  return (
    <Alert tone="warning" title={titleOf(approval)}>
      <Link href={`/${slug}/preview/approvals`} className="text-primary underline underline-offset-4">
        See what waits for approval
      </Link>
    </Alert>
  );
}

function titleOf({ run, waiting, waitsForAll }: NonNullable<PreviewView["approval"]>): string {
  if (run === "declined") return "This run was not approved";
  if (run === "waiting") return "This run is large enough to need a second person before it is posted";
  const records = `${formatCount(waiting)} ${waiting === 1 ? "record waits" : "records wait"} for a second person`;
  return waitsForAll ? `${records}, and nothing is posted before` : `${records}; the rest can go`;
}
