import { Alert } from '@mantine/core'
import { IconRosetteDiscountCheck } from '@tabler/icons-react'
import { useState } from 'react'
import { Moment } from '../../components/moment.tsx'
import { Text } from '../../components/text.tsx'
import { championKey, type SegmentModel } from './segment-model.ts'
import { useHistory } from './use-models.ts'

/** Says when the champion has become another one since the page was opened, whoever did it, and wherever. */
export function ChampionNews({ model }: { readonly model: SegmentModel }) {
  const key = championKey(model)
  const [known, setKnown] = useState(key)
  const history = useHistory(model.name, model.segment, key)
  const change = history.data?.changes.find(({ alias }) => alias === 'champion')
  return (
    <div role="status" aria-live="polite">
      {key !== known && (
        <Alert
          mb="md"
          color="indigo"
          variant="outline"
          icon={<IconRosetteDiscountCheck aria-hidden="true" />}
          title={
            model.champion
              ? `Version ${model.champion.version} is the champion now`
              : 'There is no champion any more'
          }
          withCloseButton
          closeButtonLabel="Close"
          onClose={() => setKnown(key)}
        >
          {change && !history.isPlaceholderData && (
            <>
              <Text>{change.changed_by}</Text>, <Moment at={change.changed_at} />:{' '}
              <Text>{change.reason}</Text>
            </>
          )}{' '}
          Servers follow within two seconds, and score all leads again.
        </Alert>
      )}
    </div>
  )
}
