import { readdir, readFile } from "node:fs/promises";

/** Processor time and memory of a benchmark's processes, from /proc; nothing where there is none. */

const TICKS_A_SECOND = 100;

export type ProcessName = "engine" | "sandbox" | "postgres";

/** Seconds that this process, the sandbox and PostgreSQL (its present processes together) have used so far. */
export async function readCpuSeconds(sandboxPid: number): Promise<Record<ProcessName, number>> {
  const own = process.cpuUsage();
  const seconds = { engine: (own.user + own.system) / 1e6, sandbox: 0, postgres: 0 };
  for (const { name, stat } of await listProcesses(sandboxPid)) {
    // A backend that ended is in its parent's count of children.
    if (name === "engine") continue;
    const ticks = [11, 12, ...(name === "postgres" ? [13, 14] : [])].map((field) => Number(stat[field]));
    seconds[name] += ticks.reduce((sum, count) => sum + count, 0) / TICKS_A_SECOND;
  }
  return seconds;
}

/** The most memory that each ever held (VmHWM); of PostgreSQL's processes the largest. */
export async function readPeaksMb(sandboxPid: number): Promise<Record<ProcessName, number>> {
  const peaks = { engine: 0, sandbox: 0, postgres: 0 };
  for (const { name, pid } of await listProcesses(sandboxPid)) {
    const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
    const megabytes = Math.round(Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) / 1024);
    peaks[name] = Math.max(peaks[name], megabytes);
  }
  return peaks;
}

interface Process {
  readonly pid: number;
  readonly name: ProcessName;
  /** What /proc/pid/stat says from the state on. */
  readonly stat: readonly string[];
}

/** This process, the sandbox, and the PostgreSQL that this process started with all its backends. */
async function listProcesses(sandboxPid: number): Promise<Process[]> {
  const all = new Map<number, { command: string; stat: string[] }>();
  for (const entry of (await readdir("/proc").catch(() => [])).filter((name) => /^\d+$/.test(name))) {
    const text = await readFile(`/proc/${entry}/stat`, "utf8").catch(() => null);
    if (text === null) continue;
    const end = text.lastIndexOf(")");
    const stat = text.slice(end + 2).split(" ");
    all.set(Number(entry), { command: text.slice(text.indexOf("(") + 1, end), stat });
  }
  const isOurs = (pid: number): boolean =>
    pid === process.pid || (pid > 1 && isOurs(Number(all.get(pid)?.stat[1] ?? 0)));
  return [...all].flatMap(([pid, { command, stat }]): Process[] => {
    if (pid === process.pid) return [{ pid, name: "engine", stat }];
    if (pid === sandboxPid) return [{ pid, name: "sandbox", stat }];
    return command === "postgres" && isOurs(pid) ? [{ pid, name: "postgres", stat }] : [];
  });
}
