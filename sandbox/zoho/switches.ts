/**
 * What Zoho's documents leave open or say in two ways. Every entry is a guess until a live organisation
 * answers; a client that is right in each position cannot be hurt by a wrong guess.
 */
import type { SwitchDeclarations } from "@/sandbox/kit/switches";

export const ZOHO_SWITCHES = {
  "zoho.token-error-status": {
    about: 'HTTP status of an OAuth error such as {"error":"invalid_code"}: the docs do not say.',
    positions: ["200", "400"],
    initial: "200",
  },
  "zoho.consent-location": {
    about:
      "Data centre named by the redirect after consent: the one that was asked, or the user's home (eu).",
    positions: ["asked", "home"],
    initial: "asked",
  },
  "zoho.client-secret": {
    about: "Whether the client secret is the same in every data centre or another one in each.",
    positions: ["same", "per-data-centre"],
    initial: "same",
  },
  "zoho.invalid-token-code": {
    about: "Code of the 401 for an unknown or expired access token: 14, or 57 as for a missing scope.",
    positions: ["14", "57"],
    initial: "14",
  },
  "zoho.not-found-status": {
    about: "HTTP status that goes with code 1002 (record does not exist).",
    positions: ["404", "400"],
    initial: "404",
  },
  "zoho.modified-since": {
    about: "Whether last_modified_time also gives records changed in that very second.",
    positions: ["inclusive", "exclusive"],
    initial: "inclusive",
  },
  "zoho.partly-paid-overdue": {
    about: "Status of a part-paid invoice after its due date.",
    positions: ["partially_paid", "overdue"],
    initial: "partially_paid",
  },
  "zoho.payment-list-key": {
    about: "Name of the rows of GET /customerpayments: as answered in 2026, or as the OpenAPI file has it.",
    positions: ["customerpayments", "customer_payments"],
    initial: "customerpayments",
  },
  "zoho.rate-headers": {
    about: "Whether answers carry x-rate-limit-limit, -remaining and -reset (the day's calls).",
    positions: ["present", "absent"],
    initial: "present",
  },
  "zoho.duplicate-contact-names": {
    about: "Whether two contacts may bear one name (a preference of the organisation).",
    positions: ["refused", "allowed"],
    initial: "refused",
  },
} as const satisfies SwitchDeclarations;
