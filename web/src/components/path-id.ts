/**
 * The id or name that an address ends in: `/leads/user%3Aann` is about `user:ann`. Not what the router hands on: it decodes paths by
 * `decodeURI`, which leaves `: / ? # @ & = + $ , ;` as they are, so that `%3A` and `%253A` look alike.
 */
export function pathId(pathname: string): string {
  const last = pathname.split('/').findLast((part) => part !== '') ?? ''
  try {
    return decodeURIComponent(last)
  } catch {
    return last
  }
}
