/*
 * The address of an Inngest server on which the parity suite runs a second time; absent in an ordinary test run. The
 * server must know the keys of inngest/runner/test-server.ts.
 */
export const inngestParityUrl: string | undefined = process.env.INNGEST_PARITY_URL || undefined;
