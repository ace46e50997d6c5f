/** Kernels (kernels/, compiled into kernel-code.generated.ts) and room for them. */

/** Bytes of a page of WebAssembly memory, and pages that its 32-bit addresses reach. */
const PAGE = 65536
const MOST_PAGES = 65536

/** Cuts memory into arrays that begin at multiples of 64: a cache line, and what SIMD loads need. */
export interface Room {
  /** Address of the next array of so many bytes. */
  take(bytes: number): number
  /** Where the last array ends. */
  readonly bytes: number
}

/** @param start Address of the first array, a multiple of 64. */
export function newRoom(start = 0): Room {
  let end = start
  return {
    take(bytes) {
      const address = end
      end = Math.ceil((end + bytes) / 64) * 64
      return address
    },
    get bytes() {
      return end
    },
  }
}

export interface StartedKernel {
  readonly exports: Readonly<Record<string, unknown>>
  readonly buffer: ArrayBufferLike
  /** Threads start the same code on the same memory. */
  readonly module: WebAssembly.Module
  readonly memory: WebAssembly.Memory
}

/**
 * Starts a kernel over memory of so many bytes. null where WebAssembly or its SIMD are missing, or so much memory: the reference in
 * TypeScript gives the same.
 *
 * @param code Base64.
 */
export function startKernel(code: string, bytes: number): StartedKernel | null {
  const pages = Math.max(1, Math.ceil(bytes / PAGE))
  const module = moduleOf(code)
  if (!module || pages > MOST_PAGES) return null
  try {
    const memory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true })
    const { exports } = new WebAssembly.Instance(module, { env: { memory } })
    return { exports, buffer: memory.buffer, module, memory }
  } catch (error) {
    // No room for so much memory.
    if (error instanceof RangeError) return null
    throw error
  }
}

/** By code: compiled once; null where it cannot be. */
const modules = new Map<string, WebAssembly.Module | null>()

function moduleOf(code: string): WebAssembly.Module | null {
  const known = modules.get(code)
  if (known !== undefined) return known
  const module = compile(code)
  modules.set(code, module)
  return module
}

function compile(code: string): WebAssembly.Module | null {
  // As with node --jitless.
  if (typeof WebAssembly === 'undefined') return null
  const bytes = Uint8Array.from(atob(code), (byte) => byte.charCodeAt(0))
  return WebAssembly.validate(bytes) ? new WebAssembly.Module(bytes) : null
}
