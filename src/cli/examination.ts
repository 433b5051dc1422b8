/** What somebody should know about one thing that a project has, or could have. */
export interface Examination {
  readonly name: string;
  /** `none`: it is not there, and need not be. */
  readonly status: 'ok' | 'warn' | 'fail' | 'none';
  readonly message: string;
  /** What to do about it. */
  readonly remedy?: string;
}

export function examination(
  name: string,
  status: Examination['status'],
  message: string,
  remedy?: string,
): Examination {
  return { name, status, message, ...(remedy === undefined ? {} : { remedy }) };
}
