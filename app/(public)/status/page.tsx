import { CircleAlert, CircleCheck } from "lucide-react";
import type { Metadata } from "next";
import { PublicFrame } from "@/app/_components/public-frame";
import { LocalTime } from "@/components/format/local-time";
import { getStatus } from "@/lib/operations/status/get-status";

export const metadata: Metadata = { title: "Status" };

export default async function StatusPage() {
  const { database, runner, posting, at } = await getStatus();
  return (
    <PublicFrame>
      <div className="mx-auto w-full max-w-2xl px-4 py-12 sm:px-6">
        <h1 className="text-3xl font-semibold">Status</h1>
        <p className="mt-2 text-sm text-muted-foreground">
          As of <LocalTime iso={at} precision="minute" />
        </p>
        <ul className="mt-8 divide-y divide-border rounded-lg border border-border text-sm">
          <StatusRow isGood={database === "answers"} label="Database">
            {database === "answers" ? "It answers." : "It does not answer. Nothing can be read or posted."}
          </StatusRow>
          <StatusRow isGood={runner === "answers"} label="Background work">
            {runner === "answers" ? "It goes on." : "It waits. Nothing is lost; it goes on where it was."}
          </StatusRow>
          <StatusRow isGood={posting === "on"} label="Posting">
            {posting === "on" ? "It is on." : "It is switched off for everybody. Reading and previews go on."}
          </StatusRow>
        </ul>
      </div>
    </PublicFrame>
  );
}

function StatusRow({ isGood, label, children }: { isGood: boolean; label: string; children: string }) {
  const Icon = isGood ? CircleCheck : CircleAlert;
  return (
    <li className="flex gap-3 px-4 py-3">
      <Icon
        className={isGood ? "mt-0.5 size-4 shrink-0 text-success" : "mt-0.5 size-4 shrink-0 text-destructive"}
        aria-hidden="true"
      />
      <div>
        <p className="font-medium">{label}</p>
        <p className="text-muted-foreground">{children}</p>
      </div>
    </li>
  );
}
