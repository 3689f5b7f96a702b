/** The one thing an owner opens the app for. */
export interface OverviewView {
  readonly verdict: "notSetUp" | "neverRun" | "running" | "agree" | "needsYou" | "disconnected";
  /** "All 1,204 records agree to the cent as of 09:41." */
  readonly headline: string;
  readonly detail: string;
  readonly action: { readonly label: string; readonly href: string } | null;
  readonly counts: { readonly agreeing: number; readonly needYou: number; readonly excluded: number } | null;
  readonly lastRun: {
    readonly runId: string;
    readonly state: string;
    readonly finishedAt: string | null;
  } | null;
}
