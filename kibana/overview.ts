import { bars, count, days, list, number, of, type Panel, row, table, values, where } from "./panels.ts";
import { field, viewId } from "./views.ts";

const COPIES = "parent.relation:(copy OR near\\-copy OR excerpt OR copy\\-with\\-commentary)";
const UNCREDITED = where(`${COPIES} AND parent.credit:uncredited`);

/** The body of `PUT /api/dashboards/headwater-overview`. */
export function overview() {
  return {
    title: "Headwater: overview",
    description:
      "What was collected, what was copied and by whom, and where the collection itself needs a look. A story in full: dashboard “Headwater: story”.",
    time_range: { from: "now-30d", to: "now" },
    pinned_panels: [
      control("Platform", "platform"),
      control("Watch", "watches"),
      control("Language", "lang"),
    ],
    panels: [...figures(), ...volume(), ...pickUps(), ...relays(), ...alerts(), ...collection()],
  };
}

function control(title: string, name: string) {
  return {
    type: "options_list_control",
    width: "medium",
    grow: true,
    config: { title, data_view_id: viewId("posts"), field_name: field("posts", name) },
  };
}

function figures(): readonly Panel[] {
  return row(0, 5, [
    ["posts", 8, number({ title: "Posts", view: "posts" }, count("posts"))],
    [
      "accounts",
      8,
      number({ title: "Accounts", view: "posts" }, of("unique_count", "posts", "account.id", "accounts")),
    ],
    ["stories", 8, number({ title: "Stories", view: "stories" }, count("stories"))],
    [
      "uncredited",
      8,
      number({ title: "Copies that name no source", view: "posts", filter: UNCREDITED }, count("copies")),
    ],
    [
      "alerts",
      8,
      number(
        { title: "Open alerts", view: "alerts", filter: where("state:open AND holds:true") },
        count("alerts"),
      ),
    ],
    [
      "failures",
      8,
      number({ title: "Failed crawls", view: "runs", filter: where("status:failed") }, count("crawls")),
    ],
  ]);
}

function volume(): readonly Panel[] {
  return row(5, 14, [
    [
      "posts-by-day",
      32,
      bars(
        {
          title: "Posts by day and platform",
          description: "By the stated day of publication, UTC.",
          view: "posts",
        },
        {
          x: days("posts", "published_at"),
          by: values("posts", "platform", "platform", 10),
          y: count("posts"),
        },
      ),
    ],
    [
      "relations",
      16,
      bars(
        {
          title: "Links by relation and credit",
          description: "Asserted links only; suggested ones are for a person to look at.",
          view: "links",
          filter: where("status:asserted"),
        },
        {
          x: values("links", "relation", "relation", 12),
          by: values("links", "credit", "credit", 3),
          y: count("links"),
        },
      ),
    ],
  ]);
}

function pickUps(): readonly Panel[] {
  return row(19, 14, [
    [
      "pick-ups",
      24,
      list(
        {
          title: "First pick-ups in another language",
          description: "The first post of a story in its language, where the story did not begin with it.",
          view: "posts",
          filter: where("first_in.language:* AND NOT parent.status:origin"),
        },
        ["@timestamp", "lang", "platform", "account.name", "title", "story"],
      ),
    ],
    [
      "uncredited-copies",
      24,
      list({ title: "Copies that name no source", view: "posts", filter: UNCREDITED }, [
        ...["@timestamp", "platform", "account.name", "parent.relation", "parent.post", "parent.lag_seconds"],
        ...["title", "story"],
      ]),
    ],
  ]);
}

function relays(): readonly Panel[] {
  return row(33, 13, [
    [
      "relays",
      30,
      table(
        {
          title: "Accounts that follow state-controlled outlets",
          description:
            "Their chosen line of parents leads to such an outlet. It shows copying; it does not show coordination or intent.",
          view: "posts",
          filter: where("follows.affiliation:state\\-controlled"),
        },
        {
          // Two accounts may have one name, and two of very many one pseudonym.
          rows: [
            values("posts", "account.name", "account"),
            values("posts", "platform", "platform", 5),
            values("posts", "account.id", "account id", 5),
          ],
          metrics: [
            count("posts"),
            of("unique_count", "posts", "story", "stories"),
            of("unique_count", "posts", "follows.actor", "outlets"),
            count("without credit", where("parent.credit:uncredited")),
          ],
        },
      ),
    ],
    [
      "origins",
      18,
      table(
        {
          title: "Stories whose origin was not seen",
          description: "It lies outside the collection, or cannot be told from it.",
          view: "traces",
          filter: where("origin_status:(undetermined OR outside\\-collection)"),
        },
        {
          rows: [values("traces", "story", "story"), values("traces", "origin_status", "origin", 3)],
          metrics: [of("max", "traces", "posts", "posts")],
        },
      ),
    ],
  ]);
}

function alerts(): readonly Panel[] {
  return row(46, 12, [
    [
      "alerts-by-day",
      24,
      bars(
        { title: "Alerts by day and severity", view: "alerts" },
        {
          x: days("alerts", "raised_at"),
          by: values("alerts", "severity", "severity", 4),
          y: count("alerts"),
        },
      ),
    ],
    [
      "open-alerts",
      24,
      table(
        { title: "Open alerts by rule", view: "alerts", filter: where("state:open AND holds:true") },
        {
          rows: [values("alerts", "rule", "rule"), values("alerts", "severity", "severity", 4)],
          metrics: [
            count("alerts"),
            of("max", "alerts", "size", "largest"),
            of("unique_count", "alerts", "story", "stories"),
          ],
        },
      ),
    ],
  ]);
}

function collection(): readonly Panel[] {
  return row(58, 13, [
    [
      "sources",
      48,
      table(
        {
          title: "Sources and their crawls",
          description: "A source that fails or brings nothing is a hole in every finding below it.",
          view: "runs",
        },
        {
          rows: [values("runs", "source", "source", 100), values("runs", "collector", "collector", 1)],
          metrics: [
            count("crawls"),
            count("failed", where("status:failed")),
            of("sum", "runs", "seen", "records seen"),
            of("sum", "runs", "buckets.added", "new posts"),
            of("sum", "runs", "buckets.rejected", "rejected"),
          ],
          // What fails stands on top.
          first: 1,
        },
      ),
    ],
  ]);
}
