/** Members of any object. */
export type Members = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null;
}

/** Whether an object has the prototype of plain data, so that its own members are all there is. */
export function isPlain(value: object): value is Members {
  return isOrdinary(value) || Object.getPrototypeOf(value) === null;
}

/**
 * Whether an object has the prototype of most objects. The host looks a prototype up without a call where it knows the
 * layout of the object, as behind the access to a member.
 */
export function isOrdinary(value: object): value is Members {
  return value.constructor === Object && Object.getPrototypeOf(value) === Object.prototype;
}
