/** Copies text to the clipboard. */

/**
 * Copies the text; returns whether that worked. Call it in answer to a click. It uses the deprecated command
 * because the Clipboard API needs a permission that this page never has.
 */
export function copyText(text: string): boolean {
  const put = (event: ClipboardEvent): void => {
    event.clipboardData?.setData('text/plain', text);
    event.preventDefault();
  };
  document.addEventListener('copy', put, { once: true });
  try {
    // eslint-disable-next-line @typescript-eslint/no-deprecated
    return document.execCommand('copy');
  } finally {
    document.removeEventListener('copy', put);
  }
}
