import { readdir, readFile } from "node:fs/promises";

/** Processor time and memory of a benchmark's processes, from /proc; nothing where there is none. */

export interface ProcessFigures {
  /** "engine", "sandbox", "postgres": processor seconds of all processes of that name, ended ones included. */
  readonly cpuSeconds: Readonly<Record<string, number>>;
}

const TICKS_A_SECOND = 100;

/** Seconds that this process, the sandbox and PostgreSQL have used so far. */
export async function readCpuSeconds(
  sandboxPid: number,
): Promise<Record<"engine" | "sandbox" | "postgres", number>> {
  const own = process.cpuUsage();
  const seconds = { engine: (own.user + own.system) / 1e6, sandbox: 0, postgres: 0 };
  for (const pid of (await readdir("/proc").catch(() => [])).filter((name) => /^\d+$/.test(name))) {
    const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const used = (Number(fields[11]) + Number(fields[12])) / TICKS_A_SECOND;
    if (Number(pid) === sandboxPid) seconds.sandbox += used;
    else if (stat.includes("(postgres)") && (await isOurs(pid))) seconds.postgres += used;
  }
  return seconds;
}

/** PostgreSQL is a child of this process, and its backends are children of that one. */
async function isOurs(pid: string): Promise<boolean> {
  for (let one = pid; one !== "0" && one !== "1"; ) {
    if (one === String(process.pid)) return true;
    const stat = await readFile(`/proc/${one}/stat`, "utf8").catch(() => "");
    one = stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1] ?? "0";
  }
  return false;
}
