import { type Diagnostic, diagnostic } from '../diagnostics/diagnostic.js';
import { didYouMean } from '../diagnostics/did-you-mean.js';

/** An event names a tool that the agent does not have. */
export function unknownTool(toolId: string, tools: Iterable<string>, help?: string): Diagnostic {
  const near = didYouMean(toolId, tools);
  const remedy =
    near === undefined ? (help ?? 'declare the tool in the agent') : `did you mean ${JSON.stringify(near)}?`;
  return diagnostic('unknown-tool', `the agent has no tool ${JSON.stringify(toolId.slice(0, 200))}`, {
    pointer: '/content/toolId',
    help: remedy,
  });
}
