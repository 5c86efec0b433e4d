import type { Messages } from "./table.ts";

type Own = Pick<Messages, "field" | "health" | "remedy">;

/** How sources are, in English. */
export const healthEn: Own = {
  field: {
    title: "a title",
    text: "a text",
    date: "a date",
    account: "an account",
    url: "an address",
    media: "images or videos",
    counts: "counts",
    references: "links",
  },
  health: {
    expired: "token no longer works",
    blocked: "blocked",
    "changed-shape": "changed shape",
    failing: "failing",
    silent: "silent",
    late: "not read",
    low: "gives little",
    new: "never read",
    well: "well",
  },
  remedy: {
    expired: "Get a new token or key, and put it where the source's `…_env` or `…_file` says.",
    blocked:
      "Open the address in a browser. Ask more seldom, ask the owner for leave, or use another route; no check is passed by.",
    "changed-shape":
      "Look at the address in a browser and at `headwater export quarantine`; the collector or its selectors need mending.",
    failing: "Read the problem; if the site is up, look at the network and at the address in the config.",
    silent: "Open the address: it may have moved, or have ended, or have nothing to say.",
    late: "See that `headwater up`, or the workers of the roles schedule and collect, are running.",
    low: "Compare with the site: a part of it may have moved.",
    new: "`headwater crawl` reads it now.",
    well: "",
  },
};

/** The same in French. */
export const healthFr: Own = {
  field: {
    title: "un titre",
    text: "un texte",
    date: "une date",
    account: "un compte",
    url: "une adresse",
    media: "des images ou des vidéos",
    counts: "des décomptes",
    references: "des liens",
  },
  health: {
    expired: "jeton qui ne vaut plus",
    blocked: "bloquée",
    "changed-shape": "forme modifiée",
    failing: "en échec",
    silent: "muette",
    late: "non lue",
    low: "peu productive",
    new: "jamais lue",
    well: "en règle",
  },
  remedy: {
    expired:
      "Obtenir un nouveau jeton ou une nouvelle clé, et l’enregistrer là où l’indique `…_env` ou `…_file`.",
    blocked:
      "Ouvrir l’adresse dans un navigateur. Espacer les demandes, demander la permission au propriétaire ou passer par une autre voie; aucun contrôle n’est contourné.",
    "changed-shape":
      "Ouvrir l’adresse dans un navigateur et consulter `headwater export quarantine`; le collecteur ou ses sélecteurs sont à corriger.",
    failing: "Lire le message; si le site répond, vérifier le réseau et l’adresse dans la configuration.",
    silent: "Ouvrir l’adresse : la source a pu déménager, prendre fin ou n’avoir rien à dire.",
    late: "S’assurer que `headwater up`, ou les processus des rôles schedule et collect, sont en marche.",
    low: "Comparer avec le site : une partie a pu déménager.",
    new: "`headwater crawl` la lit tout de suite.",
    well: "",
  },
};
