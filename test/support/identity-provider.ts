/** A small OpenID Connect provider on the loopback address: everybody who comes is signed in at once. */
import { createHash, generateKeyPairSync, randomUUID, sign } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface TestProvider {
  readonly issuer: string
  /** Of the next tokens, over what they would be. */
  claims: Record<string, unknown>
  /** How the next tokens are signed. */
  signing: 'right' | 'wrong key' | 'alg none'
  /** What the token endpoint was asked, the latest last. */
  readonly exchanges: readonly { readonly code: string; readonly ok: boolean }[]
  /** Nobody answers there until it listens again. */
  stop(): Promise<void>
  start(): Promise<void>
}

export const CLIENT = { id: 'wonlost', secret: 'a secret: of 20%' }

interface Asked {
  readonly challenge: string
  readonly nonce: string
  readonly redirectUri: string
}

export async function startProvider(host = '127.0.0.1'): Promise<TestProvider> {
  const own = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const other = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const asked = new Map<string, Asked>()
  const exchanges: { code: string; ok: boolean }[] = []
  let server: Server
  let port = 0

  async function start(): Promise<void> {
    server = createServer((request, response) => {
      const url = new URL(request.url ?? '/', provider.issuer)
      const json = (body: unknown, status = 200): void => {
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
      }
      if (url.pathname === '/.well-known/openid-configuration') return json(metadata())
      if (url.pathname === '/jwks')
        return json({
          keys: [{ ...own.publicKey.export({ format: 'jwk' }), kid: 'k', alg: 'ES256', use: 'sig' }],
        })
      if (url.pathname === '/authorize') {
        const code = randomUUID()
        const of = (name: string): string => url.searchParams.get(name) ?? ''
        asked.set(code, {
          challenge: of('code_challenge'),
          nonce: of('nonce'),
          redirectUri: of('redirect_uri'),
        })
        const back = new URL(of('redirect_uri'))
        for (const [name, value] of Object.entries({ code, state: of('state'), iss: provider.issuer }))
          back.searchParams.set(name, value)
        response.writeHead(302, { location: back.href }).end()
        return
      }
      let body = ''
      request.on('data', (part: Buffer) => (body += part.toString()))
      request.on('end', () => {
        const form = new URLSearchParams(body)
        const code = form.get('code') ?? ''
        const known = asked.get(code)
        asked.delete(code)
        const proof = createHash('sha256')
          .update(form.get('code_verifier') ?? '')
          .digest('base64url')
        const isClient = request.headers.authorization === basic(CLIENT.id, CLIENT.secret)
        const ok = isClient && known?.challenge === proof && known.redirectUri === form.get('redirect_uri')
        exchanges.push({ code, ok })
        if (!ok || !known)
          return json({ error: isClient ? 'invalid_grant' : 'invalid_client' }, isClient ? 400 : 401)
        json({ access_token: 'none', token_type: 'Bearer', id_token: tokenOf(known.nonce) })
      })
    })
    await new Promise<void>((resolve) => server.listen(port, host, resolve))
    port = (server.address() as AddressInfo).port
  }

  function metadata() {
    const { issuer } = provider
    return {
      issuer,
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: `${issuer}/token`,
      jwks_uri: `${issuer}/jwks`,
      response_types_supported: ['code'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['ES256'],
      authorization_response_iss_parameter_supported: true,
      code_challenge_methods_supported: ['S256'],
    }
  }

  function tokenOf(nonce: string): string {
    const now = Math.floor(Date.now() / 1_000)
    const payload = {
      iss: provider.issuer,
      sub: 'u-1',
      aud: CLIENT.id,
      iat: now,
      exp: now + 300,
      nonce,
      email: 'ann@example.com',
      email_verified: true,
      groups: ['wonlost-sales'],
      ...provider.claims,
    }
    const alg = provider.signing === 'alg none' ? 'none' : 'ES256'
    const text = [{ alg, kid: 'k', typ: 'JWT' }, payload]
      .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
      .join('.')
    if (provider.signing === 'alg none') return `${text}.`
    const key = provider.signing === 'right' ? own.privateKey : other.privateKey
    return `${text}.${sign('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`
  }

  const provider: TestProvider = {
    get issuer() {
      return `http://${host}:${port}`
    },
    claims: {},
    signing: 'right',
    exchanges,
    start,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  await start()
  return provider
}

/** RFC 6749, section 2.3.1: both parts are encoded as in a form. */
function basic(id: string, secret: string): string {
  const encoded = [id, secret].map((part) => new URLSearchParams({ x: part }).toString().slice(2))
  return `Basic ${Buffer.from(encoded.join(':')).toString('base64')}`
}
