// Markdown links between files of the repository, turned into links between pages of the site.
import { relative } from 'node:path';
import type { MarkdownRenderer } from 'vitepress';
import { root, siteLink } from './pages.ts';

type Tokens = ReturnType<MarkdownRenderer['parse']>;

/** A plug-in for VitePress's Markdown. What a link to a file that is no page says stays, without the link. */
export function fileLinks(markdown: MarkdownRenderer): void {
  markdown.core.ruler.push('file-links', ({ tokens, env }) => {
    const { path, realPath = path } = env as { path: string; realPath?: string };
    const from = relative(root, realPath).replaceAll('\\', '/');
    for (const token of tokens) {
      if (token.children !== null) token.children = withSiteLinks(token.children, from);
    }
  });
}

function withSiteLinks(tokens: Tokens, from: string): Tokens {
  let isDropped = false;
  return tokens.filter((token) => {
    if (token.type === 'link_close') return !isDropped;
    if (token.type !== 'link_open') return true;
    const link = siteLink(token.attrGet('href') ?? '', from);
    isDropped = link === undefined;
    if (link !== undefined) token.attrSet('href', link);
    return !isDropped;
  });
}
