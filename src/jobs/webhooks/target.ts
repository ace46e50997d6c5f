/** Where a webhook goes: the URL that was given, and the addresses that it may go to. */
import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import { WonlostError } from '../../errors.ts'
import { isAllowedAddress } from './public-address.ts'

export interface TargetRules {
  readonly allowHttp: boolean
  /** CIDR: networks that are not public and may get webhooks all the same. */
  readonly allowNetworks: readonly string[]
  /** All addresses of a host name. Default: the resolver of the system. */
  readonly resolve?: (host: string) => Promise<readonly string[]>
}

const LONGEST = 2_000

/** Throws `invalid_request` for what no webhook can go to, whatever its name resolves to. */
export function readTarget(text: string, { allowHttp }: TargetRules): URL {
  const url = URL.canParse(text) ? new URL(text) : null
  const schemes = allowHttp ? ['https:', 'http:'] : ['https:']
  if (!url || !schemes.includes(url.protocol)) {
    const allowed = allowHttp
      ? 'https:// or http://'
      : 'https:// (http:// is for the setting WONLOST_WEBHOOK_ALLOW_HTTP)'
    throw refused(`must be a URL that begins with ${allowed}`)
  }
  if (url.href.length > LONGEST) throw refused(`must not be longer than ${LONGEST} characters`)
  if (url.username !== '' || url.password !== '')
    throw refused('must not hold a user name or a password: requests are signed')
  return url
}

/**
 * Every address of the host, each of them checked: the only ones that may be connected to. Throws `invalid_request` where one is not
 * public or not allowed, and where there is none.
 */
export async function resolveTarget(url: URL, rules: TargetRules): Promise<readonly string[]> {
  const { allowNetworks, resolve = systemAddresses } = rules
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const addresses = isIP(host) === 0 ? await resolve(host).catch(() => []) : [host]
  if (addresses.length === 0) throw refused(`must have a host that resolves to an address. Given: ${host}`)
  for (const address of addresses) {
    if (isAllowedAddress(address, allowNetworks)) continue
    const resolved = address === host ? host : `${host}, which is ${address}`
    throw refused(
      `must lead to a public address; others are for the setting WONLOST_WEBHOOK_ALLOW_NETWORKS. Given: ${resolved}`,
    )
  }
  return addresses
}

async function systemAddresses(host: string): Promise<readonly string[]> {
  return (await lookup(host, { all: true, verbatim: true })).map(({ address }) => address)
}

function refused(why: string): WonlostError {
  return new WonlostError('invalid_request', `url ${why}.`, { field: 'url' })
}
