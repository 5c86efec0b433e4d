import path from "node:path";
import { MANIFEST, STAMP } from "./files.ts";
import type { Held } from "./held.ts";

interface Told {
  readonly post: string;
  readonly held: readonly Held[];
  readonly without: readonly string[];
  readonly captures: number;
}

/** How somebody without Headwater checks a bundle, in English and French. */
export function readme(told: Told): string {
  const { post, held, captures, without } = told;
  const { closed, stamped, open } = filesOf(held);
  const problems = held.flatMap((each) => each.problems);
  const stamps = (lang: "en" | "fr") =>
    stamped.size === 0
      ? lang === "en"
        ? "No manifest has a timestamp: the hashes show that nothing has changed since the manifest was written, and not when that was.\n"
        : "Aucun manifeste n'est horodaté : les empreintes montrent que rien n'a changé depuis l'écriture du manifeste, mais pas quand elle a eu lieu.\n"
      : `\`\`\`sh\n${[...stamped].map(command).join("\n")}\n\`\`\`\n`;
  return `# Evidence of a post

Post: \`${post}\`. Answers of servers: ${captures}.${without.length === 0 ? "" : ` Bytes that the post names and that are not held: ${without.length} (\`captures.json\`).`}

*(La version française suit.)*

- \`post.json\`: the post as it was read, with every wording it has had and every later visit.
- \`captures.json\`: what was asked, when, and the hash of each answer; its \`problems\` name whatever did not check out here.
- \`warc/\`: each answer with its request (a message of a stream comes without being asked for, and has none), as it came, in the format WARC 1.1 (ISO 28500). Cookies and secret headers are left out.
- \`bodies/\`: the same bodies decoded. They end in \`.bin\` because a page may run programs: open them as text.
- \`manifests/\`: hashes of the files the answers were taken from, written when each file was closed${stamped.size > 0 ? ", and their timestamps" : ""}.
${problems.length === 0 ? "" : `\n**${problems.length} problems were found when this was made:**\n\n${problems.map((each) => `- ${each}`).join("\n")}\n`}${open.size === 0 ? "" : `\nStill being written when this was made, and so without a manifest: ${[...open].join(", ")}.\n`}
## To check it

Nothing was changed since this was made:

\`\`\`sh
sha256sum --check SHA256SUMS
\`\`\`

${closed.size === 0 ? "" : `The answers are those that were in the files when these were closed:\n\n\`\`\`sh\n(cd warc && for manifest in ../manifests/*${MANIFEST}; do sha256sum --check --ignore-missing "$manifest"; done)\n\`\`\`\n\n`}The manifests existed at the time that a timestamp service states (RFC 3161). \`tsa.pem\` is the certificate of the service's authority: take it from the service, not from us.

${stamps("en")}
The records fit their own digests, by a program that is not ours:

\`\`\`sh
pip install warcio
warcio check --verbose warc/*.warc.gz
\`\`\`

The post was read from these bytes: one of the hashes is the \`sha256\` of a version in \`post.json\`.

\`\`\`sh
sha256sum bodies/*.bin
\`\`\`

Hashes and timestamps show that bytes are unchanged, and since when. They do not show that what a page said was true, nor who wrote it.

# Preuve d'une publication

Publication : \`${post}\`. Réponses de serveurs : ${captures}.${without.length === 0 ? "" : ` Octets que la publication cite et qui ne sont pas détenus : ${without.length} (\`captures.json\`).`}

- \`post.json\` : la publication telle qu'elle a été lue, avec chacune de ses formulations et chaque visite ultérieure.
- \`captures.json\` : ce qui a été demandé, quand, et l'empreinte de chaque réponse; \`problems\` nomme tout ce qui n'a pas pu être vérifié ici.
- \`warc/\` : chaque réponse avec sa requête (un message d'un flux arrive sans être demandé et n'en a pas), telle que reçue, au format WARC 1.1 (ISO 28500). Les témoins et les en-têtes secrets sont omis.
- \`bodies/\` : les mêmes corps décodés. Leur nom finit par \`.bin\`, car une page peut exécuter des programmes : ouvrez-les comme du texte.
- \`manifests/\` : les empreintes des fichiers d'où viennent les réponses, écrites à la fermeture de chaque fichier${stamped.size > 0 ? ", et leurs horodatages" : ""}.
${problems.length === 0 ? "" : `\n**${problems.length} problèmes ont été relevés à la création (en anglais, ci-dessus).**\n`}${open.size === 0 ? "" : `\nEncore en cours d'écriture à la création, et donc sans manifeste : ${[...open].join(", ")}.\n`}
## Pour vérifier

Rien n'a changé depuis la création :

\`\`\`sh
sha256sum --check SHA256SUMS
\`\`\`

${closed.size === 0 ? "" : `Les réponses sont celles que contenaient les fichiers à leur fermeture :\n\n\`\`\`sh\n(cd warc && for manifest in ../manifests/*${MANIFEST}; do sha256sum --check --ignore-missing "$manifest"; done)\n\`\`\`\n\n`}Les manifestes existaient à l'heure qu'indique un service d'horodatage (RFC 3161). \`tsa.pem\` est le certificat de l'autorité du service : obtenez-le du service, et non de nous.

${stamps("fr")}
Les enregistrements correspondent à leurs propres empreintes, selon un programme qui n'est pas le nôtre :

\`\`\`sh
pip install warcio
warcio check --verbose warc/*.warc.gz
\`\`\`

La publication a été lue dans ces octets : l'une des empreintes est le \`sha256\` d'une version dans \`post.json\`.

\`\`\`sh
sha256sum bodies/*.bin
\`\`\`

Les empreintes et les horodatages montrent que des octets sont inchangés, et depuis quand. Ils ne montrent ni que le contenu d'une page était vrai, ni qui l'a écrit.
`;
}

function filesOf(held: readonly Held[]) {
  const named = (each: Held) => path.posix.basename(each.capture.file);
  const closed = new Set(held.filter(({ file }) => file === "closed").map(named));
  const open = new Set(held.filter(({ file }) => file === "open").map(named));
  const stamped = new Set(held.filter(({ stamp }) => stamp !== null).map(named));
  return { closed, open, stamped };
}

function command(file: string): string {
  const manifest = `manifests/${file}${MANIFEST}`;
  return `openssl ts -verify -data ${manifest} -in manifests/${file}${STAMP} -CAfile tsa.pem`;
}
