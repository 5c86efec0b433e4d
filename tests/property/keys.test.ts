import { createMemoryKeys } from "../../keys/memory.ts";
import { keySuite } from "../contracts/keys.suite.ts";

keySuite("the key index in memory", async (rules) => createMemoryKeys(rules), { runs: 150 });
