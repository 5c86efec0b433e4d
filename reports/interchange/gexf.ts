import type { Format } from "./format.ts";
import { type Attributes, GRAPH_KINDS, GRAPH_NOTES, graphOf, type Values } from "./graph.ts";
import { markingText } from "./marking.ts";
import { xml } from "./xml.ts";

export const gexf: Format = {
  name: "gexf",
  title: "GEXF graph",
  summary: "A graph with times, for Gephi: who carried on what, and when.",
  notes: [
    ...GRAPH_NOTES,
    "Nodes and edges have a `start`, for Gephi’s timeline, where a time is known. It is GEXF 1.2, which all readers take.",
  ],
  references: ["https://gexf.net/schema.html"],
  kinds: GRAPH_KINDS,
  hasDefaultKind: true,
  carries: { links: ["posts"], accounts: ["links", "posts"] },
  async *write(kind, supply, context) {
    const graph = graphOf(kind, supply, context);
    const marking = markingText(context);
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2">\n';
    yield `<meta><creator>${xml(context.organisation)}</creator><description>${xml(marking ?? "")}</description></meta>\n`;
    yield '<graph mode="dynamic" defaultedgetype="directed" timeformat="date">\n';
    yield attributes("node", graph.node_attributes);
    yield attributes("edge", graph.edge_attributes);
    yield "<nodes>\n";
    for await (const { id, label, start, values } of graph.nodes()) {
      yield `<node id="${xml(id)}" label="${xml(label)}"${startOf(start)}>${valuesOf(values)}</node>\n`;
    }
    yield "</nodes>\n<edges>\n";
    for await (const { id, source, target, weight, start, values } of graph.edges()) {
      yield `<edge id="${xml(id)}" source="${xml(source)}" target="${xml(target)}" weight="${weight}"${startOf(start)}>${valuesOf(values)}</edge>\n`;
    }
    yield "</edges>\n</graph>\n</gexf>\n";
  },
};

function attributes(of: "node" | "edge", list: Attributes): string {
  const lines = list.map(([name, type]) => `<attribute id="${name}" title="${name}" type="${type}"/>`);
  return `<attributes class="${of}">${lines.join("")}</attributes>\n`;
}

function startOf(start: string | null): string {
  return start === null ? "" : ` start="${xml(start)}"`;
}

function valuesOf(values: Values): string {
  const cells = Object.entries(values).flatMap(([name, value]) =>
    value === null ? [] : [`<attvalue for="${name}" value="${xml(String(value))}"/>`],
  );
  return `<attvalues>${cells.join("")}</attvalues>`;
}
