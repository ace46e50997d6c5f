/** Kernels (kernels/, compiled into kernel-code.generated.ts) and room for them. */

/** Bytes of a page of WebAssembly memory, and pages that its 32-bit addresses reach. */
const PAGE = 65536
const MOST_PAGES = 65536

/** Cuts memory into arrays that begin at multiples of 16, for SIMD loads. */
export interface Room {
  /** Address of the next array of so many bytes. */
  take(bytes: number): number
  readonly bytes: number
}

export function newRoom(): Room {
  let bytes = 0
  return {
    take(more) {
      const address = bytes
      bytes = Math.ceil((bytes + more) / 16) * 16
      return address
    },
    get bytes() {
      return bytes
    },
  }
}

/**
 * Starts a kernel over memory of so many bytes. null where WebAssembly or its SIMD are missing, or so much memory: the reference in
 * TypeScript gives the same.
 *
 * @param code Base64.
 */
export function startKernel(
  code: string,
  bytes: number,
): { readonly exports: Readonly<Record<string, unknown>>; readonly buffer: ArrayBufferLike } | null {
  const pages = Math.max(1, Math.ceil(bytes / PAGE))
  const module = moduleOf(code)
  if (!module || pages > MOST_PAGES) return null
  try {
    const memory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true })
    const { exports } = new WebAssembly.Instance(module, { env: { memory } })
    return { exports, buffer: memory.buffer }
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
  const bytes = Uint8Array.from(atob(code), (byte) => byte.charCodeAt(0))
  const module = WebAssembly.validate(bytes) ? new WebAssembly.Module(bytes) : null
  modules.set(code, module)
  return module
}
