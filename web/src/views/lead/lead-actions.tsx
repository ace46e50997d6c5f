/** What a salesperson says of a lead, in one click or two: contacted, accepted, rejected with a reason, overruled. */
import { Button, Group, Text as MantineText, Popover } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconCheck, IconGavel, IconPhoneOutgoing, IconX } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { useSession } from '../../api/session.ts'
import { ErrorState } from '../../components/error-state.tsx'
import { shownText } from '../../format/shown-text.ts'
import { useShortcuts } from '../../shell/shortcuts.tsx'
import { CopySummary } from '../subject/copy-summary.tsx'
import { Overruling } from '../subject/overruling.tsx'
import { RejectReasons } from '../subject/reject-reasons.tsx'
import type { Verdict } from '../subject/subject-answers.ts'
import { type GivenFeedback, useLeadActions } from '../subject/use-lead-actions.ts'

interface Props {
  readonly leadId: string
  /** `as_of` of the score that is looked at; null: there is none. */
  readonly seenAsOf: string | null
  readonly verdict: Verdict | null
  /** For a mail or a note; null: not known yet. */
  readonly summary: string | null
  /** What was said of it last; null: nothing. */
  readonly latest: ReactNode
}

const POPOVER_WIDTH = 300

export function LeadActions({ leadId, seenAsOf, verdict, summary, latest }: Props) {
  const { feedback } = useLeadActions(leadId)
  const mayTell = useSession().data?.scopes.includes('feedback') ?? false
  const [isRejecting, rejecting] = useDisclosure()
  const [isOverruling, overruling] = useDisclosure()
  const [done, setDone] = useState('')
  const shown = feedback.isPending ? '' : done
  const [last, setLast] = useState<{ readonly given: GivenFeedback; readonly words: string } | null>(null)

  const say = (given: GivenFeedback, words: string): void => {
    if (!mayTell) return
    const seen = seenAsOf === null ? {} : { seen_as_of: seenAsOf }
    setLast({ given, words })
    feedback.mutate({ ...given, ...seen }, { onSuccess: () => setDone(words), onError: () => setDone('') })
  }
  const contacted = () => say({ kind: 'contacted' }, 'Marked as contacted.')
  const accepted = () => say({ kind: 'accepted' }, 'Accepted.')
  useShortcuts('Lead', [
    { keys: 'c', does: 'marks it as contacted', run: contacted },
    { keys: 'a', does: 'accepts it', run: accepted },
    { keys: 'x', does: 'rejects it: asks why', run: () => mayTell && rejecting.open() },
    { keys: 'o', does: 'overrules the verdict', run: () => mayTell && verdict && overruling.open() },
  ])
  return (
    <>
      <Group gap={6} justify="flex-end">
        <Button
          size="xs"
          variant={verdict === null || verdict.status === 'eligible' ? 'filled' : 'default'}
          leftSection={<IconPhoneOutgoing size={16} aria-hidden="true" />}
          disabled={!mayTell}
          loading={feedback.isPending && feedback.variables.kind === 'contacted'}
          onClick={contacted}
        >
          Contacted
        </Button>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconCheck size={16} aria-hidden="true" />}
          disabled={!mayTell}
          onClick={accepted}
        >
          Accept
        </Button>
        <Popover
          opened={isRejecting}
          onChange={rejecting.toggle}
          position="bottom-end"
          width={POPOVER_WIDTH}
          trapFocus
          returnFocus
        >
          <Popover.Target>
            <Button
              size="xs"
              variant="default"
              leftSection={<IconX size={16} aria-hidden="true" />}
              disabled={!mayTell}
              onClick={rejecting.toggle}
            >
              Reject…
            </Button>
          </Popover.Target>
          <Popover.Dropdown aria-label="Why is it rejected?">
            <RejectReasons
              onReject={(given, label) => {
                say(given, `Rejected: ${label}.`)
                rejecting.close()
              }}
            />
          </Popover.Dropdown>
        </Popover>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconGavel size={16} aria-hidden="true" />}
          disabled={!mayTell || verdict === null}
          onClick={overruling.open}
        >
          Overrule…
        </Button>
        <CopySummary summary={summary} onDone={setDone} />
      </Group>
      <MantineText size="sm" c="dimmed" role="status" ta="end">
        {mayTell ? shownText(shown, 160) : 'Your key lacks the scope feedback: you can read, not say.'}
      </MantineText>
      {shown === '' && latest}
      {feedback.isError && last && (
        <ErrorState error={feedback.error} retry={() => say(last.given, last.words)} />
      )}
      {isOverruling && verdict && (
        <Overruling leadId={leadId} verdict={verdict} onDone={setDone} onClose={overruling.close} />
      )}
    </>
  )
}
