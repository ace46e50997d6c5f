/** Which kernel trains. All give the same model, bit for bit. */
import { WonlostError } from '../../src/errors.ts'
import { type HistogramKernel, referenceKernel } from './histogram.ts'
import { type KernelLayout, planMemory } from './kernel-memory.ts'
import type { BoostingOptions } from './options.ts'
import { wasmKernel } from './wasm-kernel.ts'

/**
 * The caller ends it by `close`, whatever happens. Throws `usage` when 'wasm' is asked for and cannot run here, and when there is
 * no room for so many rows, columns and leaves.
 */
export function startKernel(
  layout: KernelLayout,
  { kernel, threads }: Pick<BoostingOptions, 'kernel' | 'threads'>,
): HistogramKernel {
  if (kernel === 'reference') return roomyReference(layout)
  const wasm = wasmKernel(layout, threads)
  if (wasm) return wasm
  if (kernel === 'auto') return roomyReference(layout)
  throw new WonlostError(
    'usage',
    'Boosting: kernel "wasm" needs WebAssembly with SIMD, and rows that fit its 4 GB. Use "auto" or "reference".',
    { field: 'kernel' },
  )
}

function roomyReference(layout: KernelLayout): HistogramKernel {
  try {
    return referenceKernel(layout)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    const { rowCount, columnCount, slots } = layout
    const gigabytes = Math.ceil(planMemory(layout).bytes / 1e9)
    throw new WonlostError(
      'usage',
      `Boosting: ${rowCount} rows, ${columnCount} columns and ${slots} leaves need ${gigabytes} GB, which there is no room for here. Fewer leaves, bins or columns need less.`,
      { field: 'maxLeaves' },
    )
  }
}
