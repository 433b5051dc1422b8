/** Version of the official package whose answers these functions give. */
export function getCedarVersion(): string {
  return '4.13.0';
}

/** Version of the official SDK whose answers these functions give. */
export function getCedarSDKVersion(): string {
  return '4.13.0';
}

/** Version of the Cedar language. */
export function getCedarLangVersion(): string {
  return '4.5';
}
