/**
 * The notification channels, /actions/watch: enabled, read, replaced, changed and disabled. A channel that asks
 * for more than its longest life, or for none, lives one hour. The docs give the longest as a day or as a week
 * (a switch). https://www.zoho.com/crm/developer/docs/api/v8/notifications/enable.html (checked 2026-11-21)
 */
import { z } from "zod";
import { err, ok, type Result } from "@/lib/kernel/result";
import { jsonAnswer } from "@/sandbox/kit/answers";
import type { SandboxResponse } from "@/sandbox/kit/types";
import {
  answerResults,
  type CrmCall,
  type CrmError,
  type CrmResult,
  crmError,
  crmStamp,
  crmSuccess,
  failed,
  missingParameter,
  NO_CONTENT,
  refuseCrm,
} from "./answers";
import { findModule, MODULES } from "./modules";
import type { StoredChannel } from "./open-crm";
import { readPage } from "./read";
import { crmTime } from "./record-wire";

const HOUR_MS = 3_600_000;
const LONGEST_MS = { day: 24 * HOUR_MS, week: 7 * 24 * HOUR_MS } as const;
const TOKEN_CHARACTERS_MAX = 50;

const channelBody = z.object({
  channel_id: z.union([z.string(), z.number()]).transform(String).optional(),
  events: z.array(z.string()).optional(),
  channel_expiry: z.string().nullish(),
  token: z.string().nullish(),
  notify_url: z.string().optional(),
  return_affected_field_values: z.boolean().nullish(),
  _delete_events: z.boolean().optional(),
});
type ChannelBody = z.infer<typeof channelBody>;
const watchBody = z.object({ watch: z.array(z.unknown()).min(1) });

const MESSAGES = {
  POST: "Successfully subscribed for actions-watch of the given module",
  PUT: "Successfully updated the subscribe details",
  PATCH: "Successfully updated the subscribe details",
} as const;

/** POST, PUT and PATCH of /actions/watch. */
export function writeChannels(call: CrmCall, method: keyof typeof MESSAGES): SandboxResponse {
  const body = watchBody.safeParse(call.input);
  if (!body.success)
    return refuseCrm(
      400,
      crmError("MANDATORY_NOT_FOUND", "required field not found", {
        api_name: "watch",
        json_path: "$.watch",
      }),
    );
  const results = body.data.watch.map((sent, index) => writeChannel(call, method, sent, index));
  return answerResults(call, "watch", results, method === "POST" ? 201 : 200);
}

function writeChannel(call: CrmCall, method: keyof typeof MESSAGES, sent: unknown, index: number): CrmResult {
  const at = (name: string) => ({ api_name: name, json_path: `$.watch[${index}].${name}` });
  const body = channelBody.safeParse(sent);
  if (!body.success) {
    const name = String(body.error.issues[0]?.path[0] ?? "watch");
    return failed(crmError("INVALID_DATA", "invalid data", at(name)));
  }
  const { channel_id: channelId } = body.data;
  if (channelId === undefined || channelId === "")
    return failed(crmError("MANDATORY_NOT_FOUND", "required field not found", at("channel_id")));
  if (!/^\d{1,19}$/.test(channelId))
    return failed(
      crmError("INVALID_DATA", "invalid data", { ...at("channel_id"), expected_data_type: "long" }),
    );
  const previous = call.crm.channels.get(channelId);
  if (method !== "POST" && previous === undefined)
    return failed(
      crmError("NOT_SUBSCRIBED", "Not subscribed for the given channel", { channel_id: channelId }),
    );
  const channel =
    method === "PATCH" && body.data._delete_events === true && previous !== undefined
      ? ok(withoutEvents(previous, body.data.events ?? []))
      : readChannel(call, channelId, body.data, at, method === "PATCH" ? previous : undefined);
  if (!channel.ok) return failed(channel.error);
  if (channel.value.events.length === 0) call.crm.channels.delete(channelId);
  else call.crm.channels.put(channelId, channel.value);
  return crmSuccess(
    body.data._delete_events === true ? "Successfully removed the subscribe details" : MESSAGES[method],
    { events: eventsWire(call, channel.value) },
  );
}

const withoutEvents = (channel: StoredChannel, events: readonly string[]): StoredChannel => ({
  ...channel,
  events: channel.events.filter((event) => !events.includes(event)),
});

