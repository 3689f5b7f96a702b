const UNITS = ["bytes", "kB", "MB", "GB", "TB"] as const;
const STEP = 1_000n;

/** "0 bytes", "812 bytes", "4.1 MB": decimal units with one digit, as vendors bill. Takes whole bytes as decimal text. */
export function formatBytes(bytes: string): string {
  let unit = 0;
  let size = BigInt(bytes);
  let tenths = 0n;
  while (size >= STEP && unit < UNITS.length - 1) {
    tenths = (size % STEP) / 100n;
    size /= STEP;
    unit += 1;
  }
  return `${size}${unit === 0 ? "" : `.${tenths}`} ${UNITS[unit]}`;
}
