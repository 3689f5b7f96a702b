import { describe, expect, it } from "vitest";
import { ALERT_KINDS, ALERTS, isToldFrom, SEVERITY_WORDS } from "./alert";
import { type Cause, compareAlerts, gatherDigest, itemOf, type KeptAlert } from "./alert-rounds";

const NOW = new Date("2026-11-21T12:00:00Z");
const hoursAgo = (hours: number): Date => new Date(NOW.getTime() - hours * 3_600_000);
const cause: Cause = { kind: "exceptions", subject: "pair-1", name: "Zoho Books", count: 500 };
const kept = (over: Partial<KeptAlert> = {}): KeptAlert => ({
  ...cause,
  ...{ id: "a1", clearedAt: null, toldAt: hoursAgo(1), toldCount: 500, owesAllClear: true },
  ...over,
});
const tells = (alert: KeptAlert, present: Cause = cause) =>
  compareAlerts([alert], [present], NOW).lasting.map(({ isTold }) => isTold);

describe("the kinds of alert", () => {
  it("each have a severity with words, a page, and a sentence for one, for many and for the end", () => {
    expect(Object.keys(ALERTS).sort()).toEqual([...ALERT_KINDS].sort());
    for (const { severity, path, raised, over } of Object.values(ALERTS)) {
      expect(SEVERITY_WORDS[severity]).toMatch(/\w/);
      expect(path).toMatch(/^[a-z/]+$/);
      for (const count of [1, 500])
        for (const say of [raised, over])
          expect(say({ count, name: "Zoho Books" })).toMatch(/^[A-Z0-9].*\.$/);
    }
    expect(new Set(Object.values(ALERTS).map(({ severity }) => severity)).size).toBe(2);
  });

  it("are told from a severity on", () => {
    expect(isToldFrom("needsYou", "worthKnowing")).toBe(false);
    expect(isToldFrom("needsYou", "needsYou")).toBe(true);
    expect(isToldFrom("worthKnowing", "needsYou")).toBe(true);
  });
});

describe("a look at the books", () => {
  it("tells a cause once, however many records it is about and however often one looks", () => {
    expect(compareAlerts([], [cause], NOW)).toEqual({ found: [cause], lasting: [], over: [] });
    expect(tells(kept())).toEqual([false]);
    expect(tells(kept({ toldAt: hoursAgo(48) }))).toEqual([false]);
    expect(itemOf("a1", cause, "raised", NOW).sentence).toBe(
      "500 records from Zoho Books could not be posted and wait for you.",
    );
  });

  it("tells a cause that has grown again after a day, not before", () => {
    const grown = { ...cause, count: 501 };
    expect(tells(kept({ toldAt: hoursAgo(23) }), grown)).toEqual([false]);
    expect(tells(kept({ toldAt: hoursAgo(24) }), grown)).toEqual([true]);
  });

  it("does not tell a cause twice within a day that ended and came again, and tells it after that", () => {
    const again = { clearedAt: hoursAgo(0.5), owesAllClear: false };
    expect(tells(kept(again))).toEqual([false]);
    expect(tells(kept({ clearedAt: null, owesAllClear: false, toldAt: hoursAgo(25) }))).toEqual([true]);
  });

  it("tells the end once, and not of what nobody was told", () => {
    const ends = (alert: KeptAlert) => compareAlerts([alert], [], NOW).over.map(({ isTold }) => isTold);
    expect(ends(kept())).toEqual([true]);
    expect(ends(kept({ owesAllClear: false }))).toEqual([false]);
    expect(ends(kept({ clearedAt: hoursAgo(1) }))).toEqual([]);
  });
});

describe("a digest", () => {
  const other: Cause = { kind: "matchesWaiting", subject: "pair-1", name: "Zoho Books", count: 2 };
  const lost: Cause = { kind: "connectionLost", subject: "c-1 1", name: "Xero", count: 1 };

  it("has each cause's last word, what needs somebody first and what is over last", () => {
    const said = gatherDigest([
      itemOf("a2", other, "raised", hoursAgo(5)),
      itemOf("a3", lost, "over", hoursAgo(4)),
      itemOf("a1", cause, "raised", hoursAgo(3)),
    ]);
    expect(said.map(({ alertId, state }) => `${alertId} ${state}`)).toEqual([
      "a1 raised",
      "a2 raised",
      "a3 over",
    ]);
  });

  it("leaves out what came and went since the one before", () => {
    const items = [itemOf("a1", cause, "raised", hoursAgo(5)), itemOf("a1", cause, "over", hoursAgo(4))];
    expect(gatherDigest(items)).toEqual([]);
  });
});
