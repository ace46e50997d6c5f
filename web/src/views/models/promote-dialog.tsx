import { Checkbox, List, Loader, Text as MantineText, NativeSelect, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { Text } from '../../components/text.tsx'
import { shownText } from '../../format/shown-text.ts'
import { comparisonSummary } from './comparison.tsx'
import { ConflictAlert } from './conflict-alert.tsx'
import { GateTag } from './gate-tag.tsx'
import { type SegmentModel, servingText } from './segment-model.ts'
import { isConflict, isRefusal, useChampionChange } from './use-champion-change.ts'
import { comparisonOptions, figuresOptions } from './use-models.ts'

interface Props {
  readonly model: SegmentModel
  /** The version to begin with; null: the challenger, or the newest. */
  readonly asked: string | null
  readonly onClose: () => void
}

const LONGEST_FINDING = 2_000

/** Says what a promotion does before it does it. */
export function PromoteDialog({ model, asked, onClose }: Props) {
  const { name, segment, versions, champion, challenger } = model
  const offered = versions.filter((one) => one.alias !== 'champion' && one.version !== model.serving?.version)
  const first = offered.find(({ version }) => version === asked) ?? challenger ?? offered[0]
  const [version, setVersion] = useState(first?.version ?? '')
  const [isForced, setForced] = useState(false)
  // The champion that the reader sees when the dialog opens: a later one is a conflict, not a detail.
  const [seen, setSeen] = useState(champion?.revision ?? null)
  const figures = useQuery({ ...figuresOptions(name, segment, version), enabled: version !== '' })
  const comparison = useQuery({
    ...comparisonOptions(name, segment, null, version),
    enabled: version !== '',
  })
  const change = useChampionChange(model, onClose)
  const gate = figures.data?.gate
  const needsForce = isRefusal(change.error) || (figures.data !== undefined && gate?.verdict !== 'pass')
  const whom = segment === null ? 'for everyone' : `for the segment ${shownText(segment, 60)}`
  return (
    <ConfirmDialog
      title={`Promote a version of ${shownText(name, 60)}`}
      action={
        needsForce && isForced ? `Promote version ${version} against the gate` : `Promote version ${version}`
      }
      isDangerous={needsForce && isForced}
      asksWhy
      isDisabled={version === '' || (needsForce && !isForced)}
      isRunning={change.isPending}
      error={isConflict(change.error) ? null : change.error}
      onClose={onClose}
      onConfirm={(reason) =>
        change.mutate({ kind: 'promote', version, reason, force: isForced, expectedRevision: seen })
      }
    >
      <NativeSelect
        label="Version"
        data={offered.map((one) => ({
          value: one.version,
          label: `version ${one.version}, ${one.kind}${one.alias ? ` (${one.alias})` : ''}`,
        }))}
        value={version}
        onChange={({ currentTarget: { value } }) => {
          setVersion(value)
          setForced(false)
          change.reset()
        }}
      />
      <Stack gap={4}>
        <MantineText fw={600}>What will happen</MantineText>
        <List spacing={4} size="sm">
          <List.Item>
            Version {version} answers {whom}, in place of {servingText(model)}. Every server follows within
            two seconds.
          </List.Item>
          <List.Item aria-live="polite">
            {comparison.isFetching ? (
              <>
                <Loader size={12} mr={6} /> Counting who would stand in another band…
              </>
            ) : comparison.data ? (
              comparisonSummary(comparison.data)
            ) : (
              <Text>{`How many change band is not known: ${comparison.error?.message ?? ''}`}</Text>
            )}
          </List.Item>
          <List.Item>
            Then all leads are scored again in the background. Webhooks tell of those that cross into another
            band, unless the policy keeps quiet after new versions.
          </List.Item>
          <List.Item>It can be taken back: Roll back lets the one before answer again.</List.Item>
        </List>
      </Stack>
      {gate && (
        <div>
          <MantineText component="div" fw={600}>
            The gate <GateTag verdict={gate.verdict} />
          </MantineText>
          <MantineText component="div" size="sm">
            <Text longest={LONGEST_FINDING}>{gate.because}</Text>
          </MantineText>
        </div>
      )}
      {needsForce && (
        <Checkbox
          checked={isForced}
          onChange={(event) => setForced(event.currentTarget.checked)}
          label={
            gate
              ? 'Promote it all the same; the history says so'
              : 'No gate judged it. Promote it all the same; the history says so'
          }
        />
      )}
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
