/** What a salesperson says of a lead, in one click or two: contacted, accepted, rejected with a reason, overruled. */
import { Button, Group, Text as MantineText, Menu } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconCheck, IconGavel, IconPhoneOutgoing, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { useSession } from '../../api/session.ts'
import { ErrorState } from '../../components/error-state.tsx'
import { shownText } from '../../format/shown-text.ts'
import { useShortcuts } from '../../shell/shortcuts.tsx'
import { CopySummary } from '../subject/copy-summary.tsx'
import type { Verdict } from '../subject/subject-answers.ts'
import { usePolicyParts } from '../subject/use-policy-parts.ts'
import { Overruling } from './overruling.tsx'
import { type GivenFeedback, useLeadActions } from './use-lead.ts'

interface Props {
  readonly leadId: string
  /** `as_of` of the score that is looked at; null: there is none. */
  readonly seenAsOf: string | null
  readonly verdict: Verdict | null
  /** For a mail or a note; null: not known yet. */
  readonly summary: string | null
}

export function LeadActions({ leadId, seenAsOf, verdict, summary }: Props) {
  const { feedback } = useLeadActions(leadId)
  const { rejectionReasons } = usePolicyParts()
  const mayTell = useSession().data?.scopes.includes('feedback') ?? false
  const [isRejecting, rejecting] = useDisclosure()
  const [isOverruling, overruling] = useDisclosure()
  const [done, setDone] = useState('')

  const say = (given: GivenFeedback, words: string): void => {
    if (!mayTell || feedback.isPending) return
    const seen = seenAsOf === null ? {} : { seen_as_of: seenAsOf }
    feedback.mutate({ ...given, ...seen }, { onSuccess: () => setDone(words) })
  }
  const contacted = () => say({ kind: 'contacted' }, 'Marked as contacted.')
  const accepted = () => say({ kind: 'accepted' }, 'Accepted.')
  useShortcuts('Lead', [
    { keys: 'c', does: 'marks it as contacted', run: contacted },
    { keys: 'a', does: 'accepts it', run: accepted },
    { keys: 'x', does: 'rejects it: asks why', run: () => mayTell && rejecting.open() },
    { keys: 'o', does: 'overrules the verdict', run: () => mayTell && overruling.open() },
  ])
  return (
    <>
      <Group gap={6} justify="flex-end">
        <Button
          size="xs"
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
        <Menu opened={isRejecting} onChange={rejecting.toggle} position="bottom-end" trapFocus>
          <Menu.Target>
            <Button
              size="xs"
              variant="default"
              leftSection={<IconX size={16} aria-hidden="true" />}
              disabled={!mayTell}
            >
              Reject…
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Label>Why?</Menu.Label>
            {rejectionReasons.map(({ name, label }) => (
              <Menu.Item
                key={name}
                onClick={() => say({ kind: 'rejected', reason: name }, `Rejected: ${label}.`)}
              >
                {shownText(label, 100)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconGavel size={16} aria-hidden="true" />}
          disabled={!mayTell}
          onClick={overruling.open}
        >
          Overrule…
        </Button>
        <CopySummary summary={summary} onDone={setDone} />
      </Group>
      <MantineText size="sm" c="dimmed" role="status" ta="end">
        {mayTell ? shownText(done, 160) : 'Your key lacks the scope feedback: you can read, not say.'}
      </MantineText>
      {feedback.isError && <ErrorState error={feedback.error} />}
      {isOverruling && verdict && (
        <Overruling leadId={leadId} verdict={verdict} onDone={setDone} onClose={overruling.close} />
      )}
    </>
  )
}
