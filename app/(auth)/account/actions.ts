"use server";

import { userAction } from "@/app/_access/user-action";
import {
  renewRecoveryCodes,
  replaceApp,
  signOutDevice,
  signOutEverywhere,
} from "@/lib/operations/sign-in/account";
import { codeSchema, emptySchema, sessionSchema } from "./schema";

export const signOutDeviceAction = userAction(sessionSchema, signOutDevice);

export const signOutEverywhereAction = userAction(emptySchema, signOutEverywhere);

export const renewRecoveryCodesAction = userAction(codeSchema, renewRecoveryCodes);

export const replaceAppAction = userAction(codeSchema, replaceApp);
