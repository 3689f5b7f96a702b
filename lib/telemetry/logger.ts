import { type DestinationStream, type Logger, pino } from "pino";
import { maskText } from "@/lib/kernel/mask-details";
import { redact, redactText } from "./redact";

/**
 * Structured logs to standard error, without secrets and without details of people: members are cleaned before they are written, and the whole line
 * once more, so that neither a message, a child's binding nor an interpolated value gets past. See redact.ts.
 */
export function createLogger(level: string, destination: DestinationStream = pino.destination(2)): Logger {
  return pino(
    {
      level,
      base: null,
      formatters: { log: cleanMembers },
      // The members are plain already; pino's own serializer would describe an error's description.
      serializers: { err: (described: unknown) => described },
      hooks: {
        logMethod(parts, method) {
          // Values that are interpolated into the message ("%o") never pass the formatter.
          const [first, ...rest] = parts;
          const safe: unknown[] = [first, ...rest.map((part) => redact(part, clean))];
          method.apply(this, safe as typeof parts);
        },
        streamWrite: clean,
      },
    },
    destination,
  );
}

/** What looks like a secret cut, what looks like a detail of a person masked; a line of JSON stays one. */
const clean = (text: string): string => maskText(redactText(text));

/** The members of one log call. Only an object comes in, so only an object comes out. */
const cleanMembers = (members: object): Record<string, unknown> => ({
  ...Object(redact({ ...members }, clean)),
});
