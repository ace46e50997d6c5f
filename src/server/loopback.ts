/** Addresses that only this machine can reach. */
import { isIPv4 } from 'node:net'

/** `localhost`, `127.0.0.1`, `::1`, without brackets or port. Other names are not, whatever they resolve to. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIPv4(host) && host.startsWith('127.'))
}
