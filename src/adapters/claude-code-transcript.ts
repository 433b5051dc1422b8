import { isJsonArray, isJsonObject, type JsonValue } from '../json/json-value.js';
import { parseJson } from '../json/parse-json.js';
import { createSource } from '../text/source.js';

/**
 * What the model said last, by the end of a transcript of Claude Code (JSON Lines; the first line may be cut off).
 * Undefined when its last message holds no text.
 */
export function lastAssistantText(transcript: string): string | undefined {
  for (const line of transcript.split('\n').reverse()) {
    const json = line.trim() === '' ? undefined : parseJson(createSource(line));
    const message =
      json?.ok === true && isJsonObject(json.value) && json.value.type === 'assistant' ? json.value.message : undefined;
    if (isJsonObject(message)) return textOf(message.content);
  }
  return undefined;
}

function textOf(content: JsonValue | undefined): string | undefined {
  if (typeof content === 'string') return content;
  if (!isJsonArray(content)) return undefined;
  const texts = content.flatMap((part) => (isJsonObject(part) && typeof part.text === 'string' ? [part.text] : []));
  return texts.length === 0 ? undefined : texts.join('\n');
}
