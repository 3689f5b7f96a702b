import {
  ArrowLeftRight,
  BellRing,
  CalendarClock,
  CircleAlert,
  CreditCard,
  Files,
  Gauge,
  History,
  LifeBuoy,
  type LucideIcon,
  Plug,
  Scale,
  ShieldCheck,
  SlidersHorizontal,
  Users,
} from "lucide-react";

/** The places of a workspace in the order of a day: what matters daily first, what is set once last. */
export interface WorkspacePlace {
  readonly path: string;
  readonly label: string;
  readonly Icon: LucideIcon;
  /** Pages below other paths that belong to this place too. */
  readonly also: readonly string[];
}

export const DAILY_PLACES: readonly WorkspacePlace[] = [
  { path: "overview", label: "Overview", Icon: Gauge, also: [] },
  { path: "runs", label: "Runs", Icon: ArrowLeftRight, also: ["preview"] },
  { path: "exceptions", label: "Exceptions", Icon: CircleAlert, also: ["matches"] },
  { path: "reconciliation", label: "Tie-out", Icon: Scale, also: [] },
];

export const RARE_PLACES: readonly WorkspacePlace[] = [
  { path: "records", label: "Records", Icon: Files, also: [] },
  { path: "setup", label: "Set-up", Icon: SlidersHorizontal, also: ["clients"] },
  { path: "schedules", label: "Schedules", Icon: CalendarClock, also: [] },
  { path: "alerts", label: "Alerts", Icon: BellRing, also: [] },
  { path: "connections", label: "Connections", Icon: Plug, also: [] },
  { path: "team", label: "Team", Icon: Users, also: [] },
  { path: "billing", label: "Billing", Icon: CreditCard, also: [] },
  { path: "privacy", label: "Privacy", Icon: ShieldCheck, also: [] },
  { path: "audit", label: "Audit trail", Icon: History, also: [] },
];

export const HELP_PLACE: WorkspacePlace = { path: "help", label: "Help", Icon: LifeBuoy, also: [] };

/** True where `pathname` is that place or a page below it. */
export function isAtPlace(pathname: string, slug: string, place: WorkspacePlace): boolean {
  return [place.path, ...place.also].some(
    (path) => pathname === `/${slug}/${path}` || pathname.startsWith(`/${slug}/${path}/`),
  );
}
