import { Download, History } from "lucide-react";
import type { Metadata } from "next";
import { requireWorkspace } from "@/app/_access/require-workspace";
import { AuditFilterBar } from "@/components/audit/audit-filter-bar";
import { AuditSealingLine } from "@/components/audit/audit-sealing-line";
import { AuditTrail } from "@/components/audit/audit-trail";
import { EmptyState } from "@/components/page/empty-state";
import { KeyPager } from "@/components/page/key-pager";
import { ListOrder } from "@/components/page/list-order";
import { PageHeader } from "@/components/page/page-header";
import { Button } from "@/components/ui/button";
import { listAudit } from "@/lib/operations/audit/list-audit";
import { auditHref, parseAuditQuery } from "./audit-query";

export const metadata: Metadata = { title: "Audit trail" };

export default async function AuditPage({
  params,
  searchParams,
}: {
  params: Promise<{ workspaceSlug: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const access = await requireWorkspace((await params).workspaceSlug, "/audit");
  const query = parseAuditQuery(await searchParams);
  const page = await listAudit(access, query, query.before, query.sort);
  const path = `/${access.slug}/audit`;
  const isNarrowed = query.area !== null || query.from !== null || query.to !== null;
  return (
    <>
      <PageHeader
        title="Audit trail"
        action={
          <Button asChild variant="outline">
            <a href={auditHref(`${path}/export`, query)} download>
              <Download aria-hidden="true" />
              Excel
            </a>
          </Button>
        }
      >
        Who did what and when. Nobody can change or delete a line, not even the owner.
        <AuditSealingLine sealing={page.sealing} />
      </PageHeader>
      <div className="flex flex-col gap-5">
        <AuditFilterBar path={path} filter={query} hrefFor={(area) => auditHref(path, { ...query, area })} />
        {page.rows.length === 0 ? (
          <EmptyState Icon={History} title={isNarrowed ? "Nothing under this choice" : "Nothing yet"}>
            {isNarrowed
              ? "Choose other days, or everything."
              : "The first thing that anybody does here is the first line."}
          </EmptyState>
        ) : (
          <>
            <ListOrder
              label="Order"
              sort={query.sort}
              hrefFor={(sort) => auditHref(path, { ...query, sort })}
              orders={[
                { label: "Newest first", sort: { key: "time", descending: true } },
                { label: "Oldest first", sort: { key: "time", descending: false } },
              ]}
            />
            <AuditTrail rows={page.rows} />
          </>
        )}
        <KeyPager
          firstHref={query.before === null ? null : auditHref(path, query)}
          nextHref={page.next === null ? null : auditHref(path, query, page.next)}
          nextLabel={query.sort.descending ? "Earlier" : "Later"}
        />
      </div>
    </>
  );
}
