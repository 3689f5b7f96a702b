import { Card, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import {
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
  TableRowHead,
} from "@/components/ui/table";
import { ENDPOINT_TABLES } from "./endpoints";

/** The calls of each system in a table of its own. */
export function EndpointTables() {
  return (
    <div className="flex flex-col gap-5">
      {ENDPOINT_TABLES.map(({ system, base, notes, endpoints }) => (
        <Card key={system}>
          <CardHeader>
            <CardTitle>{system}</CardTitle>
            <CardDescription>
              <code className="break-all">{base}</code>. {notes}
            </CardDescription>
          </CardHeader>
          <Table label={`Endpoints of ${system}`}>
            <TableHeader>
              <TableRow>
                <TableHead>Endpoint</TableHead>
                <TableHead>Access</TableHead>
                <TableHead>What for</TableHead>
              </TableRow>
            </TableHeader>
            <TableBody>
              {endpoints.map((endpoint) => (
                <TableRow key={endpoint.path}>
                  <TableRowHead>
                    <code>{endpoint.path}</code>
                  </TableRowHead>
                  <TableCell className="whitespace-nowrap">
                    {endpoint.reads && endpoint.writes ? "Read, write" : endpoint.reads ? "Read" : "Write"}
                  </TableCell>
                  <TableCell className="min-w-56 text-muted-foreground">{endpoint.purpose}</TableCell>
                </TableRow>
              ))}
            </TableBody>
          </Table>
        </Card>
      ))}
    </div>
  );
}
