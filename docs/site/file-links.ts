// Markdown links between files of the repository, turned into links between pages of the site.
import { relative } from 'node:path';
import type { MarkdownRenderer } from 'vitepress';
import { root, siteLink } from './pages.ts';

/** A plug-in for VitePress's Markdown. */
export function fileLinks(markdown: MarkdownRenderer): void {
  markdown.core.ruler.push('file-links', ({ tokens, env }) => {
    const { path, realPath = path } = env as { path: string; realPath?: string };
    const from = relative(root, realPath).replaceAll('\\', '/');
    for (const token of tokens.flatMap(({ children }) => children ?? [])) {
      if (token.type !== 'link_open') continue;
      token.attrSet('href', siteLink(token.attrGet('href') ?? '', from));
    }
  });
}
