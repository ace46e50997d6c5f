import { shownText } from '../format/shown-text.ts'
import classes from './tag.module.css'

export type Tone = 'strong' | 'plain' | 'good' | 'bad' | 'quiet'

interface Props {
  readonly children: string
  readonly tone?: Tone
}

/** Letters. */
const LONGEST = 60

/** A word such as a band, a grade or a verdict. The word says it; its tone only helps to find it. */
export function Tag({ children, tone = 'plain' }: Props) {
  return (
    <span className={classes['tag']} data-tone={tone}>
      {shownText(children, LONGEST)}
    </span>
  )
}
