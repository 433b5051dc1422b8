import { SoughtName } from '../values/field-list.js';

/** The names of attributes that the code of many conditions asks for, by where it asks. */
export class SoughtNames {
  private readonly names = new Map<string, SoughtName>();

  /** The same object for the same attribute of the same path, whose value mostly has the same names. */
  of(path: string | undefined, attribute: string): SoughtName {
    if (path === undefined) return new SoughtName(attribute);
    const key = `${path}${attribute}`;
    let name = this.names.get(key);
    if (name === undefined) {
      name = new SoughtName(attribute);
      this.names.set(key, name);
    }
    return name;
  }
}
