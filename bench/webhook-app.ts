import { openWebhookAddress } from "@/tests/main-job/webhook-address";

/** The product's webhook route over HTTP in a process of its own, as the web app has it. Prints its address once it answers. */
const address = await openWebhookAddress();
process.stdout.write(`${JSON.stringify({ origin: address.origin })}\n`);

process.once("SIGTERM", () => {
  address.stop().then(
    () => process.exit(0),
    () => process.exit(1),
  );
});
