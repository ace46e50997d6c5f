/** Signing in with an identity provider: the address that leads there, and what came of it. */

/** Longer ones are not taken back: who comes back to the queue finds its way. */
const LONGEST_RETURN = 1_000

/** Where to go to sign in; one comes back to the page that is shown. */
export function providerAddress({ pathname, search }: Pick<Location, 'pathname' | 'search'>): string {
  const here = pathname + search
  const returnTo = here.length <= LONGEST_RETURN ? here : '/'
  return `/v1/session/oidc?${new URLSearchParams({ return_to: returnTo })}`
}

const FAILURES: Readonly<Record<string, string>> = {
  role_missing: 'You are known, and have no role here. Whoever runs this server can give you one.',
  identity_provider_unavailable:
    'Your organisation’s sign-in does not answer. Try again later, or use a key.',
  sign_in_refused: 'That sign-in was not completed. Try once more.',
}

/** As the server says it behind #: why nobody is signed in; null: nobody tried. */
export function failureOf(hash: string): string | null {
  const code = /^#sign-in=(\w+)$/.exec(hash)?.[1]
  return code === undefined ? null : (FAILURES[code] ?? 'Signing in failed.')
}
