import { readdir, readFile } from "node:fs/promises";

/** The highest memory that any process of this job ever held (VmHWM), with its name; null off Linux. */
export async function readPeakMemory(rootPid: number): Promise<{ name: string; peakRssMb: number } | null> {
  const family = await listFamily(rootPid);
  let peak: { name: string; peakRssMb: number } | null = null;
  for (const pid of family) {
    const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
    const kilobytes = Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1] ?? 0);
    const command = (await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => ""))
      .split("\0")
      .filter((part) => part !== "");
    const name = command.find((part) => /\.(ts|mjs|js)$/.test(part)) ?? command[0] ?? String(pid);
    const peakRssMb = Math.round(kilobytes / 1024);
    if (peakRssMb > (peak?.peakRssMb ?? 0)) peak = { name: name.split("/").slice(-2).join("/"), peakRssMb };
  }
  return peak;
}

/** A process and everything that descends from it. */
async function listFamily(rootPid: number): Promise<number[]> {
  const pids = (await readdir("/proc").catch(() => [])).filter((name) => /^\d+$/.test(name)).map(Number);
  const parents = new Map<number, number>();
  for (const pid of pids) {
    const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
    parents.set(pid, Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1] ?? 0));
  }
  const belongs = (pid: number | undefined): boolean =>
    pid === rootPid || (pid !== undefined && pid > 1 && belongs(parents.get(pid)));
  return pids.filter((pid) => belongs(pid));
}
