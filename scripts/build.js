// Compiles kernels/ to WebAssembly, then src, training and data into dist/, and web/ into
// dist/web. Written to a folder apart and swapped in, so that
// a failed or interrupted build never leaves a half-written dist/.
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const compiler = join(root, 'node_modules/typescript/bin/tsc')
if (!existsSync(compiler)) {
  // Installs from a packed tarball, and a checkout that was built before, have dist/.
  if (existsSync(join(root, 'dist'))) process.exit(0)
  console.error(
    'wonlost: cannot build without the packages for development, which --omit=dev and NODE_ENV=production leave out.\n' +
      'To build and then keep only what runs: npm ci --include=dev && npm prune --omit=dev',
  )
  process.exit(1)
}
const kernels = spawnSync(process.execPath, [join(root, 'scripts/build-kernels.js')], { stdio: 'inherit' })
if (kernels.status !== 0) process.exit(kernels.status ?? 1)
const fresh = join(root, `dist.${process.pid}`)
const result = spawnSync(
  process.execPath,
  [compiler, '-p', join(root, 'tsconfig.build.json'), '--outDir', fresh],
  { stdio: 'inherit' },
)
if (result.status !== 0) {
  rmSync(fresh, { recursive: true, force: true })
  process.exit(result.status ?? 1)
}
const web = spawnSync(process.execPath, [join(root, 'scripts/build-web.js'), join(fresh, 'web')], {
  stdio: 'inherit',
})
if (web.status !== 0) {
  rmSync(fresh, { recursive: true, force: true })
  process.exit(web.status ?? 1)
}
for (const data of ['src/db/migrations', 'src/ingest/maps'])
  cpSync(join(root, data), join(fresh, data), { recursive: true })
rmSync(join(root, 'dist'), { recursive: true, force: true })
renameSync(fresh, join(root, 'dist'))

// npm links a package's command only into the packages that depend on it. Linked here too, `npx wonlost` in this
// folder starts it directly, without npm first installing the folder into its own cache.
if (process.platform !== 'win32') {
  const link = join(root, 'node_modules/.bin/wonlost')
  rmSync(link, { force: true })
  symlinkSync('../../bin/wonlost.js', link)
}
