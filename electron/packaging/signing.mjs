// @ts-check
/** Whether an app is signed, judging by the environment variables that electron-builder reads too. */

/** Variables that name a certificate; one is enough. @type {Partial<Record<NodeJS.Platform, string[]>>} */
const CERTIFICATE = { darwin: ['CSC_LINK', 'CSC_NAME'], win32: ['WIN_CSC_LINK', 'CSC_LINK'] };

/** Each is the first of a set of variables for notarizing; one set is enough. */
const ACCOUNT = ['APPLE_API_KEY', 'APPLE_ID', 'APPLE_KEYCHAIN_PROFILE'];

/**
 * @param {NodeJS.Platform} platform
 * @param {NodeJS.ProcessEnv} environment
 */
export function signingOf(platform, environment) {
  const isSet = (/** @type {string} */ name) => Boolean(environment[name]);
  const signed = (CERTIFICATE[platform] ?? []).some(isSet);
  return { signed, notarized: platform === 'darwin' && signed && ACCOUNT.some(isSet) };
}

/**
 * Says what is signed and notarized; on Linux nothing is.
 * @param {NodeJS.Platform} platform
 * @param {NodeJS.ProcessEnv} environment
 */
export function signingInWords(platform, environment) {
  const { signed, notarized } = signingOf(platform, environment);
  const names = CERTIFICATE[platform];
  if (!names) return 'The packages are not signed.';
  if (!signed) return `The app is not signed: ${names.join(' and ')} are not set.`;
  if (platform === 'win32') return 'The app and its installer are signed.';
  return notarized
    ? 'The app is signed and notarized.'
    : `The app is signed, but not notarized: ${ACCOUNT.join(', ')} are not set.`;
}

/**
 * Deletes empty variables: a workflow's missing secret is one, and electron-builder would take it for a
 * certificate.
 * @param {NodeJS.ProcessEnv} environment
 */
export function forgetEmptySecrets(environment) {
  for (const [name, value] of Object.entries(environment)) {
    if (value === '' && /^((WIN_)?CSC|APPLE)_/.test(name)) delete environment[name];
  }
}
