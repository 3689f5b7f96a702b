import { describeConnectorContract } from "@/tests/contract/connector-contract";
import { startXeroWorld } from "@/tests/contract/xero-world";
import { xeroManifest } from "./manifest";

describeConnectorContract({ name: "xero", manifest: xeroManifest, startWorld: () => startXeroWorld() });
