import { type Figure, type Inline, say, type Text } from "../document/model.ts";

/** What became of posts after they were collected, in English. */
export const laterEn = {
  heading: "What became of the posts",
  looked: (looked: Figure, all: Figure): Text =>
    say`${looked} of the ${all} posts were looked at again after they were collected.`,
  deleted: (post: Inline, who: string, how: string, from: string, to: string): Text =>
    say`${post} by ${who}: ${how}, between ${from} and ${to}.`,
  edited: (post: Inline, who: string, from: string, to: string): Text =>
    say`${post} by ${who}: its wording was changed between ${from} and ${to}; both versions are kept.`,
  before: (post: Inline, at: string): Text => say`${post} as it stood at ${at}`,
  after: (post: Inline, at: string): Text => say`${post} as it was found at ${at}`,
  unconfirmed: (post: Inline, who: string, at: string): Text =>
    say`${post} by ${who}: not found at ${at}; one finding is no deletion.`,
  unreachable: (n: Figure): Text => say`Posts that could not be reached when last looked at: ${n}.`,
  bounds:
    "Times are those of our visits. A post is called deleted when it was found gone at least twice, an hour or more apart, and not seen since.",
  deletedItem: (how: string, from: string, to: string) =>
    `Deleted: ${how}, between ${from} and ${to}. SHA-256 of what said so:`,
  deletedBare: (how: string, from: string, to: string) => `Deleted: ${how}, between ${from} and ${to}.`,
  editedItem: (from: string, to: string) => `Wording changed between ${from} and ${to}.`,
};

/** How sources were, in English. */
export const sourcesEn = {
  health: "Health",
  lastSuccess: "Last success",
  since: (state: string, time: string) => `${state} since ${time}`,
  notRead: (source: string, from: string, to: string) => `${source} was not read from ${from} to ${to}`,
  blindDay: (sources: string, all: string) =>
    `${sources} of ${all} sources were not read for most of the day`,
  shaded: "Shaded: a source was not read; what is missing there is no finding.",
};

/** The same in French. */
export const sourcesFr: typeof sourcesEn = {
  health: "État",
  lastSuccess: "Dernier succès",
  since: (state, time) => `${state} depuis le ${time}`,
  notRead: (source, from, to) => `${source} n’a pas été lue du ${from} au ${to}`,
  blindDay: (sources, all) =>
    `${sources} des ${all} sources n’ont pas été lues pendant la plus grande partie de la journée`,
  shaded: "En grisé : une source n’a pas été lue; une absence n’y est pas un constat.",
};

const many = ({ value }: Figure) => value > 1;

/** The same in French. */
export const laterFr: typeof laterEn = {
  heading: "Ce que les publications sont devenues",
  looked: (looked, all) =>
    say`${looked} des ${all} publications ${many(looked) ? "ont été revisitées" : "a été revisitée"} après leur collecte.`,
  deleted: (post, who, how, from, to) => say`${post} de ${who} : ${how}, entre le ${from} et le ${to}.`,
  edited: (post, who, from, to) =>
    say`${post} de ${who} : texte modifié entre le ${from} et le ${to}; les deux versions sont conservées.`,
  before: (post, at) => say`${post}, texte constaté le ${at}`,
  after: (post, at) => say`${post}, texte trouvé le ${at}`,
  unconfirmed: (post, who, at) =>
    say`${post} de ${who} : absente le ${at}; un seul constat ne vaut pas suppression.`,
  unreachable: (n) => say`Publications injoignables lors de la dernière visite : ${n}.`,
  bounds:
    "Les heures sont celles de nos visites. Une publication est dite supprimée quand elle a été trouvée absente au moins deux fois, à une heure d’intervalle ou plus, et n’a pas été revue depuis.",
  deletedItem: (how, from, to) =>
    `Supprimée : ${how}, entre le ${from} et le ${to}. SHA-256 de ce qui l’indique :`,
  deletedBare: (how, from, to) => `Supprimée : ${how}, entre le ${from} et le ${to}.`,
  editedItem: (from, to) => `Texte modifié entre le ${from} et le ${to}.`,
};
