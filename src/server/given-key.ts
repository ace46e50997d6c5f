/** The key of a request, where clients of any route may put it: `Authorization: Bearer KEY`, or as the user name of Basic. */
export function keyOfHeader(authorization: string | undefined): string | undefined {
  const [, scheme = '', credentials = ''] = /^(\S+) +(\S+) *$/.exec(authorization ?? '') ?? []
  switch (scheme.toLowerCase()) {
    case 'bearer':
      return credentials
    case 'basic':
      return Buffer.from(credentials, 'base64').toString().split(':', 1)[0] || undefined
    default:
      return undefined
  }
}
