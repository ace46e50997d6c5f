import { Text } from '../../components/text.tsx'
import { pointsText } from '../../format/numbers.ts'
import { shownText } from '../../format/shown-text.ts'
import classes from './queue.module.css'
import type { TopReasons } from './use-queue.ts'

/** What speaks most for the lead; where nothing does, what speaks most against it. */
export function ReasonCell({ reasons }: { readonly reasons: TopReasons | null | undefined }) {
  const reason = reasons?.for ?? reasons?.against
  if (!reason) return null
  return (
    <span className={classes['reason']} title={shownText(reason.text)}>
      <span className={classes['points']} data-direction={Math.sign(reason.points)}>
        {pointsText(reason.points)}
      </span>{' '}
      <Text>{reason.text}</Text>
    </span>
  )
}
