import Link from "next/link";
import type { RecordType } from "@/lib/domain/record-type";
import { recordPath } from "./record-address";

/** A record's number or name, leading to its page where the source has it. */
export function RecordName({
  slug,
  recordType,
  externalId,
  name,
}: {
  slug: string;
  recordType: RecordType;
  /** Empty where the source has no such record. */
  externalId: string;
  name: string;
}) {
  const clamped = "line-clamp-2 font-medium break-words";
  return externalId === "" ? (
    <span className={clamped}>{name}</span>
  ) : (
    <Link
      href={recordPath(slug, recordType, externalId)}
      className={`${clamped} text-primary underline-offset-4 hover:underline`}
    >
      {name}
    </Link>
  );
}
