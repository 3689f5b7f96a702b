import { describe, expect, it } from "vitest";
import { createFrozenClock } from "./clock";
import { createLimits, type LimitRules } from "./limits";

const RULES: LimitRules = { perMinute: 3, perDay: 5, concurrent: null, appPerMinute: null };
const clock = () => createFrozenClock("2026-06-01T09:00:00Z");

describe("limits", () => {
  it("slide: room comes back as each call turns a minute old", () => {
    const time = clock();
    const limits = createLimits({ clock: time, limitSpeed: () => 1 });
    for (let call = 0; call < 3; call += 1) {
      expect(limits.enter("t", RULES).admitted).toBe(true);
      time.advance(10_000);
    }
    const refused = limits.enter("t", RULES);
    expect(refused).toMatchObject({ admitted: false, problem: "minute", retryAfterSeconds: 30 });
    time.advance(30_000);
    expect(limits.enter("t", RULES)).toMatchObject({ admitted: true, remaining: { minute: 0, day: 1 } });
  });

  it("end the day after its calls, which refused ones are not", () => {
    const time = clock();
    const limits = createLimits({ clock: time, limitSpeed: () => 1 });
    let admitted = 0;
    for (let call = 0; call < 12; call += 1) {
      if (limits.enter("t", RULES).admitted) admitted += 1;
      time.advance(30_000);
    }
    expect(admitted).toBe(RULES.perDay);
    expect(limits.enter("t", RULES)).toMatchObject({ admitted: false, problem: "day" });
    time.advance(86_400_000);
    expect(limits.enter("t", RULES).admitted).toBe(true);
  });

  it("bound calls at once until they leave, once each", () => {
    const limits = createLimits({ clock: clock(), limitSpeed: () => 1 });
    const rules = { ...RULES, perMinute: 99, concurrent: 1 };
    const first = limits.enter("t", rules);
    expect(limits.enter("t", rules)).toMatchObject({ problem: "concurrent", retryAfterSeconds: null });
    if (first.admitted) {
      first.leave();
      first.leave();
    }
    expect(limits.enter("t", rules).admitted).toBe(true);
    expect(limits.enter("t", rules).admitted).toBe(false);
  });

  it("bound the app over all tenants", () => {
    const limits = createLimits({ clock: clock(), limitSpeed: () => 1 });
    const rules = { ...RULES, appPerMinute: 2 };
    limits.enter("a", rules);
    limits.enter("b", rules);
    expect(limits.enter("c", rules)).toMatchObject({ admitted: false, problem: "appminute" });
  });

  it("run faster by the limit speed", () => {
    const time = clock();
    const limits = createLimits({ clock: time, limitSpeed: () => 100 });
    for (let call = 0; call < 3; call += 1) limits.enter("t", RULES);
    expect(limits.enter("t", RULES).admitted).toBe(false);
    time.advance(600);
    expect(limits.enter("t", RULES).admitted).toBe(true);
  });
});
