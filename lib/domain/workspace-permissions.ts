import { PEOPLE_PERMISSIONS } from "./permissions";
import { hasRole, type Role } from "./workspace-access";

/**
 * Who may do what in a workspace: the least role of every page, server action and route, in one table. Pages, actions and
 * routes take their role from here by their own name and nowhere else, docs/security.md shows the same table, and the
 * tests try each row by every role. A page, action or route without a row does not compile, or fails the test that
 * reads the tree. What a member is, and whose workspace it is, is not known here.
 */
export const WORKSPACE_PERMISSIONS = {
  /** By the path under a workspace's address; "/" is its frame too. */
  pages: {
    "/": "readOnly",
    "/alerts": "readOnly",
    "/audit": "bookkeeper",
    "/billing": "readOnly",
    "/clients": "readOnly",
    "/clients/review": "readOnly",
    "/clients/sync": "readOnly",
    "/connections": "readOnly",
    "/connections/choose": "admin",
    "/exceptions": "readOnly",
    "/exceptions/[exceptionId]": "readOnly",
    "/exceptions/group/[groupKey]": "readOnly",
    "/help": "readOnly",
    "/help/endpoints": "readOnly",
    "/help/errors": "readOnly",
    "/help/errors/[kind]": "readOnly",
    "/matches": "readOnly",
    "/overview": "readOnly",
    "/preview": "readOnly",
    "/preview/[runId]": "readOnly",
    "/preview/approvals": "readOnly",
    "/preview/parallel": "readOnly",
    "/privacy": "readOnly",
    "/reconciliation": "readOnly",
    "/reconciliation/changes/[month]": "readOnly",
    "/records": "readOnly",
    "/records/[recordType]/[externalId]": "readOnly",
    "/runs": "readOnly",
    "/runs/[runId]": "readOnly",
    "/schedules": "readOnly",
    "/setup": "readOnly",
    "/team": PEOPLE_PERMISSIONS["people.see"],
    "/team/transfer": PEOPLE_PERMISSIONS["workspace.transfer"],
  },
  /** By the folder of the action and its exported name. */
  actions: {
    "alerts/addChannelAction": "admin",
    "alerts/changeChannelAction": "admin",
    "alerts/removeChannelAction": "admin",
    "alerts/sendTestAction": "admin",
    "billing/managePlanAction": "admin",
    "billing/startPlanAction": "admin",
    "clients/confirmMappingsAction": "bookkeeper",
    "clients/correctMappingsAction": "bookkeeper",
    "clients/resyncAction": "admin",
    "clients/saveClientSyncAction": "admin",
    "connections/chooseTenantAction": "admin",
    "connections/connectByFormAction": "admin",
    "connections/createWebhookAction": "admin",
    "connections/disconnectAction": "admin",
    "exceptions/bringBackExceptionsAction": "bookkeeper",
    "exceptions/chooseValueAction": "bookkeeper",
    "exceptions/correctRecordAction": "bookkeeper",
    "exceptions/dismissExceptionsAction": "bookkeeper",
    "exceptions/moveToOpenDayAction": "bookkeeper",
    "exceptions/resolveConflictAction": "bookkeeper",
    "exceptions/retryExceptionsAction": "bookkeeper",
    "exceptions/searchLedgerContactsAction": "bookkeeper",
    "matches/confirmMatchesAction": "bookkeeper",
    "matches/decideMatchAction": "bookkeeper",
    "matches/sayMatchesAction": "bookkeeper",
    // Whoever may start a run must be able to stop it.
    "preview/cancelRunAction": "bookkeeper",
    // Whoever may start a posting may say yes to one, as long as it is a second person.
    "preview/decideApprovalAction": "bookkeeper",
    "preview/goLiveAction": "admin",
    "preview/postAgainAction": "bookkeeper",
    "preview/setFlowStateAction": "admin",
    "preview/setPostingRulesAction": "admin",
    "preview/startParallelAction": "admin",
    "preview/startPostingAction": "bookkeeper",
    "preview/startPreviewAction": "bookkeeper",
    "preview/startUndoAction": "bookkeeper",
    "privacy/askDeletionAction": "owner",
    "privacy/erasePersonAction": "admin",
    "privacy/findPeopleAction": "admin",
    "privacy/giveConsentAction": "owner",
    "privacy/setMaskingAction": "admin",
    "privacy/takeBackDeletionAction": "owner",
    "privacy/withdrawConsentAction": "owner",
    "reconciliation/acceptFindingAction": "bookkeeper",
    // Signing a month off is a word to others: whoever keeps the books gives it.
    "reconciliation/closeMonthAction": "bookkeeper",
    "reconciliation/postAgainAction": "bookkeeper",
    "reconciliation/reopenMonthAction": "bookkeeper",
    "reconciliation/requestTieOutAction": "bookkeeper",
    // Whoever may post must be able to stop it.
    "schedules/pausePostingAction": "bookkeeper",
    "schedules/resumePostingAction": "bookkeeper",
    "schedules/setScheduleAction": "admin",
    "setup/confirmSetupAction": "bookkeeper",
    "setup/countSourceAction": "bookkeeper",
    "setup/keepGroupAction": "admin",
    "setup/setFlowAction": "admin",
    "team/changeRoleAction": PEOPLE_PERMISSIONS["people.changeRole"],
    "team/invitePersonAction": PEOPLE_PERMISSIONS["people.invite"],
    "team/leaveWorkspaceAction": PEOPLE_PERMISSIONS["people.leave"],
    "team/removeMemberAction": PEOPLE_PERMISSIONS["people.remove"],
    "team/resendInvitationAction": PEOPLE_PERMISSIONS["people.resendInvitation"],
    "team/setAllowedAddressesAction": PEOPLE_PERMISSIONS["workspace.limitAddresses"],
    "team/transferOwnershipAction": PEOPLE_PERMISSIONS["workspace.transfer"],
    "team/withdrawInvitationAction": PEOPLE_PERMISSIONS["people.withdrawInvitation"],
  },
  /** By method and path; what does not begin with /api is under a workspace's address. */
  routes: {
    "GET /api/connect/[connector]/callback": "admin",
    "GET /api/connect/[connector]/start": "admin",
    "GET /api/workspaces/[slug]/client-log/[runId]": "readOnly",
    "GET /api/workspaces/[slug]/runs/[runId]": "readOnly",
    "GET /api/workspaces/[slug]/search": "readOnly",
    "GET /audit/export": "bookkeeper",
    "GET /billing/return": "readOnly",
    "GET /clients/review/export": "readOnly",
    "GET /clients/review/sample": "readOnly",
    "GET /clients/sync/[runId]/export": "readOnly",
    "GET /matches/export": "readOnly",
    "GET /privacy/export": "owner",
    "GET /privacy/person": "admin",
    "GET /reconciliation/export": "readOnly",
    "GET /reconciliation/pdf": "readOnly",
    "GET /runs/[runId]/export": "readOnly",
    "POST /matches/import": "bookkeeper",
  },
} as const satisfies Readonly<Record<"pages" | "actions" | "routes", Readonly<Record<string, Role>>>>;

export type PageName = keyof typeof WORKSPACE_PERMISSIONS.pages;
export type ActionName = keyof typeof WORKSPACE_PERMISSIONS.actions;
export type RouteName = keyof typeof WORKSPACE_PERMISSIONS.routes;

interface Holder {
  readonly role: Role;
}

const PLACES = { ...WORKSPACE_PERMISSIONS.pages, ...WORKSPACE_PERMISSIONS.routes };

/** Whether somebody of the workspace may open a page or call a route of it. */
export const mayEnter = (access: Holder, place: PageName | RouteName): boolean =>
  hasRole(access, PLACES[place]);

/** Whether somebody of the workspace may run an action of it. */
export const mayRun = (access: Holder, action: ActionName): boolean =>
  hasRole(access, WORKSPACE_PERMISSIONS.actions[action]);
