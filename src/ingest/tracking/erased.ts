/** People who were erased: nothing that names one of them is written, by whatever name. */
import type pg from 'pg'
import { type SuppressedName, suppressedAmong } from '../suppressions.ts'
import type { TrackingMap } from '../tracking-map.ts'
import type { TrackingMessage } from '../wire/message.ts'
import type { TurnedDown } from './prepare-messages.ts'
import { leadOfUser, leadOfVisitor } from './resolve-messages.ts'

interface Received {
  readonly messages: readonly TrackingMessage[]
  readonly rejected: readonly TurnedDown[]
}

/** The client holds `LOCK_SUPPRESSIONS`. */
export async function withoutErased(
  client: pg.ClientBase,
  { messages, rejected, map }: Received & { readonly map: TrackingMap },
): Promise<Received> {
  const namesOfMessage = ({ userId, previousId, anonymousId, email }: TrackingMessage) =>
    namesOf([userId, previousId], [anonymousId, previousId], email?.given ?? null, map)
  const namesOfRejection = ({ userId, anonymousId, previousId, email }: TurnedDown) =>
    namesOf([userId, previousId], [anonymousId, previousId], email, map)
  function* names(): Generator<SuppressedName> {
    for (const message of messages) yield* namesOfMessage(message)
    for (const rejection of rejected) yield* namesOfRejection(rejection)
  }
  const isSuppressed = await suppressedAmong(client, names())
  if (isSuppressed === null) return { messages, rejected }
  const isErased = (some: readonly SuppressedName[]): boolean =>
    some.some(([kind, value]) => isSuppressed(kind, value))
  return {
    messages: messages.filter((message) => !isErased(namesOfMessage(message))),
    rejected: rejected.filter((one) => !isErased(namesOfRejection(one))),
  }
}

/** With the ids of the leads that they would become, and the mail addresses that some take for ids. */
function namesOf(
  users: readonly (string | null)[],
  visitors: readonly (string | null)[],
  email: string | null,
  map: TrackingMap,
): SuppressedName[] {
  const names: SuppressedName[] = email === null ? [] : [['email', email]]
  for (const id of users) if (id !== null) names.push(['user_id', id], ['lead_id', leadOfUser(id, map)])
  for (const id of visitors) if (id !== null) names.push(['anonymous_id', id], ['lead_id', leadOfVisitor(id)])
  for (const id of new Set([...users, ...visitors])) if (id?.includes('@')) names.push(['email', id])
  return names
}
