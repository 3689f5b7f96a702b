/** The only source of "now". Passed in, so that tests fix it and the sandbox can be set forward. */
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };

export function fixedClock(iso: string): Clock & { advance(milliseconds: number): void } {
  let instant = new Date(iso).getTime();
  return {
    now: () => new Date(instant),
    advance(milliseconds) {
      instant += milliseconds;
    },
  };
}
