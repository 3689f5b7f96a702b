import { sendRequest } from "@/lib/http/send-request";
import { getRuntime } from "../runtime";

/** How this installation stands, without a word about any workspace: anybody may ask. */
export interface InstallationStatus {
  readonly database: "answers" | "silent";
  readonly runner: "answers" | "silent";
  readonly posting: "on" | "off";
  /** ISO instant of the look. */
  readonly at: string;
}

const RUNNER_TIMEOUT_MS = 3_000;

export async function getStatus(): Promise<InstallationStatus> {
  const { database, env, clock } = await getRuntime();
  const [isDatabaseThere, isRunnerThere] = await Promise.all([
    succeeds(() => database.withoutWorkspace((tx) => tx.$queryRaw`SELECT 1`)),
    succeeds(async () => {
      const url = `${env.INNGEST_BASE_URL}/health`;
      const { status } = await sendRequest({ method: "GET", url, headers: {}, timeoutMs: RUNNER_TIMEOUT_MS });
      if (status >= 500) throw new Error(`status ${status}`);
    }),
  ]);
  return {
    database: isDatabaseThere ? "answers" : "silent",
    runner: isRunnerThere ? "answers" : "silent",
    posting: env.TIEOUT_POSTING,
    at: clock.now().toISOString(),
  };
}

/** The operator's switch for the whole installation. */
export async function getPostingSwitch(): Promise<"on" | "off"> {
  return (await getRuntime()).env.TIEOUT_POSTING;
}

/** Whatever goes wrong is the answer, and what it was belongs on no public page. */
async function succeeds(work: () => Promise<unknown>): Promise<boolean> {
  return work().then(
    () => true,
    () => false,
  );
}
