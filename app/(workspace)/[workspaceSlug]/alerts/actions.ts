"use server";

import { workspaceAction } from "@/app/_access/workspace-action";
import { addChannelSchema, changeChannelSchema, channelIdSchema } from "@/lib/domain/alert-forms";
import { addChannel, changeChannel, removeChannel } from "@/lib/operations/alerts/change-channels";
import { sendTest } from "@/lib/operations/alerts/send-test";

export const addChannelAction = workspaceAction("alerts/addChannelAction", addChannelSchema, addChannel);

export const changeChannelAction = workspaceAction(
  "alerts/changeChannelAction",
  changeChannelSchema,
  changeChannel,
);

export const removeChannelAction = workspaceAction(
  "alerts/removeChannelAction",
  channelIdSchema,
  removeChannel,
);

export const sendTestAction = workspaceAction("alerts/sendTestAction", channelIdSchema, sendTest);
