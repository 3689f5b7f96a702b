/** How far a piece of work came. A step does one piece; the function sleeps and asks again until it is done. */
export interface Progress {
  readonly done: boolean;
  /** Come back after this long (0: at once). */
  readonly waitMs: number;
}

export const DONE: Progress = { done: true, waitMs: 0 };
export const AGAIN: Progress = { done: false, waitMs: 0 };
export const waitFor = (waitMs: number): Progress => ({
  done: false,
  waitMs: Math.max(1, Math.ceil(waitMs)),
});
