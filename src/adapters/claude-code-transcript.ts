import { type Result, success } from '../diagnostics/diagnostic.js';
import { isJsonArray, isJsonObject, type JsonValue } from '../json/json-value.js';
import { parseJson } from '../json/parse-json.js';
import { createSource } from '../text/source.js';

/**
 * What the model said last, by the end of a transcript of Claude Code (JSON Lines; the first line may be cut off).
 * Undefined when its last message holds no text. A line below it that is not JSON is a failure: it might be the message.
 */
export function lastAssistantText(transcript: string): Result<string | undefined> {
  const lines = transcript.split('\n');
  for (let index = lines.length - 1; index >= 0; index--) {
    const line = lines[index] ?? '';
    if (line.trim() === '') continue;
    const json = parseJson(createSource(line, '<transcript>'));
    if (!json.ok) return index === 0 ? success(undefined) : json;
    const message = isJsonObject(json.value) && json.value.type === 'assistant' ? json.value.message : undefined;
    if (isJsonObject(message)) return success(textOf(message.content));
  }
  return success(undefined);
}

function textOf(content: JsonValue | undefined): string | undefined {
  if (typeof content === 'string') return content;
  if (!isJsonArray(content)) return undefined;
  const texts = content.flatMap((part) => (isJsonObject(part) && typeof part.text === 'string' ? [part.text] : []));
  return texts.length === 0 ? undefined : texts.join('\n');
}
