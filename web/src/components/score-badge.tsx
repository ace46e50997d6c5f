import { VisuallyHidden } from '@mantine/core'
import classes from './score-badge.module.css'

/** A score from 0 to 100: the number, and how far it fills its field. */
export function ScoreBadge({ score }: { readonly score: number }) {
  return (
    <span className={classes['badge']}>
      <VisuallyHidden>score </VisuallyHidden>
      <span className={classes['number']}>{score}</span>
      <svg className={classes['bar']} viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
        <rect className={classes['track']} width="100" height="4" />
        <rect className={classes['fill']} width={score} height="4" />
      </svg>
    </span>
  )
}
