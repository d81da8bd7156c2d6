/** A page that navigates away, empties itself or hangs is loaded again. */
import type { ElectronApplication } from '@playwright/test';
import { answerQuestions, expect, questionsOf, test } from './fixtures.ts';

/** Scripts by which a page navigates away. */
const LEAVING = {
  'to nothing': `location.assign('about:blank')`,
  'by a link to nothing': `{
    const link = document.createElement('a');
    link.href = 'about:blank';
    document.body.append(link);
    link.click();
  }`,
  'to what only a frame can show': `location.assign('about:srcdoc')`,
  'back to where it was before': `history.back()`,
};
const EMPTYING = {
  'by writing over itself': `document.write('x')`,
  'by opening itself anew': `document.open(); document.close()`,
  'by taking its content away': `document.documentElement.remove()`,
  'by another name': `history.pushState(null, '', '/none.html')`,
};
/** Navigations that are refused. */
const REFUSED = [
  `location.assign(URL.createObjectURL(new Blob(['<p>x'], { type: 'text/html' })))`,
  `location.assign('javascript:"x"')`,
  `location.assign('data:text/html,x')`,
  `location.assign('studio://app/none.html')`,
  `history.go(-9)`,
];

/**
 * What the window shows. Asked by Electron, as Playwright waits for refused navigations and gives up a
 * crashed page.
 */
function shown(app: ElectronApplication): Promise<unknown> {
  return app.evaluate(async ({ BrowserWindow }) => {
    const { webContents } = BrowserWindow.getAllWindows()[0]!;
    const script = `({
      links: document.querySelectorAll('nav a').length > 5,
      marked: document.body?.hasAttribute('data-before'),
    })`;
    const nothing = new Promise((resolve) => setTimeout(resolve, 500));
    const content = await Promise.race([
      webContents.executeJavaScript(script).catch(() => undefined),
      nothing,
    ]);
    return { page: webContents.getURL().split('#')[0], content };
  });
}

/** What the window shows of the app; `marked`: the same page as before, which was not loaded again. */
const studio = ({ marked }: { marked: boolean }) => ({
  page: 'studio://app/index.html',
  content: { links: true, marked },
});

async function isThere(app: ElectronApplication, given = { marked: false }): Promise<void> {
  await expect.poll(() => shown(app), { intervals: [50, 100, 200] }).toEqual(studio(given));
}

/** Marks the page, and runs a script in it. */
async function go(app: ElectronApplication, script: string): Promise<void> {
  await app.evaluate(({ BrowserWindow }, given) => {
    const { webContents } = BrowserWindow.getAllWindows()[0]!;
    void webContents.executeJavaScript(given).catch(() => undefined);
  }, `document.body.setAttribute('data-before', ''); ${script}`);
}

for (const [title, ways] of Object.entries({ 'leaves': LEAVING, 'is emptied': EMPTYING }))
  test(`a page that ${title} comes back`, async ({ app }) => {
    await isThere(app);
    for (const [name, way] of Object.entries(ways))
      await test.step(name, async () => {
        await go(app, way);
        await isThere(app);
      });
    for (const way of REFUSED) {
      await go(app, way);
      await new Promise((resolve) => setTimeout(resolve, 100));
      expect(await shown(app), way).toEqual(studio({ marked: true }));
    }
  });

test('the person is asked about a page that leaves again and again, and about one that hangs', async ({
  app,
}) => {
  await answerQuestions(app, 'Load again');
  await isThere(app);
  await app.evaluate(({ BrowserWindow }) => {
    const { webContents } = BrowserWindow.getAllWindows()[0]!;
    const leave = () =>
      void webContents.executeJavaScript(`location.assign('about:blank')`).catch(() => undefined);
    let left = 5;
    webContents.on('dom-ready', () => {
      if (webContents.getURL() !== 'about:blank' && left-- > 0) leave();
    });
    leave();
  });
  await expect.poll(() => questionsOf(app)).toEqual(['The window’s content went away again and again.']);
  await isThere(app);

  await go(app, 'setTimeout(() => { for (;;); }, 0)');
  await new Promise((resolve) => setTimeout(resolve, 300));
  // Chromium emits this itself only some seconds after an unanswered key or click.
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.emit('unresponsive'));
  await isThere(app);
  expect(await questionsOf(app)).toContain('The window does not answer.');
});
