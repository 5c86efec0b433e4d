import { z } from "zod";
import { zoneSchema } from "../zone.ts";
import { FORMATS } from "./formats/names.ts";

const REFERENCES = ["repost", "quote", "reply", "link", "mention"] as const;
const MEDIA = ["image", "video", "audio", "document"] as const;

/** Fields a CSV column can fill. */
export const FIELDS = [
  "platform",
  "id",
  "url",
  "account.id",
  "account.handle",
  "account.name",
  "published_at",
  "title",
  "text",
  "lang",
  "engagement.views",
  "engagement.likes",
  "engagement.reposts",
  "engagement.comments",
  "declared_source.name",
  "declared_source.url",
  ...REFERENCES.flatMap(
    (kind) => [`references.${kind}.id`, `references.${kind}.url`, `references.${kind}.handle`] as const,
  ),
  ...MEDIA.map((kind) => `media.${kind}.url` as const),
] as const;
export type Field = (typeof FIELDS)[number];

export const fileOptions = z
  .strictObject({
    path: z
      .string()
      .min(1)
      .optional()
      .meta({ description: "The file; `-` is standard input. Gzip is read as it is." }),
    url: z
      .url({ protocol: /^https?$/ })
      .optional()
      .meta({ description: "Address of the file, instead of a path." }),
    format: z
      .enum(FORMATS)
      .optional()
      .meta({ description: "How the file is written; told from its contents when left out." }),
    columns: z.partialRecord(z.enum(FIELDS), z.string().min(1)).optional().meta({
      description:
        "Which column fills which field, e.g. `text: tweet_text`. Columns named as fields need none.",
    }),
    delimiter: z
      .string()
      .min(1)
      .optional()
      .meta({ description: "Between the columns of a CSV; found by itself when left out." }),
    encoding: z
      .string()
      .refine((label) => isEncoding(label), {
        error: ({ input }) => `"${input}" is no encoding; write one like gb18030 or windows-1251`,
      })
      .optional()
      .meta({ description: "Encoding of the file; UTF-8, or UTF-16 with its mark, when left out." }),
    platform: z
      .string()
      .regex(/^[a-z0-9-]+$/)
      .optional()
      .meta({ description: "Platform of records that state none." }),
    zone: zoneSchema
      .optional()
      .meta({ description: "Time zone of dates that state none. They then count as guessed." }),
  })
  .refine(({ path, url }) => (path === undefined) !== (url === undefined), {
    message: "give either `path` or `url`",
  });
export type FileOptions = z.infer<typeof fileOptions>;

function isEncoding(label: string): boolean {
  try {
    new TextDecoder(label);
    return true;
  } catch {
    return false;
  }
}
