import { FileSearch, SearchX } from "lucide-react";
import type { Metadata } from "next";
import { requireWorkspace } from "@/app/_access/require-workspace";
import { recordTypeTitle } from "@/components/format/record-type-label";
import { EmptyState } from "@/components/page/empty-state";
import { KeyPager } from "@/components/page/key-pager";
import { ListSearch } from "@/components/page/list-search";
import { PageHeader } from "@/components/page/page-header";
import { DISPOSITION_WORDS, RecordTable } from "@/components/records/record-table";
import { LinkTabs } from "@/components/ui/tabs";
import { sortText } from "@/lib/domain/views/list-sort";
import { DISPOSITIONS, type RecordListView } from "@/lib/domain/views/record-list-view";
import { listRecords } from "@/lib/operations/records/list-records";
import { parseRecordsQuery, type RecordsQuery, recordsHref } from "./records-query";

export const metadata: Metadata = { title: "Records" };

export default async function RecordsPage({
  params,
  searchParams,
}: {
  params: Promise<{ workspaceSlug: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const access = await requireWorkspace((await params).workspaceSlug, "/records");
  const query = parseRecordsQuery(await searchParams);
  const { type, state, q, sort, after } = query;
  const view = await listRecords(access, { recordType: type, disposition: state, search: q, sort, after });
  const path = `/${access.slug}/records`;
  return (
    <>
      <PageHeader title="Records">
        {view
          ? `What ${view.sourceName} has, as it was last read, and what became of each.`
          : "What was read."}
      </PageHeader>
      {view && view.recordTypes.length > 0 ? (
        <List slug={access.slug} path={path} query={query} view={view} />
      ) : (
        <EmptyState Icon={FileSearch} title="Nothing was read yet">
          Once both systems are connected and a first preview is made, its records are listed here.
        </EmptyState>
      )}
    </>
  );
}

function List({
  slug,
  path,
  query,
  view,
}: {
  slug: string;
  path: string;
  query: RecordsQuery;
  view: RecordListView;
}) {
  const href = (change: Partial<RecordsQuery>): string => recordsHref(path, query, change);
  return (
    <div className="flex flex-col gap-5">
      <div className="flex flex-col gap-3">
        <ListSearch
          path={path}
          name="q"
          value={query.q}
          label="Search by number or name"
          placeholder="Number or name"
          hidden={{ type: query.type, state: query.state, sort: sortText(query.sort) }}
        />
        <LinkTabs
          label="Narrow by kind"
          tabs={view.recordTypes.map((type) => ({
            label: recordTypeTitle(type),
            href: href({ type }),
            current: type === view.recordType,
          }))}
        />
        <LinkTabs
          label="Narrow by what became of it"
          tabs={[
            { label: "All", href: href({ state: null }), current: query.state === null },
            ...DISPOSITIONS.map((state) => ({
              label: DISPOSITION_WORDS[state].label,
              href: href({ state }),
              current: state === query.state,
            })),
          ]}
        />
      </div>
      {view.rows.length > 0 ? (
        <RecordTable slug={slug} view={view} sort={query.sort} hrefFor={(sort) => href({ sort })} />
      ) : (
        <EmptyState Icon={SearchX} title="Nothing under this choice">
          Try another word, or look at all of them.
        </EmptyState>
      )}
      <KeyPager
        firstHref={query.after === null ? null : href({})}
        nextHref={view.next === null ? null : href({ after: view.next })}
        nextLabel="Next records"
      />
    </div>
  );
}
