import { StrictMode, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { LanguageProvider } from './language.js';
import { RouterProvider } from './router.js';

/** Puts the screens of an app into its page. */
export function startScreens(app: ReactNode): void {
  createRoot(document.getElementById('screens')!).render(
    <StrictMode>
      <LanguageProvider>
        <RouterProvider>{app}</RouterProvider>
      </LanguageProvider>
    </StrictMode>,
  );
}
