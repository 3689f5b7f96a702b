import { parseArgs } from "node:util";
import { closeRuntime } from "@/lib/operations/runtime";
import { stopPosting } from "@/lib/operations/status/stop-posting";

/*
 * npm run posting:stop -- --workspace slug [--flow invoice] --why "...": stops the posting of one workspace, or of one kind of
 * record in it, from the next batch on, with the product's own settings. Its people read the reason on every page.
 */
const { values } = parseArgs({
  options: { workspace: { type: "string" }, flow: { type: "string" }, why: { type: "string" } },
});

if (values.workspace === undefined || values.why === undefined) {
  console.error('Usage: npm run posting:stop -- --workspace slug [--flow invoice] --why "..."');
  process.exitCode = 1;
} else {
  try {
    const done = await stopPosting({ slug: values.workspace, flow: values.flow ?? null }, values.why);
    console.log(done.ok ? `Posting of ${values.workspace} is stopped.` : done.error.message);
    if (!done.ok) process.exitCode = 1;
  } finally {
    await closeRuntime();
  }
}
