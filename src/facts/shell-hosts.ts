import { isPlaceSetting, isPlaceVariable } from './host-words.js';
import { contact, contactPlace, isMetadata } from './shell-actions.js';
import type { Call, Handler } from './shell-call.js';
import type { Machine } from './shell-machine.js';
import { noteSetting } from './shell-notes.js';
import { type Field, plainField, sliceField } from './shell-values.js';

/** What settings hold in the place of a host. */
const noHost = /^(?:|\d{1,5}|true|false|yes|no|on|null|undefined|none|off|direct|default|auto|\*|\/.*)$/i;

/** Contacts the host that a setting names, by its key and its value. */
export function contactSetting(machine: Machine, key: string, value: Field): void {
  if (!isPlaceSetting(key)) return;
  const bare = /^(["'])(.*)\1$/s.exec(value.text);
  const field = bare === null ? value : plainField(bare[2] ?? '');
  if (field.unknown !== undefined || !noHost.test(field.text)) contactPlace(machine, field);
}

/** A setting given as `name=value` or `name value`, as `-o` of ssh and apt takes it. */
export function readSettingText({ machine, name }: Call, field: Field): void {
  const [start = '', key = ''] = /^\s*([^\s=]*)(?:\s*=\s*|\s+)?/.exec(field.text) ?? [];
  noteSetting(machine, name, key);
  contactSetting(machine, key, sliceField(field, start.length));
}

/** Words of `config set`, each `key=value`, or a key and then its value. */
export const settings: Handler = ({ machine, name, args }) => {
  args.operands.forEach((field, index) => {
    const equals = field.text.indexOf('=');
    const key = equals < 0 ? field.text : field.text.slice(0, equals);
    const value = equals < 0 ? args.operands[index + 1] : sliceField(field, equals + 1);
    if (index === 0 || equals > 0) noteSetting(machine, name, key);
    if (value !== undefined) contactSetting(machine, key, value);
  });
  return undefined;
};

/**
 * Contacts what a variable of the environment tells a program to contact. What a program makes of a variable of its own is
 * not known; the metadata service is the business of none.
 */
export function contactVariable(machine: Machine, name: string, value: Field): void {
  const { text } = value;
  if (isPlaceVariable(name)) {
    if (text === '' && value.unknown !== undefined) machine.findings.hosts.add('unknown');
    // Go is told several, which stand in for each other.
    const pieces = text.split(name.startsWith('GO') ? /[|,\s]+/ : /\s+/, 64);
    for (const piece of pieces) if (!noHost.test(piece)) contact(machine, { ...value, text: piece });
  } else if (text.includes('://')) {
    const host = /:\/\/([^/?#\s]{1,256})/.exec(text)?.[1] ?? '';
    if (isMetadata(machine, host.slice(host.lastIndexOf('@') + 1))) contact(machine, value);
  }
}
