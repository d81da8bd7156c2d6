/** Puts text on the clipboard. */

/**
 * Works in answer to a click, without the permission that the newer way asks for and that this page is never given.
 * Answers whether it has worked.
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
