import { ALERTS, type AlertItem, type AlertKind } from "./alert";

/**
 * What a look at the books leads to: which causes are new, which are told and which are over. Pure: what lasts now and
 * what earlier looks kept come in. A cause is told once while it lasts, and never twice within a day, also where it
 * ended and came again; one that has grown is told again after a day. The end is told once, to whom the beginning was told.
 */
export const TOLD_AGAIN_AFTER_MS = 24 * 60 * 60 * 1000;

export interface Cause {
  readonly kind: AlertKind;
  readonly subject: string;
  readonly name: string;
  readonly count: number;
}

/** A cause as an earlier look kept it. */
export interface KeptAlert extends Cause {
  readonly id: string;
  readonly clearedAt: Date | null;
  readonly toldAt: Date | null;
  readonly toldCount: number;
  readonly owesAllClear: boolean;
}

export interface AlertRound {
  /** Seen for the first time; each is told. */
  readonly found: readonly Cause[];
  /** Lasts, or has come again; `isTold` where it is told now. */
  readonly lasting: readonly { readonly alert: KeptAlert; readonly cause: Cause; readonly isTold: boolean }[];
  /** Over since the last look; `isTold` where its beginning was told. */
  readonly over: readonly { readonly alert: KeptAlert; readonly isTold: boolean }[];
}

const keyOf = ({ kind, subject }: Pick<Cause, "kind" | "subject">): string => `${kind} ${subject}`;

export function compareAlerts(kept: readonly KeptAlert[], causes: readonly Cause[], now: Date): AlertRound {
  const keptByKey = new Map(kept.map((alert) => [keyOf(alert), alert]));
  const present = new Set(causes.map(keyOf));
  return {
    found: causes.filter((cause) => !keptByKey.has(keyOf(cause))),
    lasting: causes.flatMap((cause) => {
      const alert = keptByKey.get(keyOf(cause));
      return alert === undefined ? [] : [{ alert, cause, isTold: isToldNow(alert, cause, now) }];
    }),
    over: kept
      .filter((alert) => alert.clearedAt === null && !present.has(keyOf(alert)))
      .map((alert) => ({ alert, isTold: alert.owesAllClear })),
  };
}

function isToldNow(alert: KeptAlert, cause: Cause, now: Date): boolean {
  if (alert.toldAt === null) return true;
  if (now.getTime() - alert.toldAt.getTime() < TOLD_AGAIN_AFTER_MS) return false;
  // What was told and lasts is not told again by age alone; what came again since is.
  return !alert.owesAllClear || cause.count > alert.toldCount;
}

/** What is said of a cause. */
export function itemOf(alertId: string, cause: Cause, state: AlertItem["state"], at: Date): AlertItem {
  const { severity, path, raised, over } = ALERTS[cause.kind];
  const sentence = (state === "raised" ? raised : over)(cause);
  return {
    alertId,
    kind: cause.kind,
    severity,
    state,
    sentence,
    count: cause.count,
    path,
    at: at.toISOString(),
  };
}

/** What a digest says: of each cause its last word alone, the urgent ones first; empty where all of it came and went. */
export function gatherDigest(items: readonly AlertItem[]): AlertItem[] {
  const last = new Map<string, AlertItem>();
  const first = new Map<string, AlertItem>();
  for (const item of [...items].sort((a, b) => a.at.localeCompare(b.at))) {
    if (!first.has(item.alertId)) first.set(item.alertId, item);
    last.set(item.alertId, item);
  }
  return [...last.values()]
    .filter((item) => item.state === "raised" || first.get(item.alertId)?.state === "over")
    .sort((a, b) => rank(a) - rank(b) || a.at.localeCompare(b.at));
}

const rank = (item: AlertItem): number =>
  (item.state === "over" ? 10 : 0) + (item.severity === "needsYou" ? 0 : 1);
