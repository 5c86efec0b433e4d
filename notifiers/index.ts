import type { Notifier } from "../contracts/notifier.ts";
import { console } from "./console.ts";
import { discord } from "./discord.ts";
import { email } from "./email.ts";
import { matrix } from "./matrix.ts";
import { mattermost } from "./mattermost.ts";
import { slack } from "./slack.ts";
import { teams } from "./teams.ts";
import { webhook } from "./webhook.ts";

/** Every channel that alerts can be told on, by its name in config, in alphabetical order. */
export const notifiers: Readonly<Record<string, Notifier>> = {
  console,
  discord,
  email,
  matrix,
  mattermost,
  slack,
  teams,
  webhook,
};
