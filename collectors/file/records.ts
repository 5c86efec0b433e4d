import type { CollectorIo, RawRecord } from "../../contracts/collector.ts";
import { capturesOf } from "./captures.ts";
import { elementsOf } from "./elements.ts";
import type { FormatName } from "./formats/names.ts";
import { linesOf } from "./lines.ts";
import { type Opened, peek } from "./open.ts";
import type { FileOptions } from "./options.ts";
import { formatNamed, readingOf, TOLD_BY } from "./reading.ts";
import { rowsOf } from "./rows.ts";
import { taggedElement, taggedLine } from "./tagging.ts";

/** The records of a file, however it is written. `told` hears which format it was found to have. */
export async function* recordsOf(
  { chunks, name, isWarc, pages }: Opened,
  options: FileOptions,
  told: (format: FormatName) => void,
  warn: CollectorIo["warn"],
): AsyncGenerator<RawRecord> {
  if (isWarc) {
    told("warc");
    yield* capturesOf(chunks, name, pages, warn);
    return;
  }
  const { start, whole } = await peek(chunks, TOLD_BY);
  const reading = readingOf(new TextDecoder().decode(start), name, options.format);
  if (reading.by === "rows") {
    yield* rowsOf(whole, name, options, told);
    return;
  }
  told(reading.format);
  const { records } = formatNamed(reading.format) ?? {};
  if (reading.by === "lines") {
    for await (const lines of linesOf(whole)) {
      for (const line of lines) {
        if (line.problem !== null || /\S/.test(line.text))
          yield* taggedLine(line, name, reading.format, records);
      }
    }
    return;
  }
  for await (const elements of elementsOf(whole, name, reading.paths)) {
    for (const element of elements) yield* taggedElement(element, name, reading.format, records);
  }
}
