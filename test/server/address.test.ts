/** Before long work, whether its server will be able to listen. */
import { createServer } from 'node:net'
import { expect, test } from 'vitest'
import { requireFreeAddress } from '../../src/server/address.ts'

test('an address that somebody has is told of, and one that is free stays so', async () => {
  const other = createServer()
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
  const address = other.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  await expect(requireFreeAddress({ host: '127.0.0.1', port })).rejects.toMatchObject({
    code: 'address_unavailable',
    message: expect.stringContaining('another program listens there'),
  })
  await new Promise((resolve) => other.close(resolve))
  await requireFreeAddress({ host: '127.0.0.1', port })
  await requireFreeAddress({ host: '127.0.0.1', port })
})
