/**
 * What the CRM tells the channels that watch it. A write makes one notification for each channel that watches
 * the module and the operation, with all ids of the call; it lies queued until somebody delivers it. An expired
 * channel is told nothing. Zoho signs nothing: the channel's token is the only proof.
 * https://www.zoho.com/crm/developer/docs/api/v8/notifications/overview.html (checked 2026-11-21)
 */
import type { SandboxContext } from "@/sandbox/kit/types";
import type { CrmCall } from "./answers";
import type { ModuleName } from "./modules";
import {
  type Crm,
  type CrmNotification,
  openCrm,
  type QueuedNotification,
  type StoredChannel,
} from "./open-crm";

/** One record that a write changed, with the fields that it touched. */
export interface ChangedRecord {
  readonly id: string;
  readonly fields: readonly string[];
  readonly values: Readonly<Record<string, unknown>>;
}

/** Hands a notification over for delivery. */
export type NotifyChannel = (channel: StoredChannel, payload: CrmNotification) => void;

const EVENTS = { insert: "create", update: "edit", delete: "delete" } as const;

/** Tells every channel that watches. */
export function notifyChannels(
  call: CrmCall,
  module: ModuleName,
  operation: keyof typeof EVENTS,
  changed: readonly ChangedRecord[],
): void {
  const [first] = changed;
  if (first === undefined) return;
  const now = call.context.clock.now();
  const notify = queueFor(call.crm);
  const watched = [`${module}.${EVENTS[operation]}`, `${module}.all`];
  for (const [, channel] of call.crm.channels.heads()) {
    if (!channel.events.some((event) => watched.includes(event))) continue;
    if (Date.parse(channel.expires) <= now.getTime()) continue;
    notify(channel, {
      ...(call.context.switches.get("zoho.crm-notification") === "full"
        ? detailsOf(call, channel, module, operation, changed)
        : {}),
      module,
      ids: changed.map(({ id }) => id),
      operation,
      channel_id: channel.channelId,
      token: channel.token,
    });
  }
}

/** What nobody but Zoho's own pages has seen in a notification. */
function detailsOf(
  call: CrmCall,
  channel: StoredChannel,
  module: ModuleName,
  operation: keyof typeof EVENTS,
  changed: readonly ChangedRecord[],
) {
  return {
    server_time: call.context.clock.now().getTime(),
    query_params: Object.fromEntries(new URL(channel.notifyUrl).searchParams),
    resource_uri: `${call.apiDomain}/crm/v8/${module}`,
    affected_fields: operation === "delete" ? [] : changed.map(({ id, fields }) => ({ [id]: fields })),
    ...(channel.returnAffectedValues && operation !== "delete"
      ? { affected_values: changed.map(({ id, values }) => ({ record_id: id, values })) }
      : {}),
  };
}

/** The notify that keeps payloads in the store until they are delivered. */
function queueFor(crm: Crm): NotifyChannel {
  return (channel, payload) =>
    crm.notifications.put(crm.books.nextId(), { notifyUrl: channel.notifyUrl, payload });
}

/** Notifications that nobody has delivered yet, oldest first, by their id. */
export const pendingCrmNotifications = (
  context: SandboxContext,
): readonly (readonly [string, QueuedNotification])[] => [...openCrm(context).notifications.heads()];

/** Takes a notification off the queue, once it was delivered or given up. */
export function settleCrmNotification(context: SandboxContext, id: string): void {
  openCrm(context).notifications.delete(id);
}
