import { shownText } from '../format/shown-text.ts'
import classes from './text.module.css'

interface Props {
  readonly children: string
  /** On one line, cut at its end; the whole of it on hover. */
  readonly isClipped?: boolean
  /** Letters; what is longer is cut. Default: what a name or a title may need. */
  readonly longest?: number
}

/** Text of others, whatever its script and direction: it turns nothing around it. */
export function Text({ children, isClipped = false, longest }: Props) {
  const text = shownText(children, longest)
  return isClipped ? (
    <bdi className={classes['clipped']} title={text}>
      {text}
    </bdi>
  ) : (
    <bdi className={classes['whole']}>{text}</bdi>
  )
}
