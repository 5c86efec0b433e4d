import { SetAside } from "../contracts/errors.ts";
import { type Answer, statusText } from "./request.ts";

/** A 304 is no redirect, and 300 leaves the choice to a person. */
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
/** The two that say the address has changed for good. */
const PERMANENT: ReadonlySet<number> = new Set([301, 308]);

/** Redirects that lead nowhere: a loop, or more hops than anyone needs. */
export class EndlessRedirect extends SetAside {}

export function isRedirect(status: number): boolean {
  return REDIRECTS.has(status);
}

export interface Followed {
  readonly answer: Answer;
  readonly moved_to: string | null;
}

/**
 * Follows redirects one by one, so that each hop passes `ask` with its checks. `moved_to` is where the unbroken run of
 * permanent redirects from the first address leads.
 */
export async function followRedirects(
  url: string,
  most: number,
  ask: (url: string) => Promise<Answer>,
): Promise<Followed> {
  const chain = [url];
  let moved: string | null = null;
  let lasting = true;
  for (;;) {
    const here = chain.at(-1)!;
    const answer = await ask(here).catch((error: unknown) => {
      if (here === url || !(error instanceof SetAside)) throw error;
      throw new SetAside(`${url} redirects: ${told(chain)}. ${error.message}`, { cause: error });
    });
    if (!isRedirect(answer.status)) return { answer, moved_to: moved };
    const next = target(here, answer);
    lasting &&= PERMANENT.has(answer.status);
    if (lasting) moved = next;
    if (chain.includes(next))
      throw new EndlessRedirect(`${url} redirects in a loop: ${told([...chain, next])}.`);
    chain.push(next);
    if (chain.length - 1 > most) {
      throw new EndlessRedirect(`${url} redirects more than ${most} times: ${told(chain)}.`);
    }
  }
}

/** A URL that may be asked for: http or https, without a password in it. The fragment never leaves the client. */
export function checkedUrl(url: string): string {
  const parsed = URL.parse(url);
  if (parsed === null) throw new SetAside(`"${shortened(url)}" is no URL.`);
  if (parsed.protocol !== "http:" && parsed.protocol !== "https:") {
    throw new SetAside(
      `${shortened(url)}: only http and https are fetched, not ${parsed.protocol.slice(0, -1)}.`,
    );
  }
  if (parsed.username !== "" || parsed.password !== "") {
    throw new SetAside(`A URL of ${parsed.host} carries a user name or password; give it without.`);
  }
  parsed.hash = "";
  return parsed.href;
}

function target(here: string, answer: Answer): string {
  const location = answer.headers.location ?? "";
  const next = location === "" ? null : URL.parse(location, here);
  if (next === null) {
    throw new SetAside(`${here} answered ${statusText(answer.status)} without saying where to go.`);
  }
  let checked: string;
  try {
    checked = checkedUrl(next.href);
  } catch (error) {
    throw new SetAside(`${here} redirects: ${(error as SetAside).message}`, { cause: error });
  }
  if (here.startsWith("https:") && !checked.startsWith("https:")) {
    throw new SetAside(
      `${here} redirects from https to ${shortened(checked)}, which is not encrypted; it is not followed.`,
    );
  }
  return checked;
}

const told = (chain: readonly string[]): string => chain.map(shortened).join(" → ");

/** A URL in a sentence: a hostile one may be a megabyte. */
function shortened(url: string): string {
  return url.length > 300 ? `${url.slice(0, 300)}…` : url;
}
