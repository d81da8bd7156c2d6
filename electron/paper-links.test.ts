/** The page opens papers in the browser, and nothing else. */
import { expect, test } from 'vitest';
import { catalogue } from '#main/catalogue/index.ts';
import { PaperLinks } from './paper-links.ts';

const PAPER = 'https://arxiv.org/abs/1406.2661';
const entry = (url: string) => ({ paper: { title: 'A paper', url } });
const withPapers = (...urls: string[]) => ({
  gans: urls.map(entry),
  losses: [],
  stabilisers: [],
  optimizers: [],
});

test('before the catalogue is known, no address is opened', () => {
  expect(new PaperLinks().allows(PAPER)).toBe(false);
});

test('an address of the catalogue is opened, and no other', () => {
  const links = new PaperLinks();
  links.learn(withPapers(PAPER));
  expect(links.allows(PAPER)).toBe(true);
  for (const url of [
    'https://arxiv.org/abs/1406.26610',
    `${PAPER}?x=1`,
    `${PAPER}#x`,
    'http://arxiv.org/abs/1406.2661',
    'https://me@arxiv.org/abs/1406.2661',
    'https://arxiv.org.example.com/abs/1406.2661',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'studio://app/index.html',
    '',
  ])
    expect(links.allows(url), url).toBe(false);
});

test('an entry whose address is no https address opens nothing', () => {
  const links = new PaperLinks();
  links.learn(withPapers('file:///etc/passwd', 'http://example.com/', 'not an address'));
  for (const url of ['file:///etc/passwd', 'http://example.com/', 'not an address'])
    expect(links.allows(url)).toBe(false);
});

test('every paper of the catalogue can be opened', () => {
  const links = new PaperLinks();
  const { gans, losses, stabilisers, optimizers, ...rest } = catalogue();
  links.learn({ gans, losses, stabilisers, optimizers, ...rest });
  for (const { paper } of [...gans, ...losses, ...stabilisers, ...optimizers])
    expect(links.allows(paper.url), paper.url).toBe(true);
});
