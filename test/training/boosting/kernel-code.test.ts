/** The compiled kernels in the tree are those of kernels/, and compiling them twice gives the same bytes. */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

it('compiled kernels are up to date', () => {
  const script = fileURLToPath(new URL('../../../scripts/build-kernels.js', import.meta.url))
  const { status, stderr } = spawnSync(process.execPath, [script, '--check'], { encoding: 'utf8' })
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
})
