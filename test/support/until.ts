/** Waits until `holds`, looking again and again; fails after `most` milliseconds. For what happens by itself. */
export async function until(holds: () => boolean | Promise<boolean>, most = 20_000): Promise<void> {
  const end = Date.now() + most
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`It did not come true within ${most} ms.`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}
