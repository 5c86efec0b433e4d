/**
 * Words of estimative probability, each with its range in percent. Source: Office of the Director of National
 * Intelligence, Intelligence Community Directive 203, "Analytic Standards" (2015), section D.6.e(2)(a).
 */
export const LIKELIHOODS = [
  { range: [1, 5], en: ["almost no chance", "remote"], fr: ["presque aucune chance", "infime"] },
  {
    range: [5, 20],
    en: ["very unlikely", "highly improbable"],
    fr: ["très peu probable", "très improbable"],
  },
  { range: [20, 45], en: ["unlikely", "improbable"], fr: ["peu probable", "improbable"] },
  { range: [45, 55], en: ["roughly even chance", "roughly even odds"], fr: ["chances à peu près égales"] },
  { range: [55, 80], en: ["likely", "probable"], fr: ["probable", "vraisemblable"] },
  { range: [80, 95], en: ["very likely", "highly probable"], fr: ["très probable", "très vraisemblable"] },
  { range: [95, 99], en: ["almost certain", "nearly certain"], fr: ["presque certain", "quasi certain"] },
] as const;

/** How good the evidence is; ICD 203 keeps it out of any sentence that states a likelihood. */
export const CONFIDENCES = {
  low: { en: "low", fr: "faible" },
  moderate: { en: "moderate", fr: "moyenne" },
  high: { en: "high", fr: "élevée" },
} as const;

const LIKELIHOOD_WORDS = LIKELIHOODS.flatMap(({ en, fr }) => [...en, ...fr]);
const LIKELIHOOD = new RegExp(`(?<!\\p{L})(?:${LIKELIHOOD_WORDS.join("|")})(?:e?s?)(?!\\p{L})`, "iu");
const CONFIDENCE =
  /(?<!\p{L})(?:(?:low|moderate|high)\s+confidence|confiance\s+(?:faible|moyenne|élevée))(?!\p{L})/iu;

/** Sentences that state a likelihood and a confidence at once: a reader cannot tell which of the two is meant. */
export function mixedSentences(text: string): readonly string[] {
  return text
    .split(/(?<=[.!?…])\s+|\n{2,}/u)
    .map((sentence) => sentence.trim())
    .filter((sentence) => LIKELIHOOD.test(sentence) && CONFIDENCE.test(sentence));
}
