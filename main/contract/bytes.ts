/** Numbers of bytes as people read them. */

const UNITS = ['kB', 'MB', 'GB', 'TB'];

/** "812 B", "4.0 kB" or "12 MB"; 1 kB is 1,000 bytes. */
export function bytesInWords(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  let scaled = bytes;
  let unit = -1;
  do {
    scaled /= 1000;
    unit++;
  } while (scaled >= 999.5 && unit < UNITS.length - 1);
  return `${scaled < 9.95 ? scaled.toFixed(1) : Math.round(scaled)} ${UNITS[unit]}`;
}
