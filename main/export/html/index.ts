/**
 * The format HTML: one file that opens in any browser, with the networks, their weights, an engine and a
 * page.
 */
import { catalogue } from '../../catalogue/index.ts';
import { checkFile } from '../check-file.ts';
import type { Exporter, ExportSubject } from '../exporter.ts';
import { documentOf } from './document.ts';
import { fileName } from './file-name.ts';
import { exampleLines, pageReadme } from './readme.ts';

export const html: Exporter = {
  files(subject) {
    const page = fileName(subject);
    return {
      [page]: documentOf(subject, { gan: labelOf(subject) }),
      'README.md': pageReadme(subject, { page }),
      'example.mjs': `${exampleLines(subject, { page }).join('\n')}\n`,
      'check.json': checkFile(subject, { layout: 'NHWC', fileOf: () => page }),
    };
  },
};

/** The label of the GAN, such as "DCGAN". */
const labelOf = ({ gan }: Pick<ExportSubject, 'gan'>): string =>
  catalogue().gans.find(({ kind }) => kind === gan)?.label ?? gan;
