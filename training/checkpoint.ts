/** Long calculations stop here for a moment, so that Ctrl-C is heard and bars are drawn. Throws the reason of the abort. */
export async function checkpoint(signal: AbortSignal | undefined): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve))
  signal?.throwIfAborted()
}
