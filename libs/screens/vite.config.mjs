import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

/** Builds the screens of one app: `vite build apps/<app> --config libs/screens/vite.config.mjs --outDir ../../dist/apps/<app>`. */
export default defineConfig({
  resolve: {
    alias: [
      {
        find: /^#libs\/([^/]+)$/,
        replacement: fileURLToPath(new URL('../$1/src/index.ts', import.meta.url)),
      },
    ],
  },
  build: {
    target: 'es2022',
    emptyOutDir: true,
    // nothing inline: the content security policy allows files of this site only
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1_000,
  },
});
