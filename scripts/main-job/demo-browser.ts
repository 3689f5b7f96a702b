import type { DemoOptions } from "./demo-once";

export async function runDemoInBrowser(_options: DemoOptions & { readonly port: number }): Promise<void> {
  throw new Error("wired with the web app");
}
