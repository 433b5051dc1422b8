import { diagnostic, failure, type Result, success } from '../diagnostics/diagnostic.js';
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../json/json-value.js';
import { locatePointer } from '../json/locate.js';
import { parseJson } from '../json/parse-json.js';
import { createSource } from '../text/source.js';
import { CLAUDE_CODE_EVENTS } from './claude-code-input.js';
import { insertLast, removeItem } from './json-edit.js';

/** The end of every command that was installed, a comment to the shell: what uninstalling looks for. */
export const INSTALLED_MARK = '# installed by deodar hook';

export interface InstalledHook {
  /** Shell command without the parts that installing adds. */
  readonly command: string;
  /** Seconds until Claude Code gives up on it; the call then goes on, so the hook has to end earlier. */
  readonly timeout: number;
  /** Whether the hook only judges: then nothing that goes wrong with it may block either. */
  readonly shadow: boolean;
}

/** Only exit code 2 blocks, and a missing program or one that is killed ends with another; what ends with 1 is only shown. */
function commandEnd(shadow: boolean): string {
  return ` || exit ${shadow ? 1 : 2} ${INSTALLED_MARK}`;
}

/**
 * Settings text of Claude Code with a hook for every event that is judged. Whatever else is there keeps its bytes; an
 * entry that an earlier installation left is replaced. Text that is not JSON, comments included, is refused.
 */
export function installHooks(text: string, hook: InstalledHook, name?: string): Result<string> {
  const settings = readSettings(text, name);
  if (!settings.ok) return settings;
  const entries = new Map(CLAUDE_CODE_EVENTS.map((event) => [event, entryOf(event, hook)]));
  if (isInstalled(settings.value, entries)) return success(text);
  const cleared = uninstallHooks(text, name);
  if (!cleared.ok) return cleared;
  let edited = cleared.value;
  for (const [event, entry] of entries) edited = addEntry(edited, event, entry);
  return success(edited);
}

/**
 * Whether settings are what installing made of `before`, with whatever command: then that text is what uninstalling gives
 * back, be it empty objects and arrays that otherwise would go with what became empty.
 */
export function isInstalledOn(before: string, settings: string): boolean {
  const [hook] = ownHooks(settings);
  if (hook === undefined) return false;
  const again = installHooks(before, hook);
  return again.ok && again.value === settings;
}

/** What was installed, as `installHooks` takes it. */
function ownHooks(text: string): readonly InstalledHook[] {
  const settings = readSettings(text, undefined);
  if (!settings.ok) return [];
  return CLAUDE_CODE_EVENTS.flatMap((event) => groupsOf(settings.value, event))
    .flatMap(hooksOf)
    .flatMap((hook) => {
      if (!isOwn(hook) || !isJsonObject(hook) || typeof hook.command !== 'string') return [];
      const shadow = hook.command.endsWith(commandEnd(true));
      const command = hook.command.slice(0, -commandEnd(shadow).length);
      return [{ command, timeout: Number(hook.timeout), shadow }];
    });
}

/** Settings text without the hooks that `installHooks` added, and without what became empty by that. */
export function uninstallHooks(text: string, name?: string): Result<string> {
  let edited = text;
  for (;;) {
    const settings = readSettings(edited, name);
    if (!settings.ok) return settings;
    const pointer = removable(settings.value);
    if (pointer === undefined) return success(edited);
    const span = locatePointer(createSource(edited), pointer);
    if (span === undefined) return refuse('the entry cannot be found in the text', pointer, name);
    edited = removeItem(edited, span);
  }
}

/** The shell commands of the hooks that `installHooks` added, by the events that they judge. */
export function installedHooks(text: string, name?: string): Result<ReadonlyMap<string, string>> {
  const settings = readSettings(text, name);
  if (!settings.ok) return settings;
  const found = CLAUDE_CODE_EVENTS.flatMap((event) =>
    groupsOf(settings.value, event)
      .flatMap(hooksOf)
      .filter(isOwn)
      .flatMap((hook) =>
        isJsonObject(hook) && typeof hook.command === 'string' ? [[event, hook.command] as const] : [],
      ),
  );
  return success(new Map(found));
}

/** A setting that keeps Claude Code from running hooks of users and projects, and its value. */
export interface HookSwitch {
  readonly name: 'disableAllHooks' | 'allowManagedHooksOnly' | 'strictPluginOnlyCustomization';
  /** Whether hooks are off by it. */
  readonly off: boolean;
}

