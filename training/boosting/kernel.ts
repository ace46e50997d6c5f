/** Which kernel trains. All give the same model, bit for bit. */
import { WonlostError } from '../../src/errors.ts'
import { type HistogramKernel, referenceKernel } from './histogram.ts'
import type { KernelLayout } from './kernel-memory.ts'
import type { BoostingOptions } from './options.ts'
import { canRunWasm, wasmKernel } from './wasm-kernel.ts'

/** The caller ends it by `close`, whatever happens. Throws `usage` when 'wasm' is asked for and cannot run here. */
export function startKernel(
  layout: KernelLayout,
  { kernel, threads }: Pick<BoostingOptions, 'kernel' | 'threads'>,
): HistogramKernel {
  if (kernel === 'reference') return referenceKernel(layout)
  if (canRunWasm(layout)) return wasmKernel(layout, threads)
  if (kernel === 'auto') return referenceKernel(layout)
  throw new WonlostError(
    'usage',
    'Boosting: kernel "wasm" needs WebAssembly with SIMD, and rows that fit its 4 GB. Use "auto" or "reference".',
    { field: 'kernel' },
  )
}
