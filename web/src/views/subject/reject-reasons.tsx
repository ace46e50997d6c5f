import { TextInput, UnstyledButton } from '@mantine/core'
import { useState } from 'react'
import { shownText } from '../../format/shown-text.ts'
import classes from './reject-reasons.module.css'
import type { GivenFeedback } from './use-lead-actions.ts'
import { usePolicyParts } from './use-policy-parts.ts'

interface Props {
  /** `words`: the reason as the policy calls it. */
  readonly onReject: (given: GivenFeedback, words: string) => void
}

/** As the server takes it. */
const LONGEST_COMMENT = 10_000
const LONGEST_LABEL = 100

/** Why a lead is rejected: a click on one of the policy's reasons, with a comment where there is more to say. */
export function RejectReasons({ onReject }: Props) {
  const { rejectionReasons } = usePolicyParts()
  const [comment, setComment] = useState('')
  const more = comment.trim() === '' ? {} : { comment: comment.trim() }
  return (
    <>
      <TextInput
        size="xs"
        label="Comment, if there is more to say"
        maxLength={LONGEST_COMMENT}
        value={comment}
        mb={6}
        onChange={({ currentTarget: { value } }) => setComment(value)}
      />
      {rejectionReasons.map(({ name, label }, index) => (
        <UnstyledButton
          key={name}
          className={classes['reason']}
          data-autofocus={index === 0 || undefined}
          onClick={() => onReject({ kind: 'rejected', reason: name, ...more }, label)}
        >
          {shownText(label, LONGEST_LABEL)}
        </UnstyledButton>
      ))}
    </>
  )
}
