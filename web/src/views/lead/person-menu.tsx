/** What can be said of one person of a company, without leaving the page of the company. */
import { ActionIcon, Menu } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconCheck, IconDots, IconGavel, IconPhoneOutgoing } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { shownText } from '../../format/shown-text.ts'
import { usePolicyParts } from '../subject/use-policy-parts.ts'
import { storedOf } from '../subject/use-subject.ts'
import { Overruling } from './overruling.tsx'
import { type GivenFeedback, useLeadActions } from './use-lead.ts'

interface Props {
  readonly leadId: string
  readonly name: string
  readonly onDone: (words: string) => void
  readonly onError: (error: unknown) => void
}

const LONGEST_NAME = 60

export function PersonMenu({ leadId, name, onDone, onError }: Props) {
  const { feedback } = useLeadActions(leadId)
  const { rejectionReasons } = usePolicyParts()
  const [isOverruling, overruling] = useDisclosure()
  const shown = shownText(name, LONGEST_NAME)
  const say = (given: GivenFeedback, words: string): void =>
    feedback.mutate(given, { onSuccess: () => onDone(`${shown}: ${words}.`), onError })
  return (
    <>
      <Menu position="bottom-end" trapFocus>
        <Menu.Target>
          <ActionIcon variant="default" aria-label={`What became of ${shown}`} loading={feedback.isPending}>
            <IconDots size={16} aria-hidden="true" />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<IconPhoneOutgoing size={16} aria-hidden="true" />}
            onClick={() => say({ kind: 'contacted' }, 'contacted')}
          >
            Contacted
          </Menu.Item>
          <Menu.Item
            leftSection={<IconCheck size={16} aria-hidden="true" />}
            onClick={() => say({ kind: 'accepted' }, 'accepted')}
          >
            Accept
          </Menu.Item>
          <Menu.Item leftSection={<IconGavel size={16} aria-hidden="true" />} onClick={overruling.open}>
            Overrule…
          </Menu.Item>
          <Menu.Divider />
          <Menu.Label>Reject: why?</Menu.Label>
          {rejectionReasons.map(({ name: reason, label }) => (
            <Menu.Item key={reason} onClick={() => say({ kind: 'rejected', reason }, `rejected, ${label}`)}>
              {shownText(label, 100)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      {isOverruling && (
        <OverrulingOf
          leadId={leadId}
          onDone={(words) => onDone(`${shown}: ${words}`)}
          onClose={overruling.close}
        />
      )}
    </>
  )
}

interface OverrulingProps extends Pick<Props, 'leadId' | 'onDone'> {
  readonly onClose: () => void
}

/** What the rules say of the person now is asked for first. */
function OverrulingOf({ leadId, onDone, onClose }: OverrulingProps) {
  const told = useQuery(storedOf('lead', leadId))
  return (
    told.data && <Overruling leadId={leadId} verdict={told.data.verdict} onDone={onDone} onClose={onClose} />
  )
}
