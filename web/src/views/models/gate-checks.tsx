import { Text as MantineText, Stack, Title } from '@mantine/core'
import { DataTable } from '../../components/data-table.tsx'
import { Tag } from '../../components/tag.tsx'
import { Text } from '../../components/text.tsx'
import { GateTag } from './gate-tag.tsx'
import type { Figures } from './use-models.ts'

type Gate = NonNullable<Figures['gate']>

const NAMES: Readonly<Record<string, string>> = {
  log_loss: 'Against what serves',
  segment: 'Worth a segment',
  skill: 'Against the base rate',
  calibration_slope: 'Calibration',
  bands: 'Bands in order',
  audit: 'Leaks',
  data: 'Enough data',
}

const LONGEST_FINDING = 2_000

/** Why a version may, or may not, take the place of what serves. */
export function GateChecks({ gate }: { readonly gate: Gate }) {
  return (
    <Stack gap="xs">
      <Title order={2} size="h5">
        The gate <GateTag verdict={gate.verdict} />
      </Title>
      <MantineText component="div" size="sm" maw={860}>
        <Text longest={LONGEST_FINDING}>{gate.because}</Text>
      </MantineText>
      {gate.checks.length > 0 && (
        <DataTable
          label="Checks of the gate"
          rows={gate.checks}
          rowKey={({ id }) => id}
          columns={[
            { id: 'name', head: 'Check', cell: ({ id }) => NAMES[id] ?? id.replaceAll('_', ' ') },
            {
              id: 'passed',
              head: 'Result',
              cell: ({ passed }) =>
                passed === null ? (
                  <Tag tone="quiet">not asked</Tag>
                ) : (
                  <Tag tone={passed ? 'good' : 'bad'}>{passed ? 'passed' : 'failed'}</Tag>
                ),
            },
            {
              id: 'text',
              head: 'Finding',
              isSentence: true,
              cell: ({ text }) => <Text longest={LONGEST_FINDING}>{text}</Text>,
            },
            { id: 'limit', head: 'Had to be', isSentence: true, cell: ({ limit }) => <Text>{limit}</Text> },
          ]}
        />
      )}
    </Stack>
  )
}
