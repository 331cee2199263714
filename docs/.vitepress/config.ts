// The documentation as a site, made of the Markdown files of the repository as they are. Nothing in it is loaded from elsewhere.
import { defineConfig } from 'vitepress';
import { fileLinks } from '../site/file-links.ts';
import { excluded, pagePath, root } from '../site/pages.ts';
import { sidebar } from '../site/sidebar.ts';

export default defineConfig({
  title: 'Gravy',
  description: 'End-to-end encrypted chat between two machines, with no server in between.',
  lang: 'en',
  srcDir: root,
  srcExclude: [...excluded],
  rewrites: pagePath,
  // Otherwise every config.ts below the root is taken for one of this site's.
  additionalConfig: {},
  // A link that leads nowhere fails the build.
  ignoreDeadLinks: false,
  cleanUrls: true,
  markdown: { config: fileLinks },
  themeConfig: {
    nav: [
      { text: 'Getting started', link: '/docs/getting-started' },
      { text: 'JSON-RPC', link: '/docs/rpc' },
      { text: 'Libraries', link: '/api/', target: '_self' },
      { text: 'Specification', link: '/docs/spec/protocol' },
    ],
    sidebar,
    outline: [2, 3],
    search: { provider: 'local' },
  },
});