/**
 * The settings of a text that say whether hooks run. Only those of an organisation can allow nothing but its own hooks, or
 * those of plug-ins. Text that is not JSON says nothing.
 */
export function hookSwitches(text: string, managed: boolean): readonly HookSwitch[] {
  const settings = parseJson(createSource(text));
  if (!settings.ok || !isJsonObject(settings.value)) return [];
  const { disableAllHooks, allowManagedHooksOnly, strictPluginOnlyCustomization: strict = null } = settings.value;
  const found: HookSwitch[] = [];
  if (typeof disableAllHooks === 'boolean') found.push({ name: 'disableAllHooks', off: disableAllHooks });
  if (!managed) return found;
  if (typeof allowManagedHooksOnly === 'boolean')
    found.push({ name: 'allowManagedHooksOnly', off: allowManagedHooksOnly });
  if (typeof strict === 'boolean') found.push({ name: 'strictPluginOnlyCustomization', off: strict });
  if (isJsonArray(strict)) found.push({ name: 'strictPluginOnlyCustomization', off: strict.includes('hooks') });
  return found;
}

function readSettings(text: string, name: string | undefined): Result<JsonObject> {
  const parsed = parseJson(createSource(text, name));
  if (!parsed.ok) return parsed;
  const { value } = parsed;
  if (!isJsonObject(value)) return refuse('the settings are no object', '', name);
  if (value.hooks === undefined) return success(value);
  if (!isJsonObject(value.hooks)) return refuse('`hooks` is no object', '/hooks', name);
  for (const event of CLAUDE_CODE_EVENTS) {
    const groups = value.hooks[event];
    if (groups !== undefined && !isJsonArray(groups))
      return refuse(`\`${event}\` is no array`, `/hooks/${event}`, name);
  }
  return success(value);
}

function refuse(message: string, pointer: string, name: string | undefined): Result<never> {
  return failure([
    diagnostic('bad-settings', message, { pointer, file: name, help: 'mend the settings first; nothing was changed' }),
  ]);
}

function entryOf(event: string, { command, timeout, shadow }: InstalledHook): object {
  const hooks = [{ type: 'command', command: `${command}${commandEnd(shadow)}`, timeout }];
  return event.includes('ToolUse') ? { matcher: '*', hooks } : { hooks };
}

function isInstalled(settings: JsonObject, entries: ReadonlyMap<string, object>): boolean {
  return [...entries].every(([event, entry]) => {
    const own = groupsOf(settings, event).filter((group) => hooksOf(group).some(isOwn));
    return own.length === 1 && JSON.stringify(own[0]) === JSON.stringify(entry);
  });
}

/** JSON pointer of the first thing that uninstalling takes away as a whole. */
function removable(settings: JsonObject): string | undefined {
  const events = isJsonObject(settings.hooks) ? Object.keys(settings.hooks) : [];
  for (const event of CLAUDE_CODE_EVENTS) {
    const groups = groupsOf(settings, event);
    for (const [index, group] of groups.entries()) {
      const hooks = hooksOf(group);
      const at = hooks.findIndex(isOwn);
      if (at < 0) continue;
      if (hooks.length > 1) return `/hooks/${event}/${index}/hooks/${at}`;
      if (groups.length > 1) return `/hooks/${event}/${index}`;
      return events.length > 1 ? `/hooks/${event}` : '/hooks';
    }
  }
  return undefined;
}

function groupsOf({ hooks }: JsonObject, event: string): readonly JsonValue[] {
  const groups = isJsonObject(hooks) ? hooks[event] : undefined;
  return isJsonArray(groups) ? groups : [];
}

function hooksOf(group: JsonValue): readonly JsonValue[] {
  return isJsonObject(group) && isJsonArray(group.hooks) ? group.hooks : [];
}

function isOwn(hook: JsonValue): boolean {
  return isJsonObject(hook) && typeof hook.command === 'string' && hook.command.endsWith(INSTALLED_MARK);
}

function addEntry(text: string, event: string, entry: object): string {
  const source = createSource(text);
  const groups = locatePointer(source, `/hooks/${event}`);
  if (groups !== undefined) return insertLast(text, groups, entry);
  const hooks = locatePointer(source, '/hooks');
  if (hooks !== undefined) return insertLast(text, hooks, [entry], event);
  const root = locatePointer(source, '');
  return root === undefined ? text : insertLast(text, root, { [event]: [entry] }, 'hooks');
}
