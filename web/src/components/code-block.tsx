import { shownText } from '../format/shown-text.ts'
import classes from './code-block.module.css'

interface Props {
  readonly children: string
  /** Letters; what is longer is cut. Then its lines are one. */
  readonly longest?: number
}

/** Text for machines, as it is; long lines are broken. */
export function CodeBlock({ children, longest }: Props) {
  return (
    <pre className={classes['block']} dir="ltr">
      {longest === undefined ? children : shownText(children, longest)}
    </pre>
  )
}
