import { describeConnectorContract } from "@/tests/contract/connector-contract";
import { startTimesolvWorld } from "@/tests/contract/timesolv-world";
import { timesolvManifest } from "./manifest";

describeConnectorContract({
  name: "timesolv",
  manifest: timesolvManifest,
  startWorld: startTimesolvWorld,
});
