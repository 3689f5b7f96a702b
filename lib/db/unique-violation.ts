import { Prisma } from "./generated/client";

const UNIQUE_VIOLATION = "P2002";

/** True where a write was refused because a unique value is taken. https://www.prisma.io/docs/orm/reference/error-reference */
export function isUniqueViolation(thrown: unknown): boolean {
  return thrown instanceof Prisma.PrismaClientKnownRequestError && thrown.code === UNIQUE_VIOLATION;
}
