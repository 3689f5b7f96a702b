import { describeConnectorContract } from "@/tests/contract/connector-contract";
import { startZohoBooksWorld } from "@/tests/contract/zoho-books-world";
import { zohoBooksManifest } from "./manifest";

describeConnectorContract({
  name: "zoho-books",
  manifest: zohoBooksManifest,
  startWorld: startZohoBooksWorld,
});
