import type { StoredPost } from "../contracts/store.ts";
import type { Story } from "../contracts/trace.ts";
import { excerptAround, placeOf } from "./excerpt.ts";
import type { Names } from "./names.ts";
import { plain, table, wrap } from "./terminal.ts";
import { languageName, publishedText } from "./words.ts";

export interface ListedStory {
  readonly story: Story;
  /** Title or first words of its earliest post. */
  readonly title: string;
}

/** Stories as a table, in the order given. */
export function storyTable(stories: readonly ListedStory[]): readonly string[] {
  const rows = stories.map(({ story, title }) => [
    story.story,
    String(story.members.length),
    story.first === null ? "not known" : story.first.slice(0, 10),
    story.platforms.join(" "),
    plain(title),
  ]);
  // With two spaces between, 100 columns.
  return table([["story", "posts", "first", "platforms", "title"], ...rows], [18, 6, 10, 18, 40]);
}

/** A found post: who, when, the words around the first match, and its id to go on with. */
export function postLines(
  stored: StoredPost,
  { names, zone, words }: { names: Names; zone: string; words: readonly string[] },
): readonly string[] {
  const { post, findings, story, existence, edited } = stored;
  const became = [
    ...(existence?.state === "deleted" ? [`deleted by ${existence.since.slice(0, 10)}`] : []),
    ...(edited === undefined ? [] : [`edited by ${edited.by.slice(0, 10)}`]),
  ];
  const title = post.title === null ? "" : ` ${plain(post.title)}`;
  const language = languageName(findings?.language.lang ?? "und");
  const places = words.map((word) => ({ word, at: placeOf(word, post.text) })).filter(({ at }) => at >= 0);
  const first = places.sort((a, b) => a.at - b.at)[0];
  const around =
    post.text === ""
      ? []
      : wrap(names.conceal(excerptAround(post.text, first?.at ?? 0, first?.word.length ?? 0, AROUND)), {
          first: "  ",
        });
  return [
    ...wrap(names.conceal(`${names.of(stored)}:${title}`).replace(/:$/, "")),
    ...wrap(
      `${publishedText(post, zone)} · ${post.platform} · ${language}${story === null ? "" : ` · story ${story}`}${became.map((each) => ` · ${each}`).join("")}`,
      { first: "  " },
    ),
    ...around,
    ...wrap(placeText(stored, names), { first: "  " }),
  ];
}

/** Where to go on from a found post: its id, and its URL where that tells nobody's name. */
function placeText(stored: StoredPost, names: Names): string {
  const { id, url } = stored.post;
  if (names.shown(stored)) return url === null ? id : `${id} ${url}`;
  return names.conceal(id) === id ? id : "its id holds the account's name; --names shows it";
}

/** Characters shown around a match: two lines of a terminal. */
const AROUND = 160;
