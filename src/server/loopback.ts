/** Addresses that only this machine can reach. */
import { isIPv4 } from 'node:net'
import type { Config } from '../config.ts'
import { WonlostError } from '../errors.ts'

/** `localhost`, `127.0.0.1`, `::1`, without brackets or port. Other names are not, whatever they resolve to. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIPv4(host) && host.startsWith('127.'))
}

/** Of a header Host: in lower case, without brackets, port and final dot. */
export function hostNameOf(header: string): string {
  return header
    .toLowerCase()
    .replace(/:\d*$/, '')
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/\.$/, '')
}

/** Throws `configuration_invalid` for a server that asks nobody for a key and that others can reach. */
export function refuseOpenServer({ auth, host }: Config): void {
  if (auth !== 'off' || isLoopback(host)) return
  const message = `AUTH=off is allowed only at an address that nobody but this machine can reach: localhost, 127.0.0.1 or ::1. Given: ${host}. Leave AUTH out, and make keys with wonlost keys create.`
  throw new WonlostError('configuration_invalid', message, { field: 'AUTH' })
}
