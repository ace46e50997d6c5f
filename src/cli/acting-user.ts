/** Who does this, as the database should remember it. */
import { userInfo } from 'node:os'

/** The login name; `cli` where the system has none (a container with an arbitrary user id). */
export function actingUser(): string {
  try {
    return userInfo().username
  } catch {
    return 'cli'
  }
}
