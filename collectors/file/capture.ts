import type { Mapped } from "../../contracts/collector.ts";
import { mapVideo } from "../bilibili/video.ts";
import { readPage as readDouyin } from "../douyin/map.ts";
import { assigned } from "../embedded.ts";
import { fieldsOf, isFields, listOf } from "../fields.ts";
import { mapPage } from "../page/map.ts";
import { noData } from "../shared-pages.ts";
import { readPage as readToutiao } from "../toutiao/map.ts";
import { map as readWechat } from "../wechat-article/map.ts";
import { mapMblog } from "../weibo/mblog.ts";
import { platformOfUrl } from "./formats/web-platforms.ts";
import type { FileOptions } from "./options.ts";

/** A page out of a WARC file, in the form in which collectors of pages have one. */
export interface Capture {
  readonly url: string;
  readonly html: string;
  readonly content_type: string;
  readonly sha256: string;
  /** When it was captured. */
  readonly at: string | null;
}

export function isCapture(raw: unknown): raw is { readonly capture: Capture } {
  if (!isFields(raw) || !isFields(raw.capture)) return false;
  const { url, html } = raw.capture;
  return typeof url === "string" && URL.canParse(url) && typeof html === "string";
}

/** Pages of platforms whose collectors read them are read as those do; all others as articles. */
const READERS: Readonly<Record<string, (capture: Capture) => Mapped>> = {
  wechat: (capture) => readWechat(capture),
  douyin: ({ html }) => readDouyin(html),
  toutiao: ({ html, url }) => readToutiao(html, url),
  weibo: ({ html, at }) => {
    const { status } = fieldsOf(listOf(assigned(html, "$render_data"))[0]);
    return isFields(status) ? mapMblog(status, { seen_at: at }) : { rejected: noData(html, "Weibo") };
  },
  bilibili: ({ html }) => {
    const { videoData } = fieldsOf(assigned(html, "__INITIAL_STATE__"));
    return isFields(videoData) ? mapVideo(videoData) : { rejected: noData(html, "Bilibili") };
  },
};

/** The page existed when it was captured; that bounds its time of publication. */
export function mapCapture(capture: Capture, { platform = "web", zone }: FileOptions): Mapped {
  const { url, at, sha256 } = capture;
  const read = READERS[platformOfUrl(url) ?? ""];
  if (read === undefined) return mapPage(capture, { selectors: {}, platform, zone }, { observed_at: at });
  const mapped = read(capture);
  return "rejected" in mapped ? mapped : { ...mapped, draft: { ...mapped.draft, observed_at: at, sha256 } };
}
