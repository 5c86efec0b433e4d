import type { Format } from "./format.ts";
import { type Attributes, GRAPH_KINDS, GRAPH_NOTES, graphOf, type Values } from "./graph.ts";
import { markingText } from "./marking.ts";
import { xml } from "./xml.ts";

export const graphml: Format = {
  name: "graphml",
  title: "GraphML graph",
  summary: "The same graph for igraph, networkx, Cytoscape and yEd.",
  notes: GRAPH_NOTES,
  references: ["http://graphml.graphdrawing.org/specification.html"],
  kinds: GRAPH_KINDS,
  hasDefaultKind: true,
  carries: { links: ["posts"], accounts: ["links", "posts"] },
  async *write(kind, supply, context) {
    const graph = graphOf(kind, supply, context);
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n';
    yield keys("node", [["label", "string"], ...graph.node_attributes]);
    yield keys("edge", [["weight", "double"], ...graph.edge_attributes]);
    yield '<key id="graph.marking" for="graph" attr.name="marking" attr.type="string"/>\n';
    yield '<graph id="headwater" edgedefault="directed">\n';
    const marking = markingText(context);
    if (marking !== null) yield `<data key="graph.marking">${xml(marking)}</data>\n`;
    for await (const { id, label, values } of graph.nodes()) {
      yield `<node id="${xml(id)}">${data("node", { label, ...values })}</node>\n`;
    }
    for await (const { id, source, target, weight, values } of graph.edges()) {
      yield `<edge id="${xml(id)}" source="${xml(source)}" target="${xml(target)}">${data("edge", { weight, ...values })}</edge>\n`;
    }
    yield "</graph>\n</graphml>\n";
  },
};

/** An attribute of a node may have the name of an edge's, so keys bear both. */
function keys(of: "node" | "edge", list: Attributes): string {
  return list
    .map(
      ([name, type]) =>
        `<key id="${of}.${name}" for="${of}" attr.name="${name}" attr.type="${type === "integer" ? "int" : type}"/>\n`,
    )
    .join("");
}

function data(of: "node" | "edge", values: Values): string {
  return Object.entries(values)
    .flatMap(([name, value]) =>
      value === null ? [] : [`<data key="${of}.${name}">${xml(String(value))}</data>`],
    )
    .join("");
}
