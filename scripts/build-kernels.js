// Compiles the AssemblyScript in kernels/ to WebAssembly with SIMD and threads, and writes it into modules that carry the bytes
// as base64: code that does no I/O can use it, and bundlers need not know. The same sources give the same bytes; with --check
// nothing is written, and the exit code is 1 when the modules are missing or old.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')

/** One module for each folder that uses kernels: exported constant -> source. */
const MODULES = {
  'training/boosting/kernel-code.generated.ts': { BOOSTING_KERNEL: 'kernels/boosting.ts' },
  'src/model/kernel-code.generated.ts': {
    PREDICT_KERNEL: 'kernels/predict.ts',
    SHAP_KERNEL: 'kernels/shap.ts',
  },
}

/** Memory is given by whoever starts a kernel, of any size up to 4 GB, and may be shared by threads. */
const OPTIONS = [
  ...['-O3', '--noAssert', '--runtime', 'stub', '--enable', 'simd,threads,bulk-memory'],
  ...['--importMemory', '--sharedMemory', '--initialMemory', '1', '--maximumMemory', '65536'],
]

/**
 * Text of each module, by path from the root.
 * @returns {Promise<Record<string, string>>}
 */
async function compileKernels() {
  const { default: asc } = await import('assemblyscript/asc')
  /** @type {Record<string, string>} */
  const texts = {}
  for (const [module, kernels] of Object.entries(MODULES)) {
    const lines = ['// Compiled from kernels/ by scripts/build-kernels.js (npm run build). Do not edit.']
    for (const [name, source] of Object.entries(kernels)) {
      if (!existsSync(join(root, source))) continue
      lines.push(`export const ${name} =\n  '${await compile(asc, source)}'`)
    }
    if (lines.length > 1) texts[module] = `${lines.join('\n')}\n`
  }
  return texts
}

/** Base64 of the WebAssembly of one source. Throws what the compiler said. */
async function compile(asc, source) {
  let bytes = new Uint8Array()
  const { error, stderr } = await asc.main([source, ...OPTIONS, '--outFile', 'kernel.wasm'], {
    readFile: (name, folder) => {
      const path = join(root, folder, name)
      return existsSync(path) ? readFileSync(path, 'utf8') : null
    },
    writeFile: (name, contents) => {
      if (name === 'kernel.wasm') bytes = contents
    },
    listFiles: () => [],
  })
  if (error) throw new Error(`${source} does not compile: ${stderr.toString() || error.message}`)
  return Buffer.from(bytes).toString('base64')
}

const isCheck = process.argv.includes('--check')
for (const [path, text] of Object.entries(await compileKernels())) {
  const file = join(root, path)
  // Untouched when nothing has changed: watchers need not run again.
  if (existsSync(file) && readFileSync(file, 'utf8') === text) continue
  if (isCheck) {
    console.error(`wonlost: ${path} is not what kernels/ say. Run: npm run build`)
    process.exitCode = 1
  } else writeFileSync(file, text)
}
