import type { EntityStore } from '../entities/entity.js';
import { compareCodePoints } from '../text/code-point-order.js';
import { escapeText, printEntityUid } from '../values/print.js';
import type { EntityUid } from '../values/value.js';

/** Entities as a graph in the language DOT: a cluster for each type, edges from members to direct parents. */
export function entityGraph(store: EntityStore): string {
  const nodes = new Map<string, Map<string, string>>();
  const edges: string[] = [];
  const addNode = (uid: EntityUid, isKnown: boolean): void => {
    const ofType = nodes.get(uid.type) ?? new Map<string, string>();
    nodes.set(uid.type, ofType);
    const id = quote(printEntityUid(uid));
    if (!ofType.has(id)) ofType.set(id, `${id} [label=${quote(escapeText(uid.id))}${isKnown ? '' : ', style=dashed'}]`);
  };
  for (const { uid } of store.entities()) addNode(uid, true);
  for (const { uid, parents } of store.entities()) {
    for (const parent of parents) {
      addNode(parent, false);
      edges.push(`\t${quote(printEntityUid(uid))} -> ${quote(printEntityUid(parent))}\n`);
    }
  }
  const clusters = [...nodes]
    .sort(([a], [b]) => compareCodePoints(a, b))
    .map(([type, ofType]) => {
      const lines = [...ofType.values()].map((node) => `\t\t${node}\n`).join('');
      return `\tsubgraph ${quote(`cluster_${type}`)} {\n\t\tlabel=${quote(type)}\n${lines}\t}\n`;
    });
  return `strict digraph {\n\tordering="out"\n\tnode [shape=box]\n${clusters.join('')}${edges.join('')}}\n`;
}

/** A string of DOT, where only quotes and backslashes mean something. */
function quote(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}
