/**
 * A number of 64 bits as the official generator of MCP requests writes it: at least one digit after the point, and
 * powers of ten from 1e16 on and below 1e-4. The digits are the fewest that tell it from its neighbours.
 */
export function floatText(value: number): string {
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0';
  const [mantissa = '', exponent = '0'] = Math.abs(value).toExponential().split('e');
  const digits = mantissa.replace('.', '');
  // How many of the digits stand before the point.
  const point = Number(exponent) + 1;
  const sign = value < 0 ? '-' : '';
  if (point > 16 || point < -3) return `${sign}${mantissa}e${point - 1}`;
  if (point >= digits.length) return `${sign}${digits.padEnd(point, '0')}.0`;
  if (point > 0) return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
  return `${sign}0.${digits.padStart(digits.length - point, '0')}`;
}
