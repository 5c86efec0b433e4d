import { healthFr } from "./health.ts";
import type { Messages } from "./table.ts";

// Canadian French: a no-break space before a colon and inside guillemets; plural from two on.
const n = (count: number, one: string, many: string) => `${count} ${count < 2 ? one : many}`;

/** Times are given to the minute: 9 h and a minute are 9 h. */
const TO_THE_MINUTE = 120;

export const fr: Messages = {
  statements: {
    "relay.accounts": ({ actors, affiliation, accounts, seconds }) =>
      `Un récit de ${actors} (${fr.affiliation[affiliation]}) a été relayé par ${n(accounts, "autre compte", "autres comptes")} en ${fr.seconds(seconds)}`,
    "relay.uncredited": ({ uncredited, posts }) =>
      uncredited === 0
        ? posts < 2
          ? "La publication nomme sa source"
          : `Les ${posts} publications nomment leur source`
        : `${n(uncredited, "publication", "publications")} sur ${posts} ${uncredited < 2 ? "ne nomme pas sa" : "ne nomment pas leur"} source`,
    "copies.uncredited": ({ actors, copies, accounts }) =>
      `${n(copies, "publication", "publications")} de ${n(accounts, "compte", "comptes")} ${copies < 2 ? "reprend" : "reprennent"} le texte de ${actors} sans mention de la source`,
    "pickup.language": ({ lang, post, certain }, { account, language }) =>
      `${certain ? "La première reprise" : "L’une des premières reprises"} en ${language(lang)} vient de ${account(post)}`,
    "pickup.platform": ({ platform, post, certain }, { account }) =>
      `${certain ? "La première reprise" : "L’une des premières reprises"} sur ${platform} vient de ${account(post)}`,
    "surge.count": ({ watch, day, posts, usual, p }) =>
      `« ${watch} » compte ${n(posts, "publication", "publications")} le ${day}; la moyenne habituelle est de ${decimal(usual)} par jour (p ${p < 1e-6 ? "< 0,000001" : `= ${p.toPrecision(2).replace(".", ",")}`})`,
    "surge.baseline": ({ days, first, last }) =>
      `La moyenne habituelle repose sur ${n(days, "jour antérieur", "jours antérieurs")}, du ${first} au ${last}`,
    "watch.posts": ({ watch, day, posts }) =>
      `« ${watch} » compte ${n(posts, "publication", "publications")} ${day === "unknown" ? "sans date connue" : `le ${day}`}`,
    "watch.category": ({ category }) => `Catégorie : ${fr.category(category)}`,
    "stale.source": ({ source, hours }) =>
      `${source} n’a rien apporté de nouveau depuis ${n(hours, "heure", "heures")}`,
    "stale.never": ({ source, hours }) =>
      `${source} n’a encore rien apporté, ${n(hours, "heure", "heures")} après la première collecte`,
    "stale.failed": ({ runs, problem }) =>
      `${n(runs, "collecte a", "collectes ont")} échoué depuis${problem === "" ? "" : `; dernier message : ${problem}`}`,
    "stale.empty": ({ runs }) =>
      `${n(runs, "collecte depuis n’a", "collectes depuis n’ont")} rien trouvé de nouveau, sans échec`,
    "stale.state": ({ source, state }) => `${source} : ${fr.health[state]}`,
    "health.new": () => "La source n’a jamais été lue",
    "health.expired": ({ runs, problem }) =>
      `Le jeton ne vaut plus; ${n(runs, "collecte a", "collectes ont")} échoué, dernier message : ${problem}`,
    "health.blocked": ({ runs, problem }) =>
      `La source nous refuse; ${n(runs, "collecte a", "collectes ont")} échoué, dernier message : ${problem}`,
    "health.changed-shape": ({ runs, problem }) =>
      `La source a changé de forme; ${n(runs, "collecte a", "collectes ont")} échoué, dernier message : ${problem}`,
    "health.failing": ({ runs, problem }) =>
      `${n(runs, "collecte a", "collectes ont")} échoué${problem === "" ? "" : `; dernier message : ${problem}`}`,
    "health.fell": ({ field, before, now, records }) =>
      `${now === 0 ? "Aucun" : `${now} %`} des ${records} derniers éléments ${now === 0 ? "ne porte" : "portent"} ${fr.field[field]}; c’était ${before} % auparavant`,
    "health.late": ({ hours }) =>
      `La source n’a pas été lue depuis ${n(hours, "heure", "heures")}, contrairement à l’horaire`,
    "health.silent": ({ hours, usual }) =>
      `Rien de nouveau depuis ${n(hours, "heure", "heures")}; d’habitude, il y a du nouveau en moins de ${n(usual, "heure", "heures")}`,
    "health.silent.unknown": ({ hours }) =>
      `Rien de nouveau depuis ${n(hours, "heure", "heures")}; le rythme habituel n’est pas encore connu`,
    "health.low": ({ latest, median, spread, hours }) =>
      `${n(latest, "nouvelle publication", "nouvelles publications")} ${hours === 1 ? "dans la dernière heure" : `dans les ${hours} dernières heures`}; d’habitude ${decimal(median)}, à ${decimal(spread)} près`,
    "deleted.posts": ({ deleted, posts, accounts }) =>
      `${n(deleted, "publication", "publications")} sur ${posts} d’un récit surveillé, de ${n(accounts, "compte", "comptes")}, ${deleted < 2 ? "a été supprimée" : "ont été supprimées"}`,
    "deleted.by": ({ by, posts }) => `${n(posts, "publication", "publications")} : ${fr.remover[by]}`,
    "contradiction.later": ({ post, declared }) =>
      `${post} nomme comme source ${declared}, qui a été publié après`,
    "contradiction.wording": ({ post, declared, followed }) =>
      `${post} déclare ${declared} comme source, mais son texte suit ${followed}`,
    "story.size": ({ posts, platforms, languages }) =>
      `L’ensemble du récit compte ${n(posts, "publication", "publications")} sur ${n(platforms, "plateforme", "plateformes")}, en ${n(languages, "langue", "langues")}`,
    "origin.observed": ({ confidence }) =>
      `Le point de départ a été observé (degré de confiance : ${fr.confidence[confidence]}), dans les limites de cette collecte`,
    "origin.outside": () => "Le point de départ se trouve hors de cette collecte",
    "origin.undetermined": () => "Les heures de publication ne permettent pas d’établir le point de départ",
    "sure.parents": ({ high, moderate, low }) =>
      `La source de chaque publication est établie avec un degré de confiance élevé pour ${high}, moyen pour ${moderate}, faible pour ${low}`,
    "sure.confirmed": ({ confirmed, suggested }) =>
      `${n(confirmed, "publication correspond", "publications correspondent")} à coup sûr à la veille, ${suggested} peut-être`,
    "sure.statistic": ({ days }) =>
      `Modèle binomial négatif sur ${n(days, "jour", "jours")}; il montre qu’un nombre est inhabituel, sans dire pourquoi`,
    "sure.visits": () =>
      "Chacune a été trouvée absente au moins deux fois, à une heure d’intervalle ou plus, et n’a pas été revue depuis; les heures sont celles de nos visites",
    "sure.runs": () => "Compté à partir des collectes elles-mêmes",
    "unknown.owners": ({ accounts }) =>
      `À qui ${n(accounts, "compte absent du registre appartient", "comptes absents du registre appartiennent")}`,
    "unknown.coordination": () =>
      "Si les comptes ont agi de concert : un texte commun montre une copie, non une coordination",
    "unknown.affiliation": () =>
      "L’intention de quiconque : relayer un texte ne montre ni affiliation ni intention",
    "unknown.reach": () => "Le nombre de personnes atteintes",
    "unknown.missing": () => "Ce qui a été supprimé ou n’a jamais été collecté",
    "unknown.sincerity": () => "Si les propos sont sérieux; une personne doit les lire",
    "unknown.cause": () => "La cause",
    "unknown.undetermined": ({ posts }) =>
      `La source de ${n(posts, "publication", "publications")} : les intervalles de publication se chevauchent`,
  },
  severity: { low: "faible", medium: "moyenne", high: "élevée", critical: "critique" },
  state: { open: "ouverte", acknowledged: "prise en charge", closed: "close" },
  affiliation: {
    "state-controlled": "contrôlé par un État",
    "state-affiliated": "affilié à un État",
    party: "parti",
    "public-broadcaster": "diffuseur public",
    private: "privé",
    unknown: "affiliation inconnue",
  },
  ...healthFr,
  remover: {
    author: "suppression par l’auteur",
    platform: "retrait par la plateforme",
    account: "disparition avec le compte",
    unknown: "retrait, on ne sait par qui",
  },
  confidence: { low: "faible", moderate: "moyen", high: "élevé" },
  category: (category) => CATEGORIES[category] ?? category,
  labels: {
    severity: "Gravité",
    since: "Quand",
    who: "Qui",
    how_sure: "Degré de certitude",
    not_known: "Ce qu’on ignore",
    links: "Liens",
  },
  link: { kibana: "Kibana", report: "Rapport", evidence: "Éléments de preuve" },
  words: {
    alert: (severity) => `Headwater, alerte de gravité ${severity}`,
    digest: (alerts) => `Headwater, sommaire de ${n(alerts, "alerte", "alertes")}`,
    of_rule: (rule, alerts) => `${rule} : ${n(alerts, "alerte", "alertes")}`,
    further: (alerts) =>
      `${n(alerts, "autre alerte n’est pas montrée", "autres alertes ne sont pas montrées")} ici; \`headwater alert list\` les donne toutes`,
    confidence: (level) => `Degré de confiance : ${level}`,
    span: (since, until) => `du ${since} au ${until}`,
    time_unknown: "à une heure inconnue",
    party: (name, posts, uncredited) =>
      `${name} : ${n(posts, "publication", "publications")}${uncredited === 0 ? "" : `, dont ${uncredited} sans mention de la source`}`,
    more_parties: (accounts) => `et ${n(accounts, "autre compte", "autres comptes")}`,
    withdrawn: "Les données actuelles ne confirment plus cette alerte",
  },
  seconds: (seconds) => {
    if (seconds < 3_600) return `${Math.max(1, Math.ceil(seconds / 60))} min`;
    const hours = Math.ceil((seconds - TO_THE_MINUTE) / 3_600);
    return hours < 72 ? `${hours} h` : `${Math.ceil(hours / 24)} jours`;
  },
};

const CATEGORIES: Readonly<Record<string, string>> = {
  "foreign-interference": "ingérence étrangère",
  "violent-extremism": "extrémisme violent",
  disinformation: "désinformation",
  other: "autre",
};

function decimal(value: number): string {
  return String(value).replace(".", ",");
}
