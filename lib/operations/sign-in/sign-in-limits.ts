import { type AttemptRule, forgetAttempts, takeAttempt } from "@/lib/auth/attempt-limit";
import type { Runtime } from "../runtime";

/** Why somebody may not sign in now, in words. */
export interface SignInRefusal {
  readonly message: string;
  /** 0 where waiting does not help. */
  readonly waitSeconds: number;
}

const MINUTE_MS = 60_000;

/** By where a request comes from: an office behind one address is let through, a program that tries is not. */
const FROM_ONE_PLACE: AttemptRule = { what: "sign-in from", attemptsMax: 60, windowMs: 10 * MINUTE_MS };
/** Mails to one address. */
const LINKS_TO_ONE_ADDRESS: AttemptRule = { what: "link to", attemptsMax: 5, windowMs: 15 * MINUTE_MS };
/**
 * Six digits, three of them good at a time: twenty tries a day find one in sixteen thousand, and whoever tries has the
 * mailbox already.
 */
const CODES_AT_ONCE: AttemptRule = { what: "codes of", attemptsMax: 5, windowMs: 15 * MINUTE_MS };
const CODES_A_DAY: AttemptRule = { what: "day's codes of", attemptsMax: 20, windowMs: 24 * 60 * MINUTE_MS };

const counterOf = ({ database, env, clock }: Runtime) => ({
  database,
  secret: env.NEXTAUTH_SECRET,
  now: clock.now(),
});

/** Counts an attempt to sign in from a network address; null where it may go on. */
export const limitPlace = (runtime: Runtime, place: string): Promise<SignInRefusal | null> =>
  take(runtime, FROM_ONE_PLACE, place, "Too many attempts to sign in came from your network.");

export const limitLinks = (runtime: Runtime, email: string): Promise<SignInRefusal | null> =>
  take(runtime, LINKS_TO_ONE_ADDRESS, email, "Several links went to this address already.");

export async function limitCodes(runtime: Runtime, userId: string): Promise<SignInRefusal | null> {
  const because = "Several codes were wrong.";
  return (
    (await take(runtime, CODES_AT_ONCE, userId, because)) ??
    (await take(runtime, CODES_A_DAY, userId, because))
  );
}

/** After a right code. */
export async function forgetCodes(runtime: Runtime, userId: string): Promise<void> {
  for (const rule of [CODES_AT_ONCE, CODES_A_DAY]) await forgetAttempts(counterOf(runtime), rule, userId);
}

async function take(
  runtime: Runtime,
  rule: AttemptRule,
  who: string,
  because: string,
): Promise<SignInRefusal | null> {
  const waitSeconds = await takeAttempt(counterOf(runtime), rule, who);
  if (waitSeconds === 0) return null;
  return {
    message: `${because} Try again in ${describeWait(waitSeconds)}.`,
    waitSeconds,
  };
}

function describeWait(seconds: number): string {
  const minutes = Math.ceil(seconds / 60);
  if (minutes > 90) return `${Math.ceil(minutes / 60)} hours`;
  return minutes === 1 ? "a minute" : `${minutes} minutes`;
}
