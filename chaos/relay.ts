import { createServer, connect as dial, type Socket } from "node:net";

/**
 * Two or more processes behind one address, as behind a load balancer: connections go to the chosen one and fall over to
 * another when it does not take them; where none does they wait for a while. It moves bytes and knows no protocol.
 */
export interface Relay {
  readonly port: number;
  /** Sends new connections to this port first, and cuts those to every other one. */
  prefer(port: number): void;
  /** Port that new connections go to first. */
  preferred(): number;
  stop(): Promise<void>;
}

const HOST = "127.0.0.1";
/** Longer than a killed process takes to be there again, also on a busy machine. */
const PATIENCE_MS = 20_000;
const TRY_AGAIN_MS = 50;

export async function startRelay(targets: readonly number[]): Promise<Relay> {
  let order = [...targets];
  const open = new Map<Socket, { readonly near: Socket; readonly port: number }>();

  function join(near: Socket, since: number, waiting: readonly number[]): void {
    const [port, ...others] = waiting;
    if (near.destroyed) return;
    if (port === undefined) {
      if (performance.now() - since > PATIENCE_MS) near.destroy();
      else setTimeout(() => join(near, since, order), TRY_AGAIN_MS);
      return;
    }
    const far = dial({ host: HOST, port });
    let connected = false;
    far.once("connect", () => {
      connected = true;
      open.set(far, { near, port });
      near.pipe(far).pipe(near);
    });
    far.on("error", () => {
      if (!connected) join(near, since, others);
    });
    far.once("close", () => {
      open.delete(far);
      near.off("close", leave);
      if (connected) near.destroy();
    });
    const leave = (): void => void far.destroy();
    near.once("close", leave);
  }

  const server = createServer({ pauseOnConnect: true }, (near) => {
    near.on("error", () => {});
    join(near, performance.now(), order);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, HOST, resolve);
  });
  const address = server.address();
  const cut = (spared: number | null): void => {
    for (const [far, { near, port }] of open) {
      if (port === spared) continue;
      far.destroy();
      near.destroy();
    }
  };
  return {
    port: typeof address === "object" && address !== null ? address.port : 0,
    prefer(port) {
      order = [port, ...targets.filter((one) => one !== port)];
      cut(port);
    },
    preferred: () => order[0] ?? 0,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        cut(null);
      }),
  };
}
