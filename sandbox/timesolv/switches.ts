/**
 * What is open about TimeSolv's API: its page is not public, and the programs that use it leave these out. A client that is
 * right in each position cannot be hurt by a wrong guess.
 */
import type { SwitchDeclarations } from "@/sandbox/kit/switches";

export const TIMESOLV_SWITCHES = {
  "timesolv.token-lifetime": {
    about:
      "Whether a token answer says how long the token lives (expires_in): nobody who uses the API reads it.",
    positions: ["named", "unnamed"],
    initial: "unnamed",
  },
  "timesolv.token-error-status": {
    about: "HTTP status of {error, error_description} at the Token address.",
    positions: ["400", "200"],
    initial: "400",
  },
  "timesolv.firm-search": {
    about:
      "Whether the firm itself (name, currency, accounts, taxes) can be read: firmSearch is our own assumption, and without it there is an address that the API does not know.",
    positions: ["present", "absent"],
    initial: "present",
  },
  "timesolv.state": {
    about: "Whether Authorize hands back the state that a program sent along.",
    positions: ["returned", "dropped"],
    initial: "returned",
  },
} as const satisfies SwitchDeclarations;
