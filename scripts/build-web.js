// Builds the dashboard into the folder given: its files named for their content, each beside itself compressed.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { build } from 'vite'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const outDir = resolve(process.argv[2] ?? join(root, 'dist/web'))
await build({
  configFile: join(root, 'web/vite.config.ts'),
  logLevel: 'warn',
  build: { outDir, emptyOutDir: true },
})
const assets = join(outDir, 'assets')
nameLicences()
for (const name of readdirSync(assets)) {
  const content = readFileSync(join(assets, name))
  writeFileSync(join(assets, `${name}.br`), brotliCompressSync(content))
  writeFileSync(join(assets, `${name}.gz`), gzipSync(content, { level: 9 }))
}

/** Licences of what is bundled ask that their texts go wherever it goes: a file beside it, that the page names. */
function nameLicences() {
  const unnamed = join(assets, 'licenses.md')
  const hash = createHash('sha256').update(readFileSync(unnamed)).digest('base64url').slice(0, 8)
  const name = `licenses-${hash}.md`
  renameSync(unnamed, join(assets, name))
  const page = join(outDir, 'index.html')
  const link = `    <link rel="license" href="/assets/${name}">\n  </head>`
  writeFileSync(page, readFileSync(page, 'utf8').replace('  </head>', link))
}
