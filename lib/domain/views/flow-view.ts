import type { RecordType } from "../record-type";
import type { ConflictRule, Direction, VoidRule } from "../two-sided";

/** What goes where: each direction of each record type that can go both ways, as its owner reads it. */
export interface FlowsView {
  /** Names of the two systems; null before both are connected. */
  readonly sourceName: string | null;
  readonly sourceLabel: string | null;
  readonly ledgerLabel: string | null;
  readonly flows: readonly FlowView[];
  /** Set while something that is on lacks leave to write: what to say, and which connector to connect again. */
  readonly leave: { readonly sentence: string; readonly connectorId: string; readonly region: string } | null;
}

export type FlowState = "off" | "previewOnly" | "live" | "paused";

export interface FlowView {
  readonly recordType: RecordType;
  readonly forth: { readonly state: FlowState; readonly voidRule: VoidRule };
  readonly back: {
    readonly state: FlowState;
    readonly voidRule: VoidRule;
    /** What the connector can write there. */
    readonly verbs: readonly ("create" | "update" | "void")[];
  };
  /** Null where no field of it goes both ways. */
  readonly conflictRule: ConflictRule | null;
}

/** One change of one record type's flow; what is absent stays as it is. */
export interface FlowChange {
  readonly recordType: RecordType;
  readonly direction: Direction;
  /** Of the direction to the source alone: the other one belongs to posting. */
  readonly state?: FlowState;
  readonly voidRule?: VoidRule;
  /** Holds for both directions. */
  readonly conflictRule?: ConflictRule;
}
