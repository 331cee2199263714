import { readdirSync, readFileSync } from 'node:fs';
import { startBrowser } from './harness/browser.ts';
const names = process.argv.slice(2);
const browser = await startBrowser();
const page = await browser.newPage({ viewport: { width: 2000, height: 1130 } });
for (const name of names) {
  const img = (w: number, s: string, css: number) => `<img style="width:${css}px;vertical-align:top;margin:4px" src="data:image/png;base64,${readFileSync(`/tmp/shots/${name}-${w}-${s}.png`).toString('base64')}">`;
  await page.setContent(`<body style="margin:0;background:#777">${['light','dark'].map(s=>img(360,s,265)).join('')}${['light','dark'].map(s=>img(768,s,405)).join('')}<br>${['light','dark'].map(s=>img(1440,s,880)).join('')}`);
  await page.screenshot({ path: `/tmp/sheet-${name}.png` });
}
await browser.close();
