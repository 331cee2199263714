import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.js';
import { Page } from './gravy/page.js';
import { PageContext } from './parts/context.js';

const root = document.querySelector('#page');
if (root === null) throw new Error('The page has no place for its content.');
const page = new Page();
void page.start();
createRoot(root).render(
  <StrictMode>
    <PageContext value={page}>
      <App />
    </PageContext>
  </StrictMode>,
);
