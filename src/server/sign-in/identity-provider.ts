/**
 * People who sign in with an OpenID Connect provider: the authorization code flow with PKCE, state and nonce (OpenID Connect Core 1.0, section
 * 3.1). What the provider offers is looked up when it is needed first, so a server starts without it.
 */
import * as client from 'openid-client'
import type { SignedInPerson } from '../../db/sessions.ts'
import { WonlostError } from '../../errors.ts'
import type { Milliseconds } from '../../glossary.ts'
import { type IdentityProviderSettings, MUST_NAME_TENANT } from '../../identity-provider-settings.ts'
import { hashOfPerson } from '../caller.ts'
import { hostNameOf, isLoopback } from '../loopback.ts'
import { type AttemptSeal, createAttemptSeal, type SignInAttempt } from './attempt.ts'
import { nameOf, scopesOf } from './roles.ts'

export interface IdentityProvider {
  readonly issuer: string
  /** Of a person's session. */
  readonly sessionLifetime: Milliseconds
  readonly seal: AttemptSeal
  /** Where to send the browser. Throws `identity_provider_unavailable`. */
  begin(
    redirectUri: string,
    returnTo: string,
    expiresAt: number,
  ): Promise<{
    readonly url: string
    readonly attempt: SignInAttempt
  }>
  /** Who came back, at `answered`. Throws `sign_in_refused`, `role_missing` and `identity_provider_unavailable`. */
  finish(answered: URL, attempt: SignInAttempt): Promise<SignedInPerson>
}

const TIMEOUT_SECONDS = 10

export function createIdentityProvider(settings: IdentityProviderSettings): IdentityProvider {
  const { issuer, clientId, clientSecret, nameClaim, sessionLifetime } = settings
  let found: Promise<client.Configuration> | null = null

  async function discover(): Promise<client.Configuration> {
    const url = new URL(issuer)
    const isPlain = url.protocol === 'http:' && isLoopback(hostNameOf(url.host))
    const found = await client.discovery(url, clientId, {}, secretAsSupported(clientSecret), {
      timeout: TIMEOUT_SECONDS,
      // Signatures are checked as well as that TLS brought the token.
      execute: [client.enableNonRepudiationChecks, ...(isPlain ? [client.allowInsecureRequests] : [])],
    })
    // As Entra ID writes it where any tenant may answer: the library would take the token of each.
    if (!found.serverMetadata().issuer.includes('{')) return found
    const message = `WONLOST_OIDC_ISSUER: ${MUST_NAME_TENANT}. Given: ${JSON.stringify(issuer)}.`
    throw new WonlostError('configuration_invalid', message, { field: 'WONLOST_OIDC_ISSUER' })
  }

  async function configuration(): Promise<client.Configuration> {
    found ??= discover()
    try {
      return await found
    } catch (cause) {
      found = null
      throw cause instanceof WonlostError ? cause : unavailable(issuer, cause)
    }
  }

  return {
    issuer,
    sessionLifetime,
    seal: createAttemptSeal(clientSecret),
    async begin(redirectUri, returnTo, expiresAt) {
      const verifier = client.randomPKCECodeVerifier()
      const [state, nonce] = [client.randomState(), client.randomNonce()]
      const url = client.buildAuthorizationUrl(await configuration(), {
        redirect_uri: redirectUri,
        scope: settings.scopes,
        state,
        nonce,
        code_challenge: await client.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
      })
      return { url: url.href, attempt: { state, nonce, verifier, returnTo, expiresAt } }
    },
    async finish(answered, { state, nonce, verifier }) {
      const checks = { pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce }
      const claims = await client
        .authorizationCodeGrant(await configuration(), answered, checks)
        .then((tokens) => tokens.claims())
        .catch((cause: unknown) => {
          throw refusal(issuer, cause)
        })
      if (claims === undefined) throw refused('it sent no ID token')
      const scopes = scopesOf(claims, settings)
      const who = { issuer, subject: claims.sub }
      if (scopes.length > 0) return { ...who, name: nameOf(claims, who, nameClaim), scopes }
      const message = `person_${hashOfPerson(issuer, claims.sub)} has no role here: the claim ${settings.claim} has none of the values that WONLOST_OIDC_ROLES names.`
      throw new WonlostError('role_missing', message)
    },
  }
}

/** As the provider takes it: without a word of that, by Basic (OpenID Connect Discovery 1.0, section 3). */
function secretAsSupported(secret: string): client.ClientAuth {
  return (server, ...rest) => {
    const ways = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic']
    const isBasic = ways.includes('client_secret_basic')
    return (isBasic ? client.ClientSecretBasic(secret) : client.ClientSecretPost(secret))(server, ...rest)
  }
}

function refusal(issuer: string, cause: unknown): WonlostError {
  if (cause instanceof client.AuthorizationResponseError) return refused(`it answered ${cause.error}`, cause)
  if (cause instanceof client.ResponseBodyError) {
    if (cause.error !== 'invalid_client') return refused(`it answered ${cause.error} to the code`, cause)
    const message = `The identity provider ${issuer} does not take WONLOST_OIDC_CLIENT_ID and WONLOST_OIDC_CLIENT_SECRET.`
    return new WonlostError('identity_provider_unavailable', message, { cause })
  }
  const isUnreached = !(cause instanceof client.ClientError) || UNREACHED.has(cause.code ?? '')
  return isUnreached ? unavailable(issuer, cause) : refused(cause.message, cause)
}

const UNREACHED: ReadonlySet<string> = new Set(['OAUTH_TIMEOUT', 'OAUTH_RESPONSE_IS_NOT_CONFORM'])

function refused(why: string, cause?: unknown): WonlostError {
  return new WonlostError('sign_in_refused', `The answer of the identity provider is not taken: ${why}.`, {
    cause,
  })
}

function unavailable(issuer: string, cause: unknown): WonlostError {
  const why = cause instanceof Error ? cause.message : String(cause)
  const message = `The identity provider ${issuer} cannot be asked: ${why}. Sign in with a key, or try again later.`
  return new WonlostError('identity_provider_unavailable', message, { cause })
}
