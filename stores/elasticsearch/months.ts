import type { Connection } from "./connection.ts";
import { aliasOf } from "./names.ts";
import { indexesOf, liftBlock } from "./reindex.ts";

/**
 * Removes the indexes of months of which nothing is left. Whoever writes to one meanwhile waits for a moment, and makes it
 * anew.
 */
export async function removeEmptyMonths(connection: Connection): Promise<readonly string[]> {
  const kept = `${aliasOf(connection.options.prefix, "posts")}-none`;
  const isEmpty = async (index: string) => {
    await connection.refresh(index);
    return (await connection.ask((client) => client.count({ index }))).count === 0;
  };
  const removed: string[] = [];
  for (const index of await indexesOf(connection, "posts")) {
    if (index.startsWith(kept) || !(await isEmpty(index))) continue;
    await connection.ask((client) => client.indices.addBlock({ index, block: "write" }));
    if (await isEmpty(index)) {
      await connection.ask((client) => client.indices.delete({ index }));
      removed.push(index);
    } else await liftBlock(connection, index);
  }
  return removed;
}
