import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { Moment } from '../../components/moment.tsx'
import { Panel } from '../../components/panel.tsx'
import { Tag } from '../../components/tag.tsx'
import { Text } from '../../components/text.tsx'
import { leadPath } from '../../format/lead-name.ts'
import { pointsText, wholeText } from '../../format/numbers.ts'
import classes from './lists.module.css'

export interface ShownPerson {
  readonly lead_id: string
  readonly name: string | null
  readonly title: string | null
  readonly event_count: number
  readonly last_event_at: string | null
  /** Of its own decision; undefined: not told here. */
  readonly band?: string | null
  /** Its own score; undefined: not told here. */
  readonly own?: number | null
  /** What its behaviour adds to the points of the account; undefined: not told here. */
  readonly adds?: number | null
}

interface Props {
  readonly title: string
  readonly people: readonly ShownPerson[]
  readonly notListed?: number
  /** What can be said of one of them, beside it. */
  readonly actionsOf?: (person: ShownPerson) => ReactNode
}

/** People of a company, each with a way to its page. */
export function PeoplePanel({ title, people, notListed = 0, actionsOf }: Props) {
  if (people.length === 0) return null
  return (
    <Panel title={title}>
      <ul className={classes['list']}>
        {people.map((person) => (
          <li key={person.lead_id}>
            <span className={classes['main']}>
              <Link href={leadPath(person.lead_id)}>
                <Text>{person.name ?? person.lead_id}</Text>
              </Link>
              {person.band != null && (
                <>
                  {' '}
                  <Tag>{person.band}</Tag>
                </>
              )}
              <small>
                {person.title !== null && (
                  <>
                    <Text>{person.title}</Text>
                    {', '}
                  </>
                )}
                {person.event_count === 1 ? '1 event' : `${wholeText(person.event_count)} events`}
                {person.last_event_at !== null && (
                  <>
                    {', the last '}
                    <Moment at={person.last_event_at} />
                  </>
                )}
              </small>
            </span>
            {(person.own != null || person.adds != null) && (
              <span className={classes['figure']}>
                {person.own != null && wholeText(person.own)}
                {person.adds != null && <small>adds {pointsText(person.adds)}</small>}
              </span>
            )}
            {actionsOf?.(person)}
          </li>
        ))}
      </ul>
      {notListed > 0 && <p className={classes['note']}>{wholeText(notListed)} more are not listed.</p>}
    </Panel>
  )
}
