import { CircleCheck, SearchX } from "lucide-react";
import type { Metadata } from "next";
import { requireWorkspace } from "@/app/_access/require-workspace";
import { ExceptionDesk } from "@/components/exceptions/exception-desk";
import { ExceptionFilterBar } from "@/components/exceptions/exception-filter-bar";
import { ExceptionGroups } from "@/components/exceptions/exception-groups";
import { KeptAside } from "@/components/exceptions/kept-aside";
import { RetryButton } from "@/components/exceptions/remedy-buttons";
import { EmptyState } from "@/components/page/empty-state";
import { KeyPager } from "@/components/page/key-pager";
import { PageHeader } from "@/components/page/page-header";
import { hasRole } from "@/lib/domain/workspace-access";
import { listExceptions } from "@/lib/operations/exceptions/list-exceptions";
import { listKeptAside } from "@/lib/operations/exceptions/list-kept-aside";
import { Conflicts } from "./_components/conflicts";
import { deskActions } from "./_components/desk-actions";
import { hrefOf, parseExceptionsQuery } from "./exceptions-query";

export const metadata: Metadata = { title: "Exceptions" };

export default async function ExceptionsPage({
  params,
  searchParams,
}: {
  params: Promise<{ workspaceSlug: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const access = await requireWorkspace((await params).workspaceSlug, "/exceptions");
  const query = parseExceptionsQuery(await searchParams);
  const { state, recordType, search, after } = query;
  const narrowed = { recordType: recordType ?? undefined, search: search || undefined };
  const view = await listExceptions(access, { state, ...narrowed, after: after ?? undefined });
  const path = `/${access.slug}/exceptions`;
  const mayAct = hasRole(access, "bookkeeper");
  const isNarrowed = recordType !== null || search !== "";
  return (
    <ExceptionDesk slug={access.slug} actions={deskActions(access.slug)} mayAct={mayAct}>
      <PageHeader
        title="Exceptions"
        action={
          mayAct && state === "open" && view.open > 0 ? (
            <RetryButton filter={{}} label="Try all again" />
          ) : null
        }
      >
        What waits for you, by cause, with what to do about it. Everything else goes on.
      </PageHeader>
      <div className="flex flex-col gap-5">
        {view.open + view.dismissed > 0 ? (
          <ExceptionFilterBar
            path={path}
            query={query}
            view={view}
            hrefFor={(next) => hrefOf(path, { ...query, ...next })}
          />
        ) : null}
        {state === "open" ? <Conflicts access={access} /> : null}
        {state === "open" && after === null ? <KeptAside view={await listKeptAside(access)} /> : null}
        {view.groups.length > 0 ? (
          <ExceptionGroups
            groups={view.groups}
            state={state}
            ledger={view.names.ledger}
            path={path}
            narrowed={narrowed}
            hrefFor={(group) => hrefOf(`${path}/group/${group}`, query)}
          />
        ) : (
          <Empty state={state} isNarrowed={isNarrowed} ledger={view.names.ledger || "Xero"} />
        )}
        <KeyPager
          firstHref={after === null ? null : hrefOf(path, query)}
          nextHref={view.next === null ? null : hrefOf(path, query, view.next)}
          nextLabel="Next causes"
        />
      </div>
    </ExceptionDesk>
  );
}

function Empty({ state, isNarrowed, ledger }: { state: string; isNarrowed: boolean; ledger: string }) {
  if (isNarrowed)
    return (
      <EmptyState Icon={SearchX} title="Nothing under this choice">
        Try another word, or look at every kind of record.
      </EmptyState>
    );
  if (state === "dismissed")
    return (
      <EmptyState Icon={CircleCheck} title="Nothing is dismissed">
        What you dismiss is left out from then on and kept here with your reason, so that it can be brought
        back.
      </EmptyState>
    );
  return (
    <EmptyState Icon={CircleCheck} title="Nothing waits for you">
      When {ledger} refuses a record, it appears here with its reason and its remedy, in {ledger}'s own words
      too.
    </EmptyState>
  );
}
