import type { Affiliation } from "../../contracts/actor.ts";
import type { Credit, EvidenceKind, Relation } from "../../contracts/link.ts";
import type { OriginStatus } from "../../contracts/trace.ts";
import { type Figure, type Inline, say, type Text } from "../document/model.ts";
import { languageName, listed } from "../words.ts";
import type { en } from "./en.ts";
import { CONFIDENCES } from "./estimates.ts";
import { laterFr, sourcesFr } from "./later.ts";

/** In French zero and one are singular. */
const many = (figure: Figure): boolean => figure.value >= 2;
const of = (figure: Figure, one: string, more: string): Text => say`${figure} ${many(figure) ? more : one}`;

const affiliations: Readonly<Record<Affiliation, string>> = {
  "state-controlled": "sous contrôle d’un État",
  "state-affiliated": "affilié à un État",
  party: "parti",
  "public-broadcaster": "diffuseur public",
  private: "privé",
  unknown: "affiliation inconnue",
};

const relations: Readonly<Record<Relation, string>> = {
  repost: "repartage",
  quote: "citation",
  reply: "réponse",
  copy: "copie",
  "near-copy": "copie quasi identique",
  excerpt: "extrait",
  "copy-with-commentary": "copie commentée",
  headline: "titre repris",
  translation: "traduction",
  "shared-link": "lien",
  "shared-media": "même image ou vidéo",
};

const credits: Readonly<Record<Credit, string>> = {
  credited: "source mentionnée",
  uncredited: "source non mentionnée",
  unknown: "—",
};

const evidence: Readonly<Record<EvidenceKind, string>> = {
  stated: "indiqué par la plateforme",
  declared: "déclaré par la publication",
  link: "lien vers la page",
  credit: "nommé dans le texte",
  wording: "texte commun",
  headline: "même titre",
  media: "même image ou vidéo",
};

const origins: Readonly<Record<OriginStatus, string>> = {
  observed: "observée",
  "outside-collection": "hors de la collection",
  undetermined: "indéterminée",
};

