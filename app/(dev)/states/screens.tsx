import { Scale } from "lucide-react";
import type { ReactNode } from "react";
import { ConnectionSlot } from "@/components/connections/connection-slot";
import { TenantChoice } from "@/components/connections/tenant-choice";
import { CorrectionForm } from "@/components/exceptions/correction-form";
import { ExceptionDesk } from "@/components/exceptions/exception-desk";
import { ExceptionExchange } from "@/components/exceptions/exception-exchange";
import { ExceptionFilterBar } from "@/components/exceptions/exception-filter-bar";
import { ExceptionGroups } from "@/components/exceptions/exception-groups";
import { ExceptionSummary } from "@/components/exceptions/exception-summary";
import { OverviewPanel } from "@/components/overview/overview-panel";
import { ActionError } from "@/components/page/action-error";
import { EmptyState } from "@/components/page/empty-state";
import { PageHeader } from "@/components/page/page-header";
import { PageSkeleton } from "@/components/page/page-skeleton";
import { ClosedPeriods } from "@/components/preview/closed-periods";
import { PostingPanel } from "@/components/preview/posting-panel";
import { PreviewJournal } from "@/components/preview/preview-journal";
import { PreviewNotices } from "@/components/preview/preview-notices";
import { PreviewRecords } from "@/components/preview/preview-records";
import { PreviewSummary } from "@/components/preview/preview-summary";
import { TieOutFigures } from "@/components/reconciliation/tie-out-figures";
import { TieOutFindings } from "@/components/reconciliation/tie-out-findings";
import { TieOutNotes } from "@/components/reconciliation/tie-out-notes";
import { TieOutTypes } from "@/components/reconciliation/tie-out-types";
import { TieOutVerdict } from "@/components/reconciliation/tie-out-verdict";
import { RunLog } from "@/components/runs/run-log";
import { RunProgress } from "@/components/runs/run-progress";
import { RunsList } from "@/components/runs/runs-list";
import { PhaseRail } from "@/components/setup/phase-rail";
import { SetupForm } from "@/components/setup/setup-form";
import { Button } from "@/components/ui/button";
import type { TieOutView } from "@/lib/domain/views/tie-out-view";
import { CONNECTION_STATES } from "./_views/connection-states";
import { EXCEPTION_DETAIL, EXCEPTION_GROUPS } from "./_views/exception-states";
import { OVERVIEW_STATES } from "./_views/overview-states";
import { PREVIEW_FULL, PREVIEW_ROWS, PREVIEW_UNDO, RUN_LIST, RUN_STATES } from "./_views/run-states";
import { SETUP_BEGUN, SETUP_FULL } from "./_views/setup-states";
import { TIE_OUT_FIGURES, TIE_OUT_PAGE, TIE_OUT_STATES, TIE_OUT_TREND } from "./_views/tie-out-states";
import {
  refuseChange,
  refuseChoice,
  refuseCount,
  refuseExceptions,
  refuseForm,
  refuseSetup,
  refuseStart,
  refuseTieOut,
} from "./actions";

interface Screen {
  readonly name: string;
  readonly render: () => ReactNode;
}

const DESK_ACTIONS = {
  retry: refuseExceptions,
  dismiss: refuseExceptions,
  bringBack: refuseExceptions,
  moveToOpenDay: refuseExceptions,
  choose: refuseExceptions,
  correct: refuseExceptions,
  searchContacts: refuseExceptions,
};

const NAMES = { source: "Zoho Books", ledger: "Xero" };

const overviews: readonly Screen[] = OVERVIEW_STATES.map((view) => ({
  name: `overview-${view.verdict}`,
  render: () => (
    <div>
      <OverviewPanel slug="states" view={view} />
      {view.verdict === "notSetUp" ? (
        <PhaseRail
          slug="states"
          progress={SETUP_BEGUN}
          here="overview"
          mayPress
          title="Continue the set-up"
        />
      ) : null}
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
        <SetupForm
          slug="states"
          view={SETUP_FULL}
          nextHref="/states"
          mayChange
          confirm={refuseSetup}
          count={refuseCount}
        />
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
        <RunsList
          slug="states"
          runs={RUN_LIST}
          sort={{ key: "time", descending: true }}
          hrefFor={() => "#runs"}
        />
      </>
    ),
  },
  {
    name: "exceptions",
    render: () => (
      <>
        <PageHeader title="Exceptions">What waits for you, by cause. Everything else goes on.</PageHeader>
        <ExceptionDesk slug="states" actions={DESK_ACTIONS} mayAct>
          <ExceptionFilterBar
            path="/states"
            query={{ state: "open", recordType: null, search: "" }}
            view={{ open: 45, dismissed: 2, recordTypes: ["contact", "invoice"] }}
            hrefFor={({ state, recordType }) => `/states?screen=exceptions&at=${state}-${recordType}`}
          />
          <ExceptionGroups
            groups={EXCEPTION_GROUPS}
            state="open"
            ledger="Xero"
            path="/states"
            narrowed={{}}
            hrefFor={() => "/states"}
          />
        </ExceptionDesk>
      </>
    ),
  },
  {
    name: "exception",
    render: () => (
      <ExceptionDesk slug="states" actions={DESK_ACTIONS} mayAct>
        <PageHeader title="INV-1109">Invoice, Castle Street Cards.</PageHeader>
        <div className="flex flex-col gap-5">
          <ExceptionSummary view={EXCEPTION_DETAIL} />
          <CorrectionForm view={EXCEPTION_DETAIL} mayAct />
          <ExceptionExchange view={EXCEPTION_DETAIL} />
        </div>
      </ExceptionDesk>
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
            connectByForm={refuseForm}
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
      <PreviewNotices slug="states" view={PREVIEW_UNDO} />
      <ClosedPeriods slug="states" view={PREVIEW_UNDO} choose={refuseStart} />
      <PreviewSummary view={PREVIEW_FULL} />
      <PreviewJournal journal={PREVIEW_FULL.journal} kind="post" />
      <PreviewRecords
        slug="states"
        basePath="/states"
        view={PREVIEW_FULL}
        filter={{ recordType: null, verb: null, approval: null, search: null, sort: "plan" }}
        page={PREVIEW_ROWS}
        paged={false}
      />
    </>
  );
}

function TieOut({ view }: { view: TieOutView }) {
  return (
    <>
      <TieOutVerdict slug="states" view={view} names={NAMES} trend={TIE_OUT_TREND} request={refuseTieOut} />
      <TieOutFindings
        slug="states"
        id="needs-you"
        title="What needs a person"
        description="Each record that does not agree or waits, with what differs and the one thing to do."
        emptyWords="Nothing: every record agrees, or is left out on purpose."
        view={view}
        weights={["discrepancy", "look", "waiting", "explained"]}
        page={{ rows: view.discrepancies > 0 ? TIE_OUT_PAGE.rows : TIE_OUT_PAGE.rows.slice(1), next: null }}
        names={NAMES}
        kind={null}
        mayAct
        presses={{ accept: refuseExceptions, postAgain: refuseExceptions }}
        hrefFor={(kind) => `/states?kind=${kind}`}
      />
      <TieOutTypes view={view} names={NAMES} />
      <TieOutFigures
        names={NAMES}
        recordTypes={["invoice", "payment"]}
        choices={{ dimension: "month", type: "invoice", sort: "latest" }}
        page={TIE_OUT_FIGURES}
        months={TIE_OUT_FIGURES.rows}
        hrefFor={({ dimension }) => `/states?by=${dimension}`}
      />
      <TieOutNotes view={view} names={NAMES} />
    </>
  );
}
