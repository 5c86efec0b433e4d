// Stores posts until it is killed, and says of each batch on stdout when it is stored. Run by sqlite-kill.test.ts:
// `killed-writer.ts FILE FIRST` begins with the number FIRST.
import { openSqliteStore } from "../../../stores/sqlite/index.ts";
import { sampleFindings, samplePost } from "../../contracts/store.samples.ts";

const BATCH = 50;
const [file, first] = process.argv.slice(2);
const store = await openSqliteStore(file!);
for (let from = Number(first); ; from += BATCH) {
  const ids = Array.from({ length: BATCH }, (_, i) => `web:${from + i}`);
  await store.savePosts(ids.map((id) => samplePost(id, { text: `外国代理人 number ${id}` })));
  await store.saveAnalysis({
    read: [],
    findings: ids.map((id) => sampleFindings(id)),
    links: [],
    withdrawn: [],
    retrace: ids.slice(0, 1),
  });
  process.stdout.write(`${from + BATCH}\n`);
  // Lets the line out before the next batch.
  await new Promise(setImmediate);
}
