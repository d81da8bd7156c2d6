// @ts-check
/** What the environment gives to sign an app with. electron-builder reads the same variables. */

/** What names a certificate. @type {Partial<Record<NodeJS.Platform, string[]>>} */
const CERTIFICATE = { darwin: ['CSC_LINK', 'CSC_NAME'], win32: ['WIN_CSC_LINK', 'CSC_LINK'] };

/** Each is the first of a set that notarizing takes. */
const ACCOUNT = ['APPLE_API_KEY', 'APPLE_ID', 'APPLE_KEYCHAIN_PROFILE'];

/**
 * @param {NodeJS.Platform} platform
 * @param {NodeJS.ProcessEnv} environment
 */
export function signingOf(platform, environment) {
  const isGiven = (/** @type {string} */ name) => Boolean(environment[name]);
  const signed = (CERTIFICATE[platform] ?? []).some(isGiven);
  return { signed, notarized: platform === 'darwin' && signed && ACCOUNT.some(isGiven) };
}

/**
 * What is going to be done, in words; on Linux nothing is signed.
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
 * A workflow's secret that does not exist is an empty variable, which electron-builder takes for a certificate.
 * @param {NodeJS.ProcessEnv} environment
 */
export function forgetEmptySecrets(environment) {
  for (const [name, value] of Object.entries(environment)) {
    if (value === '' && /^((WIN_)?CSC|APPLE)_/.test(name)) delete environment[name];
  }
}
