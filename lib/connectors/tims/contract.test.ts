import { describeConnectorContract } from "@/tests/contract/connector-contract";
import { startTimsWorld } from "@/tests/contract/tims-world";
import { timsManifest } from "./manifest";

describeConnectorContract({ name: "tims", manifest: timsManifest, startWorld: startTimsWorld });
