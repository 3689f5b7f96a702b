import { buildWeb } from "./build-web";

/** `npm run build`: the web app, unless nothing changed since the last build. */
await buildWeb((line) => process.stderr.write(`${line}\n`));
