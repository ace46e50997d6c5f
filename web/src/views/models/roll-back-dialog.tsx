import { Text as MantineText, NativeSelect } from '@mantine/core'
import { useState } from 'react'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { shownText } from '../../format/shown-text.ts'
import { ConflictAlert } from './conflict-alert.tsx'
import { championKey, type SegmentModel, servingText } from './segment-model.ts'
import { isConflict, useChampionChange } from './use-champion-change.ts'
import { useHistory } from './use-models.ts'

interface Props {
  readonly model: SegmentModel
  readonly onClose: () => void
}

/** In the place of a version: the champion before this one. */
const BEFORE = ''

/** Lets an earlier champion answer again. */
export function RollBackDialog({ model, onClose }: Props) {
  const { name, segment, champion } = model
  const [version, setVersion] = useState(BEFORE)
  const [seen, setSeen] = useState(champion?.revision ?? null)
  const history = useHistory(name, segment, championKey(model))
  const change = useChampionChange(model, onClose)
  const former = (history.data?.changes ?? [])
    .filter(({ alias }) => alias === 'champion')
    .flatMap(({ version: one }) => (one === null || one === champion?.version ? [] : [one]))
  return (
    <ConfirmDialog
      title={`Roll back ${shownText(name, 60)}`}
      action="Roll back"
      isDangerous
      asksWhy
      isRunning={change.isPending}
      error={isConflict(change.error) ? null : change.error}
      onClose={onClose}
      onConfirm={(reason) =>
        change.mutate({
          kind: 'roll back',
          version: version === BEFORE ? null : version,
          reason,
          expectedRevision: seen,
        })
      }
    >
      <NativeSelect
        label="To"
        data={[
          { value: BEFORE, label: 'the champion before this one' },
          ...[...new Set(former)].map((one) => ({ value: one, label: `version ${one}` })),
        ]}
        value={version}
        onChange={({ currentTarget: { value } }) => setVersion(value)}
      />
      <MantineText size="sm">
        {version === BEFORE
          ? 'The champion before this one answers again, or none where this is the first: then the rubric does.'
          : `Version ${version} answers again.`}{' '}
        It takes the place of {servingText(model)}. The gate is not asked: what served once may serve again.
        Every server follows within two seconds; then all leads are scored again.
      </MantineText>
      {isConflict(change.error) && (
        <ConflictAlert
          model={model}
          error={change.error}
          onGoOn={() => {
            setSeen(champion?.revision ?? null)
            change.reset()
          }}
        />
      )}
    </ConfirmDialog>
  )
}
