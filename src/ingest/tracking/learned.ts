/** What a group of messages adds to what is known: rows to be, before anybody looked whether they are there already. */
import type { UnknownName } from '../../db/unknown-names.ts'
import type { Milliseconds, SubjectKind, TraitValue } from '../../glossary.ts'
import type { TrackingMessage } from '../wire/message.ts'

export interface NewSubject {
  readonly createdAt: Milliseconds
  readonly knownAt: Milliseconds
  readonly source: string
}

export interface NewLink {
  readonly kind: 'user_id' | 'email' | 'anonymous_id' | 'group_id' | 'domain'
  readonly value: string
  readonly subjectKind: SubjectKind
  readonly subjectId: string
  readonly at: Milliseconds
  readonly source: string
}

export interface NewTrait {
  readonly subjectKind: SubjectKind
  readonly subjectId: string
  readonly name: string
  readonly value: TraitValue
  readonly occurredAt: Milliseconds
  readonly knownAt: Milliseconds
  readonly source: string
}

export interface NewEvent {
  readonly message: TrackingMessage
  /** null: of a visitor, as far as anybody knows. */
  readonly leadId: string | null
  readonly type: string
  /** To be counted when the event is new. */
  readonly unknown: UnknownName | null
}

export interface NewMerge {
  readonly fromId: string
  readonly intoId: string
  readonly message: TrackingMessage
}

export interface Learned {
  readonly leads: Map<string, NewSubject>
  readonly accounts: Map<string, NewSubject>
  readonly links: NewLink[]
  /** The account of a lead that has none. */
  readonly accountOf: Map<string, string>
  readonly traits: NewTrait[]
  readonly events: NewEvent[]
  readonly merges: NewMerge[]
  readonly unknown: UnknownName[]
}
