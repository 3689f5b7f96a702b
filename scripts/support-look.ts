import { parseArgs } from "node:util";
import { lookIn } from "@/lib/operations/privacy/support-consent";
import { closeRuntime } from "@/lib/operations/runtime";

/*
 * npm run support:look -- --workspace slug --who "..." --why "...": how a workspace stands, in states and counts, as one JSON
 * line. Refused unless its owner lets support look in; who looked and why is written into the workspace's trail.
 */
const { values } = parseArgs({
  options: { workspace: { type: "string" }, who: { type: "string" }, why: { type: "string" } },
});
const { workspace: slug, who, why } = values;

if (!slug || !who || !why) {
  console.error('Usage: npm run support:look -- --workspace slug --who "..." --why "..."');
  process.exitCode = 1;
} else {
  try {
    const look = await lookIn({ slug, who, why });
    console.log(look.ok ? JSON.stringify(look.value) : look.error.message);
    if (!look.ok) process.exitCode = 1;
  } finally {
    await closeRuntime();
  }
}
