import type { Words } from "./compose.ts";

// Invented outlets and places, everyday words; what is made of them means nothing and names nobody.

const list = (words: string) => words.split(" ");
const names = (words: string) => words.split("|");

export const ENGLISH: Words = {
  places: names(
    "Alder Falls|Stonebridge|Kestrel Bay|Pinehollow|the Marrow Valley|Larkspur County|Old Quarry|Tidewater|Copper Landing|Fennel Island|Northgate|Saltmarsh|Weaver's Ford|the Birch Hills|Harrow Point|Long Reach",
  ),
  outlets: names(
    "Meridian Dispatch|Falcon Television|Eastwind Agency|Harbour Courier|Northern Compass|Signal Nine|Grand Ledger|Steppe Radio",
  ),
  relays: names(
    "Kitchen Table Notes|Truth on the Prairie|The Daily Whistle|Coastline Watch|Grandpa Reads|Plain Talk Radio|Mossy Log|The Porch Light|Unfiltered Valley|Backroad Bulletin|Wide Awake Daily|" +
      "Riverbend Mail|Second Coffee|The Quiet Majority Post|Lantern Street|Hometown Wire|Fence Post News|Evening Kettle|Gravel Road Gazette|North of Here",
  ),
  persons: names(
    "Ada Renwick|Tobias Lund|Priya Castell|Oskar Weir|Hanne Bright|Jude Ormond|Calla Whit|Simon Thorne|Maren Dyce|Ivo Lark|Wanda Ferris|Noel Prine|Bess Hale|Aran Moss",
  ),
  nouns: list(
    "harbour contract orchard railway tenant medicine cable shopkeeper levee budget ballot quarry route warehouse border ranch waterworks register ticket forum tender blueprint witness ledger tunnel ferry passport " +
      "museum granary belfry guesthouse stadium theatre mine sawmill lighthouse market station hospital court newspaper bank union parliament customs nursery library tower cooperative convoy inspector volunteer brigade " +
      "builder fertilizer corn salmon timber cotton pottery battery chip petrol coal cannery honey wool tea coffee furniture toy raincoat glove tent bicycle radio telescope glacier envelope choir kitchen garden mayor " +
      "surgeon pilot farmer baker tailor miner teacher judge sailor printer",
  ),
  modifiers: list(
    "rusty expensive hidden public temporary unfamiliar crowded silent enormous fragile empty busy broken brand-new remote suspicious forgotten stranded free expired damp lawful nameless foreign ancient cheap wintry " +
      "coastal hilly private official hereditary unpaid nightly unfinished wooden borrowed blue stubborn hollow",
  ),
  verbs: list(
    "burdened concealed replaced purchased exposed ignored supported dismantled questioned postponed approved blocked repaired lit flooded registered removed raised crushed startled deceived rewrote guarded mortgaged " +
      "inspected rented recalled denied sponsored sealed counted abandoned persuaded audited transferred detained subsidised measured extended relocated outlived praised",
  ),
  adverbs: list(
    "quietly finally repeatedly nearly instead overnight openly vainly hastily gradually inevitably never eventually mostly still newly meanwhile reluctantly eagerly wordlessly naturally suddenly twice barely",
  ),
  numerals: list(
    "three dozen seventy nine twelve hundreds thousands eleven forty-two half-a-million sixteen ninety twenty-seven eighty-nine",
  ),
  clauses: [
    "the {modifier} {noun} {adverb} {verb} the {noun}",
    "a {noun} and a {noun} {adverb} {verb} every {modifier} {noun}",
    "{number} {noun} owners {adverb} {verb} a {noun}",
    "the {noun} beside the {noun} {verb} its {modifier} {noun}",
    "no {modifier} {noun} {adverb} {verb} our {noun}",
    "whoever {verb} the {noun} also {verb} a {modifier} {noun}",
    "each {noun} of the {noun} was {adverb} {verb}",
  ],
  sentences: [
    "{Person} said in {place} that {clause}, and that {clause}.",
    "{Clause}, {clause}, while {clause}.",
    "A {noun} in {place} explained that {clause}; {clause}.",
    "By the {noun}'s count {clause}, and {clause}.",
    "“{Clause},” said {person}. “{Clause}.”",
    "{Clause}, so that in {place} {clause}.",
  ],
  openers: names(
    "I think |So |Turns out |No wonder |They say |Sadly |Luckily |Surely |Wake up, |Honestly |Mind you, |Once more |Bet you |My aunt says |Funny how |Watch: |Told you, |Suppose |Rumour has it |Back home |Oh dear, |Fact: |Mark this: |Picture it: ",
  ),
  closers: names(
    ", no?|.|!|?|, sigh.|, just saying.|, wait for it.|, think about it.|, believe me.|, who knew.|, sad.|, end of story.",
  ),
  titles: ["{Person}: {clause}", "In {place} {clause}, and {clause}", "Behind the {noun}: {clause}"],
  greetings: [
    "Good morning from {name}, where {clause}.",
    "This is {name}, today on the {noun} and the {noun}.",
    "[{name}] {Clause}.",
  ],
  farewells: [
    "Follow {name}, {clause}.",
    "The {name} desk: {clause}, so share it with every {noun}.",
    "Put together by {name}, {clause}.",
  ],
  credits: ["Source: {name}", "According to {name}", "via {name}", "({name})"],
  joiner: " ",
};
