/**
 * The part of WebAssembly's JavaScript interface that kernels use. TypeScript has it only among the types of a browser, most of
 * which Node does not have.
 */
declare namespace WebAssembly {
  interface Memory {
    readonly buffer: ArrayBufferLike
  }
  /** Compiled code; may be sent to threads. */
  interface Module {
    readonly [Symbol.toStringTag]: 'WebAssembly.Module'
  }
  interface Instance {
    readonly exports: Readonly<Record<string, unknown>>
  }
  const Memory: new (size: {
    /** In pages of 64 KiB. */
    readonly initial: number
    readonly maximum?: number
    readonly shared?: boolean
  }) => Memory
  const Module: new (bytes: Uint8Array) => Module
  const Instance: new (
    module: Module,
    imports: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
  ) => Instance
  function validate(bytes: Uint8Array): boolean
}
