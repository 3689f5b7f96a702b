import type { RecordType } from "@/lib/domain/record-type";

/** One record of one side, as both sides say it. */
export interface Line {
  readonly kind: RecordType;
  /** What makes it this record and no other, as a person would say it. */
  readonly key: string;
  /** What has to be equal to the cent. */
  readonly facts: string;
  /** The vendor's own id. */
  readonly id: string;
}
