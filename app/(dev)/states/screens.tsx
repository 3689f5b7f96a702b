import { Scale } from "lucide-react";
import type { ReactNode } from "react";
import { ConnectionSlot } from "@/components/connections/connection-slot";
import { TenantChoice } from "@/components/connections/tenant-choice";
import { ExceptionGroups } from "@/components/exceptions/exception-groups";
import { FirstSteps } from "@/components/overview/first-steps";
import { OverviewPanel } from "@/components/overview/overview-panel";
import { ActionError } from "@/components/page/action-error";
import { EmptyState } from "@/components/page/empty-state";
import { PageHeader } from "@/components/page/page-header";
import { PageSkeleton } from "@/components/page/page-skeleton";
import { PostingPanel } from "@/components/preview/posting-panel";
import { PreviewJournal } from "@/components/preview/preview-journal";
import { PreviewRecords } from "@/components/preview/preview-records";
import { PreviewSummary } from "@/components/preview/preview-summary";
import { TieOutMonths } from "@/components/reconciliation/tie-out-months";
import { TieOutNotes } from "@/components/reconciliation/tie-out-notes";
import { TieOutRecords } from "@/components/reconciliation/tie-out-records";
import { TieOutTypes } from "@/components/reconciliation/tie-out-types";
import { TieOutVerdict } from "@/components/reconciliation/tie-out-verdict";
import { RunLog } from "@/components/runs/run-log";
import { RunProgress } from "@/components/runs/run-progress";
import { RunsList } from "@/components/runs/runs-list";
import { SetupForm } from "@/components/setup/setup-form";
import { Button } from "@/components/ui/button";
import type { TieOutView } from "@/lib/domain/views/tie-out-view";
import { CONNECTION_STATES } from "./_views/connection-states";
import { EXCEPTION_GROUPS } from "./_views/exception-states";
import { OVERVIEW_STATES } from "./_views/overview-states";
import { PREVIEW_FULL, PREVIEW_ROWS, RUN_LIST, RUN_STATES } from "./_views/run-states";
import { SETUP_FULL } from "./_views/setup-states";
import { TIE_OUT_STATES } from "./_views/tie-out-states";
import { refuseChange, refuseChoice, refuseSetup, refuseStart } from "./actions";

interface Screen {
  readonly name: string;
  readonly render: () => ReactNode;
}

const NAMES = { source: "Zoho Books", ledger: "Xero" };

const STEPS = [
  { label: "Connect Xero", detail: "Where your books are", href: "/states", done: true },
  { label: "Connect Zoho Books", detail: "Where your sales are", href: "/states", done: false },
  { label: "Answer the set-up", detail: "With suggestions", href: "/states", done: false },
  { label: "See the preview", detail: "Before anything is posted", href: "/states", done: false },
];

const overviews: readonly Screen[] = OVERVIEW_STATES.map((view) => ({
  name: `overview-${view.verdict}`,
  render: () => (
    <div>
      <OverviewPanel slug="states" view={view} />
      {view.verdict === "notSetUp" ? <FirstSteps steps={STEPS} /> : null}
    </div>
  ),
}));

const runs: readonly Screen[] = RUN_STATES.map((view) => ({
  name: `run-${view.state}`,
  render: () => (
    <>
      <PageHeader title="Run" />
      <RunProgress view={view} />
      <RunLog lines={view.latest} />
    </>
  ),
}));

const tieOuts: readonly Screen[] = TIE_OUT_STATES.map((view, index) => ({
  name: index === 0 ? "tie-out" : "tie-out-differs",
  render: () => <TieOut view={view} />,
}));

/** Each screen by name: `/states?screen=tie-out` shows it alone. */
export const SCREENS: readonly Screen[] = [
  ...overviews,
  { name: "connections", render: () => <Connections /> },
  {
    name: "choose",
    render: () => (
      <>
        <PageHeader title="Which organisation?">
          Xero let Tieout into several. One workspace keeps one.
        </PageHeader>
        <TenantChoice
          token="t"
          tenants={[
            { tenantId: "1", name: "Harbour Gifts Ltd" },
            { tenantId: "2", name: "Harbour Holdings Ltd" },
          ]}
          nextHref="/states"
          choose={refuseChoice}
        />
      </>
    ),
  },
  {
    name: "setup",
    render: () => (
      <>
        <PageHeader title="Set-up">
          How records of Harbour Gifts are posted to Harbour Gifts Ltd in Xero.
        </PageHeader>
        <SetupForm view={SETUP_FULL} nextHref="/states" mayChange confirm={refuseSetup} />
      </>
    ),
  },
  { name: "preview", render: () => <Preview /> },
  ...runs,
  {
    name: "runs",
    render: () => (
      <>
        <PageHeader title="Runs" action={<Button>New preview</Button>}>
          Every time that Tieout read, compared or posted.
        </PageHeader>
        <RunsList slug="states" runs={RUN_LIST} />
      </>
    ),
  },
  {
    name: "exceptions",
    render: () => (
      <>
        <PageHeader title="Exceptions">What waits for you, by cause. Everything else goes on.</PageHeader>
        <ExceptionGroups groups={EXCEPTION_GROUPS} />
      </>
    ),
  },
  ...tieOuts,
  {
    name: "empty",
    render: () => (
      <>
        <PageHeader title="Tie-out" />
        <EmptyState Icon={Scale} title="No tie-out yet" action={<Button>Make a preview</Button>}>
          After the first run this page shows both sides next to each other, to the cent.
        </EmptyState>
      </>
    ),
  },
  {
    name: "loading",
    render: () => (
      <>
        <PageHeader title="Loading" />
        <PageSkeleton blocks={2} />
      </>
    ),
  },
  {
    name: "error",
    render: () => (
      <>
        <PageHeader title="An action that failed" />
        <ActionError
          result={{
            ok: false,
            fieldErrors: {},
            formError: "That did not work. Nothing was changed; try again.",
            errorId: "7b1e0c52",
          }}
        />
      </>
    ),
  },
];

function Connections() {
  return (
    <>
      <PageHeader title="Connections">The two sides that Tieout keeps in agreement.</PageHeader>
      <div className="grid gap-5 lg:grid-cols-2 lg:items-start">
        {CONNECTION_STATES.map(({ connector, connection }) => (
          <ConnectionSlot
            key={`${connector.id} ${connection?.status}`}
            slug="states"
            connector={connector}
            connection={connection}
            mayChange
            disconnect={refuseChange}
          />
        ))}
      </div>
    </>
  );
}

function Preview() {
  return (
    <>
      <PageHeader title="Preview">What posting would do. Nothing has been posted yet.</PageHeader>
      <PostingPanel slug="states" view={PREVIEW_FULL} mayPost startPosting={refuseStart} />
      <PreviewSummary view={PREVIEW_FULL} />
      <PreviewJournal journal={PREVIEW_FULL.journal} />
      <PreviewRecords
        basePath="/states"
        view={PREVIEW_FULL}
        filter={{ recordType: null, verb: null }}
        page={PREVIEW_ROWS}
        paged={false}
      />
    </>
  );
}

function TieOut({ view }: { view: TieOutView }) {
  return (
    <>
      <TieOutVerdict slug="states" view={view} names={NAMES} />
      <TieOutTypes view={view} names={NAMES} />
      <TieOutMonths view={view} names={NAMES} chosen={null} hrefFor={() => "/states"} />
      <TieOutNotes view={view} names={NAMES} />
      <TieOutRecords view={view} kind={null} shown={50} hrefFor={(kind) => `/states?kind=${kind}`} />
    </>
  );
}
