import { type Command, Exit, textOption, UsageError } from '../command.js';
import { entityGraph } from '../entity-graph.js';
import { readEntitiesFile } from '../load-entities.js';

export const visualize: Command = {
  result: 'other',
  options: { entities: { type: 'string' } },
  help: `deodar visualize: draw entities and their hierarchy

Usage: deodar visualize [FILE|-]

Prints a graph in the language DOT of Graphviz: a box for each entity, one frame
for each entity type, an arrow from each entity to each of its direct parents.
Parents that are not among the entities have a dashed box.

Options:
      --entities FILE  the same as a path without the option
      --format FORMAT  of problems: pretty, json, sarif or github
      --json           the same as --format json
  -h, --help           this text

Exit codes: 0 drawn, 1 failure

Examples:
  deodar visualize entities.json > entities.dot
  cat entities.json | deodar visualize --entities -
`,
  run: async (session, positionals, options) => {
    const [file, another] = [...positionals, textOption(options, 'entities')].filter((name) => name !== undefined);
    if (file === undefined) throw new UsageError('no entities: name their file');
    if (another !== undefined) throw new UsageError('one file of entities at a time');
    const store = await readEntitiesFile(session, file);
    session.report(store.diagnostics);
    if (!store.ok) return Exit.failure;
    session.out(entityGraph(store.value));
    return Exit.ok;
  },
};
