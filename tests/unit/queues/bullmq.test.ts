import { queueSuite } from "../../contracts/queue.suite.ts";
import { withServer } from "../../servers/servers.ts";
import { openTestQueue } from "./bullmq-fixture.ts";

await withServer("redis", (url) => {
  queueSuite("BullMQ", () => openTestQueue(url, { deaf_ms: 1_000 }), { priorities: false });
});