/** Every word of a report in French, in Canadian typography: no space before ; ! ? and one before a colon. */
const french: typeof en = {
  locale: "fr-CA",
  lags: {
    day: "j",
    unknown: "délai inconnu",
    orderUnknown: "ordre inconnu",
    before: (duration) => `${duration} avant`,
    between: (least, most) => `de ${least} à ${most}`,
    upTo: (most) => `au plus ${most}`,
    moreThan: (least) => `plus de ${least}`,
  },
  confidences: {
    low: CONFIDENCES.low.fr,
    moderate: CONFIDENCES.moderate.fr,
    high: CONFIDENCES.high.fr,
  },
  affiliations,
  relations,
  credits,
  evidence,
  origins,
  listed: (words) => listed(words, "et"),
  language: (tag) => languageName(tag, { locale: "fr-CA", unknown: "langue inconnue" }),
  pseudonym: (name) => name.replace(/^(\S+) account ([0-9a-f]{6})$/, "compte $1 $2"),
  quoted: (text: Inline): Text => say`« ${text} »`,
  page: { skip: "Passer au contenu", contents: "Table des matières", inWords: "La figure en mots" },
  compared: { leftOut: "omis", added: "ajouté", nothing: "rien de notable" },
  sources: {
    heading: "D’où viennent les nombres",
    explained:
      "Chaque nombre du rapport mène ici : à une requête qui redonne le même nombre à partir du même index, ou aux éléments comptés.",
    table: "les lignes du tableau",
    noItems: "Aucun élément trouvé; aucun n’est compté.",
  },
  counts: {
    posts: (n) => of(n, "publication", "publications"),
    accounts: (n) => of(n, "compte", "comptes"),
    stories: (n) => of(n, "sujet", "sujets"),
    sources: (n) => of(n, "source", "sources"),
    links: (n) => of(n, "lien", "liens"),
  },
  headings: {
    summary: "Sommaire",
    assessment: "Évaluation de l’analyste",
    timeline: "Chronologie",
    observed: "Ce qui a été observé",
    firsts: "Premières reprises",
    spread: "Qui a relayé, et comment",
    copies: "Les copies côte à côte",
    context: "Contexte temporel : événements et sujets antérieurs",
    exposure: "Exposition",
    unknowns: "Ce qui n’a pu être établi",
    contradictions: "Contradictions",
    method: "Méthode et limites",
    annex: "Annexe : éléments",
    scope: "Portée et ressources",
    interference: "Ingérence étrangère : observations",
    violence: "Extrémisme violent : observations",
    watches: "Récits surveillés",
    coverage: "Couverture et fraîcheur des sources",
    relays: "Comptes ayant relayé des médias sous contrôle d’un État",
    background: "Contexte",
    results: "Observations sur la période",
    weeks: "Semaine par semaine",
    alerts: "Alertes",
  },
  kinds: {
    story: (title) => `Note d’analyse : ${title}`,
    sitrep: (from, to) => `Rapport de situation, du ${from} au ${to}`,
    afterAction: (name) => `Rapport après action : ${name}`,
    watch: (name) => `Récit surveillé : ${name}`,
    storySubtitle: (story, asOf) => say`Sujet ${story}, selon l’état de l’index au ${asOf}.`,
    periodSubtitle: (asOf) => say`Selon l’état de l’index au ${asOf}.`,
  },
  tables: {
    spread:
      "Membres par ordre chronologique. Recouvrement : part de la publication présente dans sa source / de la source présente dans la publication.",
    relays:
      "Comptes absents du registre, ou qui ne sont pas sous contrôle d’un État, dont les publications remontent à un média sous contrôle d’un État.",
    annex:
      "Le SHA-256 est celui des octets recueillis. La fiabilité de la source et de l’élément (code de l’Amirauté) est attribuée par des personnes.",
    sources:
      "Dernière collecte de chaque source : avant la fin de la période s’il y en a eu une, sinon la plus récente.",
    earlier: "Sujets antérieurs ayant commencé par le même acteur ou le même compte.",
    events: "Événements du calendrier de la configuration.",
    stories:
      "Sujets de la période comportant des publications de médias sous contrôle d’un État, les plus relayés d’abord.",
    platforms: "Publications de la période par plateforme.",
    languages: "Publications de la période par langue.",
    days: "Publications par jour.",
    weeks: "Publications et sujets par semaine.",
    watches: "Récits surveillés, d’après leurs requêtes.",
    alerts: "Alertes émises pendant la période.",
    number: "Nº",
    account: "Compte",
    platform: "Plateforme",
    published: "Publication",
    after: "Délai",
    parent: "Source",
    relation: "Relation",
    credit: "Mention",
    overlap: "Recouvrement",
    confidence: "Confiance",
    language: "Langue",
    item: "Élément",
    url: "Adresse",
    hash: "SHA-256",
    admiralty: "Code de l’Amirauté",
    story: "Sujet",
    stories_: "Sujets",
    posts: "Publications",
    uncredited: "Sans mention",
    medianLag: "Délai médian",
    source: "Source de collecte",
    lastRun: "Dernière collecte",
    state: "Résultat",
    seen: "Vus",
    rejected: "Mis de côté",
    event: "Événement",
    date: "Date",
    origin: "Origine",
    carriers: "Relayé par",
    name: "Nom",
    category: "Catégorie",
    severity: "Gravité",
    statePickUp: "Reprise par un média d’État",
  },
  span: (posts, platforms, from, to) =>
    say`${of(posts, "publication", "publications")} sur ${platforms}, du ${from} au ${to}.`,
  spanUnknown: (posts, platforms) =>
    say`${of(posts, "publication", "publications")} sur ${platforms}, à des moments inconnus.`,
  originSentence: {
    observed: (post, who, language) =>
      say`Dans la collection, le sujet commence par ${post} de ${who}, en ${language}.`,
    "outside-collection": (post, who, language) =>
      say`Le sujet a commencé hors de la collection; la plus ancienne publication observée est ${post} de ${who}, en ${language}.`,
    undetermined: (post, who, language) =>
      say`On ne peut dire où le sujet a commencé; parmi les plus anciennes publications observées figure ${post} de ${who}, en ${language}.`,
  },
  originConfidence: (confidence) =>
    say`Les éléments qui appuient ce constat sont de confiance ${confidence}.`,
  originWhy: {
    observed: "Aucune publication antérieure de la collection ne l’explique.",
    "outside-collection":
      "La publication renvoie à une source qui n’a pas été recueillie, ou partage avec d’autres un texte qu’aucune n’a pris à l’autre.",
    undetermined:
      "Les moments de publication des plus anciens éléments se chevauchent; aucun ne peut être placé avant les autres.",
  },
  otherRoots: (n) =>
    many(n)
      ? say`${n} autres membres n’ont pas non plus de source dans la collection.`
      : say`${n} autre membre n’a pas non plus de source dans la collection.`,
  firstIn: (language, post, who, certain) =>
    say`${certain ? "La première publication" : "L’une des premières publications"} en ${language} est ${post} de ${who}.`,
  firstOn: (platform, post, who, certain) =>
    say`${certain ? "La première publication" : "L’une des premières publications"} sur ${platform} est ${post} de ${who}.`,
  debt: (lag, parent, credit) => {
    if (credit === "credited") return say`Elle suit ${parent} (délai : ${lag}) et la mentionne comme source.`;
    if (credit === "uncredited")
      return say`Elle suit ${parent} (délai : ${lag}) sans la mentionner comme source.`;
    return say`Elle suit ${parent} (délai : ${lag}); on ignore si elle la mentionne comme source.`;
  },
  debtUndetermined: (candidates) =>
    say`Sa source est indéterminée : les moments de publication se chevauchent. Candidats : ${candidates}.`,
  debtOutside: "Elle renvoie à une source qui n’a pas été recueillie.",
  relayed: (posts, uncredited) =>
    say`${of(posts, "publication d’un autre compte remonte", "publications d’autres comptes remontent")} à des médias sous contrôle d’un État; ${uncredited} ${many(uncredited) ? "d’entre elles ne mentionnent pas la publication qu’elles suivent" : "d’entre elles ne mentionne pas la publication qu’elle suit"}.`,
  notRelayed: "Aucune publication d’un autre compte ne remonte à un média sous contrôle d’un État.",
  stateOutlet: (name, posts, cited) => say`${name} : ${posts} (${cited}).`,
  registeredOn: (source, date, confidence) =>
    say` Inscrit comme tel au registre d’après ${source}, ${date}, confiance ${confidence}.`,
  followers: (posts, accounts, cited) =>
    say` ${of(posts, "publication", "publications")} de ${of(accounts, "autre compte", "autres comptes")} y ${many(posts) ? "remontent" : "remonte"} : ${cited}.`,
  compare: {
    parent: (post, who) => say`Source ${post} ${who}`,
    child: (post, who, relation, credit) =>
      say`${post} ${who} : ${relation}${credit === "—" ? "" : `, ${credit}`}`,
    shown: (shown, all) =>
      say`${shown} des ${all} copies sont montrées; la commande pour les autres est \`headwater trace --json\`.`,
    none: "Aucun membre ne partage de texte avec sa source.",
    gap: "[…]",
  },
  drawing: {
    timeline: (accounts) =>
      say`Chaque couloir est un compte (${accounts} en tout), chaque marque une publication avec son numéro dans l’annexe; les lignes mènent d’une publication à celle qui en est issue. Quand seul un intervalle est connu, il est tracé comme une barre.`,
    timelineTitle: "Qui a publié quand, et ce qui vient de quoi",
    state: "sous contrôle d’un État",
    registered: "autre acteur du registre",
    other: "absent du registre",
    credited: "source mentionnée",
    uncredited: "aucune mention observée",
    morePosts: (n) => say` ${n} publications plus tardives ou d’autres comptes ne sont pas représentés.`,
    postSaid: (number, who, when) => `${number} : ${who}, ${when}`,
    postFrom: (parent) => ` à partir de ${parent}`,
    postAlone: " sans source ici",
    spreadTitle: "Ce qui vient de quoi",
    spread:
      "Chaque publication figure à droite de celle dont elle est issue; les lignes tiretées sont des publications où aucune mention de la source n’a été observée.",
    daysTitle: "Publications par jour",
    dayCount: (day, count) => `${day} : ${count}`,
    events: (names) => ` Événements : ${names}.`,
  },
  exposure: {
    none: (n) =>
      many(n)
        ? say`Aucune des ${n} publications ne donne de nombre de vues; on ne peut donc rien dire de leur visibilité.`
        : say`La publication (${n}) ne donne pas de nombre de vues; on ne peut donc rien dire de sa visibilité.`,
    interval: (least, most, counted, all) =>
      say`Entre ${least} et ${most} visionnements, d’après les compteurs de ${counted} des ${all} publications.`,
    method:
      "La borne inférieure est le plus grand compteur : tous les autres visionnements pourraient être ceux des mêmes personnes. La borne supérieure est la somme des compteurs : aucune personne n’aurait vu deux publications. Les compteurs sont ceux des plateformes au moment de la collecte; ils dénombrent des visionnements, non des personnes, et leur authenticité ne peut être établie.",
    silent: (n) =>
      say`${of(n, "publication n’a", "publications n’ont")} pas de compteur; ce qu’${many(n) ? "elles ajoutent" : "elle ajoute"} est inconnu.`,
    engagement: (n) =>
      say`Mentions « j’aime », repartages et commentaires comptés par les plateformes : ${n}.`,
  },
  context: {
    noEvents:
      "Le calendrier de la configuration n’a aucun événement pendant le sujet ni dans la semaine qui le précède.",
    eventBeside: (date, name, kind) => say`${date} : ${name}${kind === "" ? "" : ` (${kind})`}.`,
    beside:
      "Qu’une publication et un événement soient proches dans le temps ne dit rien du motif de la publication.",
    noEarlier: "Aucun sujet antérieur de l’index n’a commencé par le même acteur ou le même compte.",
    earlierState: (n, all) =>
      say`Parmi ${of(all, "sujet antérieur", "sujets antérieurs")} de cette origine, ${n} ${many(n) ? "comptaient" : "comptait"} une publication d’un média sous contrôle d’un État.`,
    yes: "oui",
    no: "non",
  },
  unknown: {
    beyondOrigin: "On ignore si l’origine elle-même s’appuyait sur un élément extérieur à la collection.",
    outside: "L’origine n’a pas été recueillie; on ignore ce qu’elle disait, et quand.",
    whichFirst:
      "Les moments de publication ne permettent pas de dire laquelle des plus anciennes publications a précédé les autres.",
    owners: (n) =>
      say`On ignore qui possède ou gère ${many(n) ? say`les ${n} comptes absents` : say`le compte (${n}) absent`} du registre.`,
    together:
      "Un seul sujet ne permet pas de dire si les comptes ont agi de concert : un texte commun montre une copie, non une coordination.",
    intent:
      "Qu’un compte reprenne le texte d’un média sous contrôle d’un État ne montre ni affiliation ni intention.",
    undetermined: (n) =>
      say`Pour ${of(n, "publication", "publications")}, la source est indéterminée : les moments de publication se chevauchent.`,
    undated: (n) =>
      say`${of(n, "publication n’a", "publications n’ont")} pas de moment de publication utilisable; seul celui de la collecte est connu.`,
    seen: "Les compteurs seuls ne disent pas combien de personnes ont vu ces publications, ni si les interactions sont authentiques.",
    missing:
      "Les publications supprimées ou jamais recueillies manquent; un relais peut avoir copié l’une d’elles.",
  },
  method: {
    copies:
      "Les textes sont comparés par leurs lettres et chiffres normalisés; deux textes sont liés quand une part suffisante de l’un se trouve dans l’autre, passage par passage. La part de chaque texte présente dans l’autre est le recouvrement.",
    parents:
      "La source d’une publication est celle qu’elle indique, déclare, pointe ou nomme, sinon celle qui explique la plus grande part de son texte; quand deux moments de publication se chevauchent, aucun ordre n’est affirmé.",
    confidence:
      "La confiance est celle de la directive 203 du renseignement américain (ICD 203) : la qualité des éléments, non la probabilité d’un dessein. Elle est tenue à part de la probabilité.",
    limits: [
      "Les textes de langues différentes ne sont rapprochés que par les liens, les mentions et les sources déclarées; une traduction non signalée n’est pas repérée.",
      "Une paraphrase qui partage peu de suites de caractères n’est pas repérée.",
      "Rien ici ne prouve une affiliation, une intention ou une coordination. L’origine ethnique, la langue et le lieu de résidence de particuliers ne sont jamais des indices.",
      "Les comptes de particuliers sont désignés par des pseudonymes.",
    ],
    version: (version) => say`Établi par : ${version}.`,
  },
  scope: {
    period: (from, to) => say`Période : du ${from} au ${to}.`,
    monitoring: (name, from, to) => say`Période de surveillance de ${name} : du ${from} au ${to}.`,
    collected: (posts, sources) =>
      say`${of(posts, "publication parue", "publications parues")} pendant la période, ${many(posts) ? "recueillies" : "recueillie"} auprès de ${of(sources, "source", "sources")}.`,
    stories: (stories, linked) =>
      say`${of(stories, "sujet compte", "sujets comptent")} une publication dans la période; ${linked} d’entre eux ${many(linked) ? "comptent" : "compte"} une publication d’un média sous contrôle d’un État.`,
    definition:
      "L’ingérence étrangère s’entend au sens de la Loi sur la protection de l’information et des rapports publics du Groupe de travail sur les menaces en matière de sécurité et de renseignements visant les élections : une activité menée par un État étranger ou pour son compte, clandestine, trompeuse ou menaçante pour une personne, et contraire aux intérêts nationaux. Le présent rapport décrit ce qui a été publié; il revient à des personnes de juger si cela répond à la définition.",
    cyber:
      "La cybersécurité est hors de la portée du présent rapport : Headwater ne recueille que des publications et des articles publics.",
  },
  later: laterFr,
  health: sourcesFr,
  didNotObserve: {
    uncredited: (from, to) =>
      say`Du ${from} au ${to}, dans les sources énumérées sous « Couverture », nous n’avons observé aucune publication reprenant sans mention le texte d’un média sous contrôle d’un État.`,
    watch: (name, from, to) =>
      say`Du ${from} au ${to}, dans les sources énumérées sous « Couverture », nous n’avons observé aucune publication correspondant à « ${name} ».`,
    noWatches:
      "Aucun récit surveillé n’est configuré pour cette catégorie; on ne peut donc rien en dire, et ce n’est pas un constat d’absence.",
    bounded: (read, all) =>
      say`Ce qui n’a pas été observé est borné par ce qui a été recueilli : ${read} des ${of(all, "source", "sources")} ont été lues sans échec lors de leur dernière collecte de la période.`,
  },
  storyLine: (story, title, posts, carriers, uncredited) =>
    say`${story} « ${title} » : ${of(posts, "publication", "publications")}; ${of(carriers, "publication d’un autre compte remonte", "publications d’autres comptes remontent")} à un média sous contrôle d’un État, dont ${uncredited} sans mention de la source.`,
  watchLine: (name, n) => say`« ${name} » : ${of(n, "publication", "publications")} pendant la période.`,
  noRuns: "aucune collecte pendant la période",
  runStates: { running: "en cours", done: "terminée", failed: "échouée", interrupted: "interrompue" },
  notes: {
    heading: "Sections de l’analyste",
    empty: "Aucune évaluation n’a été rédigée.",
    file: (file) =>
      `<!-- Rédigé par les analystes; conservé quand le rapport est refait. Markdown. Probabilité et confiance jamais dans une même phrase (ICD 203). Les sections commencent par « ## » et les noms ci-dessous. Fichier de : ${file} -->`,
    admiraltyHelp:
      "<!-- Codes de l’Amirauté par numéro d’élément, un par ligne : « 3 : B2 » (source A à F, élément 1 à 6). Laissé vide : non attribué. -->",
    admiralty: "Codes de l’Amirauté",
  },
};

/** With no-break spaces inside « » and before a colon, so that no line begins with a mark. */
function typeset<T>(value: T): T {
  if (typeof value === "string") return value.replace(/ ([:»])/g, "\u00a0$1").replace(/« /g, "«\u00a0") as T;
  if (typeof value === "function") {
    const call = value as unknown as (...given: unknown[]) => unknown;
    return ((...given: unknown[]) => typeset(call(...given))) as T;
  }
  if (Array.isArray(value))
    return value.map((part) => (typeof part === "string" ? typeset(part) : part)) as T;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, typeset(each)])) as T;
}

export const fr: typeof en = typeset(french);
