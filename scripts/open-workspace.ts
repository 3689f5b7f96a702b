import { closeRuntime } from "@/lib/operations/runtime";
import { openToAllAddresses } from "@/lib/operations/workspaces/limit-addresses";

/*
 * npx tsx scripts/open-workspace.ts <slug> <e-mail of a member>: lifts the limit on network addresses of a workspace whose
 * people have all locked themselves out, with the product's own settings (docs/runbooks/locked-out.md). The trail says so.
 */
const [slug, memberEmail] = process.argv.slice(2);
if (!slug || !memberEmail) {
  console.error("Usage: npx tsx scripts/open-workspace.ts <slug> <e-mail of a member>");
  process.exitCode = 1;
} else {
  try {
    const isOpened = await openToAllAddresses({ slug, memberEmail });
    console.log(isOpened ? `${slug} is open from anywhere.` : `${memberEmail} has no workspace ${slug}.`);
    if (!isOpened) process.exitCode = 1;
  } finally {
    await closeRuntime();
  }
}
