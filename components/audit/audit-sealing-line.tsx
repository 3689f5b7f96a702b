import { ShieldCheck } from "lucide-react";
import { LocalTime } from "@/components/format/local-time";
import type { AuditSealing } from "@/lib/domain/views/audit-view";

/** How far the trail is sealed, and what that means; nothing before its first line was. */
export function AuditSealingLine({ sealing }: { sealing: AuditSealing | null }) {
  if (sealing === null) return null;
  return (
    <p className="mt-2 flex items-start gap-2">
      <ShieldCheck className="mt-0.5 size-4 shrink-0 text-foreground" aria-hidden="true" />
      <span>
        Sealed up to <LocalTime iso={sealing.at} precision="minute" />:{" "}
        {sealing.lines.toLocaleString("en-GB")} {sealing.lines === 1 ? "line" : "lines"}
        {sealing.waiting > 0 ? `, ${sealing.waiting.toLocaleString("en-GB")} follow within a minute` : ""}.
        Each seal holds the one before it, so a line that is changed, taken away or slipped in later, even in
        the database itself, is found.
      </span>
    </p>
  );
}
