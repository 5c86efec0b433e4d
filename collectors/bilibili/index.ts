import type { Collector, CollectorIo, RawRecord } from "../../contracts/collector.ts";
import { SetAside } from "../../contracts/errors.ts";
import { answerOn, pageAt } from "./answer.ts";
import { map } from "./map.ts";
import { type BilibiliOptions, bilibiliOptions } from "./options.ts";
import { revisit } from "./revisit.ts";

export const bilibili: Collector<BilibiliOptions, null> = {
  info: {
    name: "bilibili",
    title: "Bilibili",
    summary: "Reads single videos of Bilibili by name: what is said about them, not the film.",
    lawful_basis:
      "Video pages are shown to everyone without a log-in, and are read as robots.txt allows; the interface is asked only where the source names who allowed it.",
    options: bilibiliOptions,
    references: ["https://www.bilibili.com/protocal/licence.html"],
  },
  map,
  revisit,
  async *collect(options, _, io) {
    const { videos } = options;
    for (const [index, video] of videos.entries()) {
      if (io.signal.aborted) return;
      const record = await ask(video, options, io);
      yield { records: [record], next: null, progress: { done: index + 1, total: videos.length } };
    }
  },
};

async function ask(video: string, options: BilibiliOptions, io: CollectorIo): Promise<RawRecord> {
  const where = pageAt(video, options);
  try {
    return { where, raw: await answerOn(video, options, io) };
  } catch (error) {
    // A refusal of one video costs no other.
    if (error instanceof SetAside && !io.signal.aborted)
      return { where, raw: { url: where, problem: error.message } };
    throw error;
  }
}
