import { request } from "undici";
import type { HttpOptions } from "../config/schema.ts";
import { readAddressRules } from "./addresses.ts";
import { guardedAgent } from "./connector.ts";
import { readFixedHosts } from "./hosts.ts";

export interface Posted {
  readonly content_type: string;
  readonly body: Uint8Array;
  /** Bytes of the answer that are read; more is no answer to what was asked. */
  readonly most: number;
}

/** Posts bytes once, through the same guard on addresses as all else, and returns those of the answer. Throws an Error that ends a sentence. */
export async function postBytes(
  url: string,
  { content_type, body, most }: Posted,
  options: Pick<HttpOptions, "allow_private" | "hosts" | "timeout_ms" | "user_agent">,
): Promise<Buffer> {
  const { timeout_ms, user_agent } = options;
  const agent = guardedAgent({
    rules: readAddressRules(options.allow_private),
    fixedHosts: readFixedHosts(options.hosts),
    timeout_ms,
  });
  try {
    const answer = await request(url, {
      ...{ method: "POST", dispatcher: agent, signal: AbortSignal.timeout(timeout_ms) },
      headers: { "user-agent": user_agent, "content-type": content_type },
      body,
    });
    if (answer.statusCode !== 200) throw new Error(`answered ${answer.statusCode}`);
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of answer.body) {
      chunks.push(chunk as Buffer);
      size += (chunk as Buffer).length;
      if (size > most) throw new Error(`answered more than ${most.toLocaleString("en")} bytes`);
    }
    return Buffer.concat(chunks);
  } finally {
    await agent.destroy();
  }
}
