import type { SyncContext } from "./sync-context";

/** From here on a wrong guess of the database is felt; below it everything is a handful. */
const ROWS_FIRST = 500;
const GROWTH = 4;

/**
 * A first run fills tables that the database believes to be empty, quicker than it looks for itself. Told how many rows a
 * piece of work has just written, this has it look again whenever they have grown fourfold.
 */
export function keepStatistics({ database }: SyncContext): (rows: number) => Promise<void> {
  let written = 0;
  let lookAt = ROWS_FIRST;
  return async (rows) => {
    written += rows;
    if (written < lookAt) return;
    lookAt = written * GROWTH;
    await database.system.refreshStatistics();
  };
}
