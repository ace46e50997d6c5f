/** The address that a server listens at, and why it cannot. */
import { once } from 'node:events'
import { createServer } from 'node:net'
import type { Config } from '../config.ts'
import { WonlostError } from '../errors.ts'

type Address = Pick<Config, 'host' | 'port'>

const LISTEN_ERRORS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'another program listens there. Stop it, or choose another port with --port',
  EACCES: 'ports below 1024 are not for ordinary users. Choose another one with --port',
  EADDRNOTAVAIL: 'this machine has no such address. Choose another one with --host',
  ENOTFOUND: 'there is no such host. Choose another one with --host',
}

/** For who works for minutes before it serves. Throws `address_unavailable`. */
export async function requireFreeAddress(address: Address): Promise<void> {
  const probe = createServer()
  try {
    await once(probe.listen(address.port, address.host), 'listening')
  } catch (error) {
    throw listenError(error, address)
  }
  probe.close()
  await once(probe, 'close')
}

/** `address_unavailable` where it is one of listening, otherwise as it is. */
export function listenError(error: unknown, { host, port }: Address): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const why = LISTEN_ERRORS[code]
  return why === undefined
    ? error
    : new WonlostError('address_unavailable', `Cannot listen at ${host}:${port}: ${why}.`, { cause: error })
}
