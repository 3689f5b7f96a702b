import type { AlertSeverity, ChannelKind } from "../alert";

/** Who is told of what, and what became of the last messages. Holds no address and no secret. */
export interface AlertsView {
  readonly mayChange: boolean;
  readonly canSendMail: boolean;
  /** Where sandbox users may send; null outside of a sandbox. */
  readonly sandboxAddress: string | null;
  readonly channels: readonly AlertChannelView[];
  /** Whom a channel by mail can be made for; empty for those who may not make one. */
  readonly members: readonly { readonly userId: string; readonly name: string }[];
  readonly lasting: readonly LastingAlertView[];
  /** Newest first. */
  readonly deliveries: readonly AlertDeliveryView[];
}

export interface AlertChannelView {
  readonly channelId: string;
  readonly kind: ChannelKind;
  /** A member's name, or the host of an address. */
  readonly name: string;
  readonly severity: AlertSeverity;
  /** Null where each alert is told at once. */
  readonly digestHour: number | null;
  readonly timeZone: string;
}

export interface LastingAlertView {
  readonly alertId: string;
  readonly severity: AlertSeverity;
  readonly sentence: string;
  readonly path: string;
  readonly since: string;
}

export interface AlertDeliveryView {
  readonly deliveryId: string;
  readonly channelName: string;
  readonly kind: "alert" | "allClear" | "digest" | "test";
  readonly lines: readonly string[];
  readonly state: "held" | "waiting" | "sent" | "failed" | "gathered";
  readonly attempts: number;
  readonly outcome: string;
  readonly createdAt: string;
}
