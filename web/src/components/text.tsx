import { shownText } from '../format/shown-text.ts'
import classes from './text.module.css'

interface Props {
  readonly children: string
  /** On one line, cut at its end; the whole of it on hover. */
  readonly isClipped?: boolean
}

/** Text of others, whatever its script and direction: it turns nothing around it. */
export function Text({ children, isClipped = false }: Props) {
  const text = shownText(children)
  return isClipped ? (
    <bdi className={classes['clipped']} title={text}>
      {text}
    </bdi>
  ) : (
    <bdi className={classes['whole']}>{text}</bdi>
  )
}
