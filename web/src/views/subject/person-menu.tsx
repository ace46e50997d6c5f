/** What can be said of one person of a company, without leaving the page of the company. */
import { ActionIcon, Button, Divider, Group, Popover } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconDots } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { shownText } from '../../format/shown-text.ts'
import { Overruling } from './overruling.tsx'
import { RejectReasons } from './reject-reasons.tsx'
import { type GivenFeedback, useLeadActions } from './use-lead-actions.ts'
import { storedOf } from './use-subject.ts'

interface Props {
  readonly leadId: string
  readonly name: string
  readonly onDone: (words: string) => void
  readonly onError: (error: unknown) => void
}

const LONGEST_NAME = 60
const WIDTH = 300

export function PersonMenu({ leadId, name, onDone, onError }: Props) {
  const { feedback } = useLeadActions(leadId)
  const [isOpen, { toggle, close }] = useDisclosure()
  const [isOverruling, overruling] = useDisclosure()
  const shown = shownText(name, LONGEST_NAME)
  const say = (given: GivenFeedback, words: string): void => {
    close()
    feedback.mutate(given, { onSuccess: () => onDone(`${shown}: ${words}.`), onError })
  }
  return (
    <>
      <Popover opened={isOpen} onChange={close} position="bottom-end" width={WIDTH} trapFocus returnFocus>
        <Popover.Target>
          <ActionIcon
            variant="default"
            aria-label={`What became of ${shown}`}
            loading={feedback.isPending}
            onClick={toggle}
          >
            <IconDots size={16} aria-hidden="true" />
          </ActionIcon>
        </Popover.Target>
        <Popover.Dropdown aria-label={`What became of ${shown}`}>
          <Group gap={6}>
            <Button size="xs" data-autofocus onClick={() => say({ kind: 'contacted' }, 'contacted')}>
              Contacted
            </Button>
            <Button size="xs" variant="default" onClick={() => say({ kind: 'accepted' }, 'accepted')}>
              Accept
            </Button>
            <Button
              size="xs"
              variant="default"
              onClick={() => {
                close()
                overruling.open()
              }}
            >
              Overrule…
            </Button>
          </Group>
          <Divider my="sm" label="or rejected, and why" labelPosition="left" />
          <RejectReasons onReject={(given, label) => say(given, `rejected, ${label}`)} />
        </Popover.Dropdown>
      </Popover>
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
