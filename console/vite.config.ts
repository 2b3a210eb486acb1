/// <reference types="vitest/config" />
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  plugins: [react()],
  build: {
    outDir: 'dist',
    // Fonts and pictures stay files: a data: address would need a wider content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    license: { fileName: 'licences/packages.md' },
    chunkSizeWarningLimit: 900,
  },
  server: { proxy: { '/api': { target: 'http://localhost:8090', ws: true } } },
  test: { environment: 'node', include: ['src/**/*.test.{ts,tsx}'] },
});
