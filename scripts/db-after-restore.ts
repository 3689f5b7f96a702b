import { beginEpochs } from "@/lib/operations/connections/begin-epochs";
import { closeRuntime } from "@/lib/operations/runtime";

/*
 * npm run db:after-restore: what is run once, with the product's own settings and while web and runner are stopped, after
 * the database was restored from a backup (docs/runbooks/restore.md). Prints what it did; run twice, it does no harm.
 */
try {
  const { pairs, runsEnded, writesDropped, writesToLookFor } = await beginEpochs();
  console.log(
    `${pairs} pairs begin anew: each next run reads its whole ledger and adopts what bears our marker.`,
  );
  console.log(`${runsEnded} runs that were at work have ended.`);
  console.log(`${writesDropped} writes that were only planned are dropped.`);
  console.log(`${writesToLookFor} writes that may have been sent will be looked for in the ledger.`);
} finally {
  await closeRuntime();
}
