import { rotateVault } from "@/lib/operations/connections/rotate-vault";
import { closeRuntime } from "@/lib/operations/runtime";

/*
 * npm run vault:rotate: seals every secret in the vault anew under the first of VAULT_KEYS, with the product's own settings.
 * Put the new key in front of the old one, restart web and worker, run this, then take the old key away
 * (docs/runbooks/leak.md). Killed half-way or run twice it does no harm. Prints one JSON line last; ends with 1 where a
 * secret could not be opened.
 */
try {
  const report = await rotateVault();
  console.log(JSON.stringify(report));
  process.exitCode = report.failed.length === 0 ? 0 : 1;
} finally {
  await closeRuntime();
}
