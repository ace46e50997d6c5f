/**
 * Whether a page of another site is asking. A browser sends our cookie with what any page has it ask, where SameSite does not hold it
 * back: what changes something is done only for pages of this server (Fetch Metadata; OWASP, Cross-Site Request Forgery Prevention).
 */
import type { FastifyRequest } from 'fastify'
import { WonlostError } from '../errors.ts'
import { hostNameOf, isLoopback } from './loopback.ts'

const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS'])

/** Throws `cross_site` for a request that changes something and does not say that it comes from a page of this server. */
export function requireSameSite({ method, headers }: FastifyRequest): void {
  if (SAFE_METHODS.has(method)) return
  const { 'sec-fetch-site': site, origin, host } = headers
  if (site === undefined ? isOriginOf(origin, host) : site === 'same-origin') return
  const given = site === undefined ? `Origin ${origin ?? 'missing'}` : `Sec-Fetch-Site ${String(site)}`
  const message = `With a session only pages of this server may change something: Sec-Fetch-Site must be same-origin, or Origin this host. Given: ${given}. Programs send a key.`
  throw new WonlostError('cross_site', message)
}

/**
 * For a server at a loopback address that asks nobody for a key. Throws `cross_site` for a request that changes something and that a page of
 * another site makes: browsers let any page send forms, and texts that happen to be JSON. Programs say nothing of sites. Where pages may send
 * live data, those of the listed origins do.
 */
export function refuseOtherSites(
  { method, headers, routeOptions, is404 }: FastifyRequest,
  ingestOrigins: readonly string[],
): void {
  if (SAFE_METHODS.has(method)) return
  const { 'sec-fetch-site': site, origin } = headers
  if (!is404 && routeOptions.config.fromPages && isListed(origin, ingestOrigins)) return
  if (site === undefined ? origin === undefined || isOfThisMachine(origin) : site !== 'cross-site') return
  const given = origin === undefined ? `Sec-Fetch-Site ${String(site)}` : `Origin ${origin}`
  const message = `With AUTH=off only programs and pages of this machine may change something. Given: ${given}.`
  throw new WonlostError('cross_site', message)
}

function isListed(origin: string | undefined, origins: readonly string[]): boolean {
  return origin !== undefined && (origins.includes('*') || origins.includes(origin))
}

function isOfThisMachine(origin: string): boolean {
  return URL.canParse(origin) && isLoopback(hostNameOf(new URL(origin).host))
}

function isOriginOf(origin: string | undefined, host: string | undefined): boolean {
  return origin !== undefined && URL.canParse(origin) && new URL(origin).host === host
}
