/** Says that the web process answers; whether the database does is not asked, so that it can be polled freely. */
export function GET(): Response {
  return Response.json({ status: "ok" }, { headers: { "cache-control": "no-store" } });
}
