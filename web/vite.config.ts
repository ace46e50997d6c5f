import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  // The server puts a nonce in its place: src/server/plugins/dashboard.ts.
  html: { cspNonce: '__NONCE__' },
  build: {
    outDir: '../dist/web',
    emptyOutDir: true,
    // Nothing by data: addresses, which the policy of the page refuses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // Whose code is in it, and under which licence: scripts/build-web.js gives it its name.
    license: { fileName: 'assets/licenses.md' },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 700,
  },
  // For work on the dashboard: `npx vite web`, beside `wonlost serve`.
  server: { proxy: { '/v1': 'http://127.0.0.1:8787' } },
})