function readChannel(
  call: CrmCall,
  channelId: string,
  body: ChannelBody,
  at: (name: string) => { api_name: string; json_path: string },
  previous: StoredChannel | undefined,
): Result<StoredChannel, CrmError> {
  const events = body.events ?? previous?.events ?? [];
  const notifyUrl = body.notify_url ?? previous?.notifyUrl ?? "";
  const token = body.token === undefined ? (previous?.token ?? null) : body.token;
  if (events.length === 0)
    return err(crmError("MANDATORY_NOT_FOUND", "required field not found", at("events")));
  if (notifyUrl === "")
    return err(crmError("MANDATORY_NOT_FOUND", "required field not found", at("notify_url")));
  if (!/^https?:\/\//.test(notifyUrl) || !URL.canParse(notifyUrl))
    return err(crmError("INVALID_DATA", "invalid data", at("notify_url")));
  if (token !== null && [...token].length > TOKEN_CHARACTERS_MAX)
    return err(
      crmError("INVALID_DATA", "invalid data", { ...at("token"), maximum_length: TOKEN_CHARACTERS_MAX }),
    );
  const wrong = events.findIndex((event) => !isEvent(event));
  if (wrong >= 0) return err(crmError("INVALID_DATA", "invalid data", at(`events[${wrong}]`)));
  const expires =
    body.channel_expiry === undefined && previous !== undefined
      ? ok(previous.expires)
      : readExpiry(call, body.channel_expiry ?? null);
  if (!expires.ok) return err(crmError("INVALID_DATA", "invalid data", at("channel_expiry")));
  return ok({
    channelId,
    events,
    notifyUrl,
    token,
    expires: expires.value,
    returnAffectedValues: body.return_affected_field_values ?? previous?.returnAffectedValues ?? false,
    created: previous?.created ?? crmStamp(call),
  });
}

function isEvent(event: string): boolean {
  const [module = "", operation = ""] = event.split(".");
  return findModule(module) !== null && ["create", "edit", "delete", "all"].includes(operation);
}

function readExpiry(call: CrmCall, asked: string | null): Result<string, "unreadable"> {
  const now = call.context.clock.now().getTime();
  const longest =
    LONGEST_MS[call.context.switches.get("zoho.crm-channel-expiry") === "week" ? "week" : "day"];
  const instant = asked === null ? now + HOUR_MS : Date.parse(asked);
  if (Number.isNaN(instant)) return err("unreadable");
  const kept = instant > now + longest || instant <= now ? now + HOUR_MS : instant;
  return ok(`${new Date(kept).toISOString().slice(0, 19)}Z`);
}

function eventsWire(call: CrmCall, channel: StoredChannel): object[] {
  const modules = new Set(channel.events.map((event) => event.split(".")[0] ?? ""));
  return [...modules].map((name) => ({
    channel_expiry: crmTime(channel.expires, call.timeZone),
    resource_uri: `${call.apiDomain}/crm/v8/${name}`,
    resource_id: findModule(name)?.id ?? MODULES.Leads.id,
    resource_name: name,
    channel_id: channel.channelId,
    notification_condition: [],
  }));
}

/** GET /actions/watch, of one channel or module where asked. Expired channels are gone. */
export function listChannels(call: CrmCall): SandboxResponse {
  const paging = readPage(call.query);
  if ("refused" in paging) return paging.refused;
  const { page, perPage } = paging;
  const now = call.context.clock.now().getTime();
  const [channelId, module] = [call.query.get("channel_id"), call.query.get("module")];
  const rows = [...call.crm.channels.heads()].flatMap(([id, channel]) => {
    if (Date.parse(channel.expires) <= now || (channelId !== null && id !== channelId)) return [];
    return [...new Set(channel.events.map((event) => event.split(".")[0] ?? ""))]
      .filter((name) => module === null || name === module)
      .map((name) => channelWire(call, channel, name));
  });
  const shown = rows.slice((page - 1) * perPage, page * perPage);
  if (shown.length === 0) return NO_CONTENT;
  return jsonAnswer(200, {
    watch: shown,
    info: { per_page: perPage, count: shown.length, page, more_records: rows.length > page * perPage },
  });
}

function channelWire(call: CrmCall, channel: StoredChannel, module: string) {
  return {
    notify_on_related_action: false,
    channel_expiry: crmTime(channel.expires, call.timeZone),
    resource_uri: `${call.apiDomain}/crm/v8/${module}`,
    resource_id: findModule(module)?.id ?? "",
    notify_url: channel.notifyUrl,
    resource_name: module,
    channel_id: channel.channelId,
    fields: null,
    notification_condition: [],
    return_affected_field_values: channel.returnAffectedValues,
    token: channel.token,
    events: channel.events.filter((event) => event.startsWith(`${module}.`)),
  };
}

/** DELETE /actions/watch?channel_ids=1,2 */
export function deleteChannels(call: CrmCall): SandboxResponse {
  const ids = (call.query.get("channel_ids") ?? "").split(",").filter((id) => id !== "");
  if (ids.length === 0) return missingParameter("channel_ids");
  const results = ids.map((id) => {
    const channel = call.crm.channels.get(id);
    if (channel === undefined)
      return failed(crmError("NOT_SUBSCRIBED", "Not subscribed for the given channel", { channel_id: id }));
    call.crm.channels.delete(id);
    const [module = ""] = channel.events[0]?.split(".") ?? [];
    return crmSuccess("Successfully un-subscribed from actions-watch", {
      resource_uri: `${call.apiDomain}/crm/v8/${module}`,
      resource_id: findModule(module)?.id ?? "",
      channel_id: id,
    });
  });
  return answerResults(call, "watch", results, 200);
}
