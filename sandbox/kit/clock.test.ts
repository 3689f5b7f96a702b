import { describe, expect, it } from "vitest";
import { createClock, createFrozenClock } from "./clock";

const at = (iso: string): number => Date.parse(iso);

describe("sandbox time", () => {
  const machine = { nowMs: at("2026-01-01T00:00:00Z") };
  const clockAt = () => {
    machine.nowMs = at("2026-01-01T00:00:00Z");
    return createClock(() => machine.nowMs);
  };

  it("follows the machine's clock until it is moved, and again when it is freed", () => {
    const clock = clockAt();
    machine.nowMs += 1_000;
    expect(clock.now().toISOString()).toBe("2026-01-01T00:00:01.000Z");
    clock.set(new Date("2030-05-05T00:00:00Z"));
    clock.advance(60_000);
    machine.nowMs += 1_000;
    expect(clock.now().toISOString()).toBe("2030-05-05T00:01:01.000Z");
    clock.set(null);
    expect(clock.now().toISOString()).toBe("2026-01-01T00:00:02.000Z");
  });

  it("runs at another pace from now on, and keeps it when it is moved", () => {
    const clock = clockAt();
    machine.nowMs += 1_000;
    clock.setScale(60);
    machine.nowMs += 2_000;
    expect(clock.now().toISOString()).toBe("2026-01-01T00:02:01.000Z");
    clock.set(new Date("2027-01-01T00:00:00Z"));
    machine.nowMs += 1_000;
    expect(clock.now().toISOString()).toBe("2027-01-01T00:01:00.000Z");
    clock.setScale(1);
    machine.nowMs += 1_000;
    expect(clock.now().toISOString()).toBe("2027-01-01T00:01:01.000Z");
  });

  it("goes on after a restart as if there had been none", () => {
    const clock = clockAt();
    clock.set(new Date("2030-01-01T00:00:00Z"));
    clock.setScale(60);
    const { setting } = clock;
    const again = createClock(() => machine.nowMs);
    if (setting !== null) again.restore(setting);
    machine.nowMs += 1_000;
    expect(again.now().toISOString()).toBe("2030-01-01T00:01:00.000Z");
  });

  it("ends a wait when it is moved past its end, when it runs there, or when told to", async () => {
    const frozen = createFrozenClock("2026-01-01T00:00:00Z");
    const ended: string[] = [];
    const waits = [
      frozen.wait(1_000).then(() => ended.push("a second")),
      frozen.wait(60_000).then(() => ended.push("a minute")),
    ];
    frozen.advance(999);
    await Promise.resolve();
    expect(ended).toEqual([]);
    frozen.advance(1);
    await waits[0];
    expect(ended).toEqual(["a second"]);
    frozen.set(new Date("2026-01-02T00:00:00Z"));
    await waits[1];
    await frozen.wait(1_000, Promise.resolve());
    const running = createClock();
    running.setScale(1_000_000);
    await running.wait(3_600_000);
  });
});
