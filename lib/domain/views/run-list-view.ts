export const RUN_SORTS = ["time", "duration"] as const;
export type RunSort = (typeof RUN_SORTS)[number];

/** What became of a run. */
export const RUN_OUTCOMES = ["open", "finished", "failed"] as const;
export type RunOutcome = (typeof RUN_OUTCOMES)[number];
