import { parseArgs } from "node:util";
import { closeRuntime } from "@/lib/operations/runtime";
import { letPostingGo } from "@/lib/operations/status/stop-posting";

/*
 * npm run posting:go -- --workspace slug [--flow invoice]: lets what posting:stop has stopped go on, with the product's own
 * settings.
 */
const { values } = parseArgs({ options: { workspace: { type: "string" }, flow: { type: "string" } } });

if (values.workspace === undefined) {
  console.error("Usage: npm run posting:go -- --workspace slug [--flow invoice]");
  process.exitCode = 1;
} else {
  try {
    const done = await letPostingGo({ slug: values.workspace, flow: values.flow ?? null });
    console.log(done.ok ? `Posting of ${values.workspace} goes on.` : done.error.message);
    if (!done.ok) process.exitCode = 1;
  } finally {
    await closeRuntime();
  }
}
