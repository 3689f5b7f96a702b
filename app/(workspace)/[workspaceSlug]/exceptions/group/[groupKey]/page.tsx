import type { Metadata } from "next";
import Link from "next/link";
import { requireWorkspace } from "@/app/_access/require-workspace";
import { ExceptionDesk } from "@/components/exceptions/exception-desk";
import { ExceptionGone } from "@/components/exceptions/exception-gone";
import { ExceptionRowsList } from "@/components/exceptions/exception-rows";
import { GroupRemedy } from "@/components/exceptions/group-remedy";
import { KeyPager } from "@/components/page/key-pager";
import { ListOrder } from "@/components/page/list-order";
import { PageHeader } from "@/components/page/page-header";
import { Card } from "@/components/ui/card";
import { hasRole } from "@/lib/domain/workspace-access";
import { listExceptionRows } from "@/lib/operations/exceptions/list-exception-rows";
import { listExceptions } from "@/lib/operations/exceptions/list-exceptions";
import { deskActions } from "../../_components/desk-actions";
import { hrefOf, parseExceptionsQuery } from "../../exceptions-query";

export const metadata: Metadata = { title: "Exceptions of one cause" };

const ORDERS = [
  { label: "Oldest first", sort: { key: "age", descending: false } },
  { label: "Newest first", sort: { key: "age", descending: true } },
  { label: "Largest first", sort: { key: "amount", descending: true } },
  { label: "Smallest first", sort: { key: "amount", descending: false } },
  { label: "By kind", sort: { key: "type", descending: false } },
] as const;

export default async function ExceptionGroupPage({
  params,
  searchParams,
}: {
  params: Promise<{ workspaceSlug: string; groupKey: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const { workspaceSlug, groupKey } = await params;
  const access = await requireWorkspace(workspaceSlug, "/exceptions/group/[groupKey]");
  const query = parseExceptionsQuery(await searchParams);
  const { state, recordType, search, sort, after } = query;
  const filter = { group: groupKey, recordType: recordType ?? undefined, search: search || undefined };
  const { groups, names } = await listExceptions(access, { state, ...filter });
  const group = groups[0];
  if (!group) return <ExceptionGone path={`/${access.slug}/exceptions`} />;
  const page = await listExceptionRows(access, { state, ...filter, sort, after: after ?? undefined });
  const path = `/${access.slug}/exceptions`;
  const own = `${path}/group/${groupKey}`;
  return (
    <ExceptionDesk
      slug={access.slug}
      actions={deskActions(access.slug)}
      mayAct={hasRole(access, "bookkeeper")}
    >
      <PageHeader title={state === "dismissed" ? "Dismissed" : "One cause"}>
        <Link href={hrefOf(path, query)} className="text-primary underline underline-offset-4">
          All exceptions
        </Link>
      </PageHeader>
      <div className="flex flex-col gap-5">
        <Card>
          <GroupRemedy group={group} state={state} filter={filter} heading="h2" />
          {page.total > 1 ? (
            <div className="px-4 pb-3 sm:px-6">
              <ListOrder
                label="Order"
                sort={sort}
                hrefFor={(next) => hrefOf(own, { ...query, sort: next })}
                orders={ORDERS}
              />
            </div>
          ) : null}
          <ExceptionRowsList rows={page.rows} path={path} ledger={names.ledger} />
        </Card>
        <KeyPager
          firstHref={after === null ? null : hrefOf(own, query)}
          nextHref={page.next === null ? null : hrefOf(own, query, page.next)}
          nextLabel="Next records"
        />
      </div>
    </ExceptionDesk>
  );
}
