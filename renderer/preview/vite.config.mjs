import { svelte } from '@sveltejs/vite-plugin-svelte';
export default { root: '/work/main/renderer/preview', base: './', plugins: [svelte()], build: { outDir: '/tmp/preview-out', emptyOutDir: true, target: 'chrome108', minify: false, modulePreload: { polyfill: false } } };
