import { Text as MantineText, SimpleGrid, Stack, Title } from '@mantine/core'
import { Link } from 'wouter'
import type { components } from '../../api/openapi.ts'
import { useBands } from '../../api/policy.ts'
import { DataTable } from '../../components/data-table.tsx'
import { Tag } from '../../components/tag.tsx'
import { Text } from '../../components/text.tsx'
import { leadPath } from '../../format/lead-name.ts'
import { changeText, percentText, pointsText, wholeText } from '../../format/numbers.ts'
import { shownText } from '../../format/shown-text.ts'
import { accountPath } from '../subject/subject-name.ts'

export type VersionComparison = components['schemas']['VersionComparison']

const NOTHING = 'nothing'
const WHOM = { lead: 'leads', account: 'accounts' } as const
const HEADS = { lead: 'Lead', account: 'Account' } as const

export function comparisonSummary({
  compared,
  changed,
  sampled,
  subject_kind: kind,
}: VersionComparison): string {
  if (compared === 0) return `There is no ${kind} that both say something of.`
  const of = `${wholeText(compared)} ${WHOM[kind]}${sampled ? ' looked at' : ''}`
  return `${wholeText(changed)} of ${of} (${percentText(changed / compared)}) would stand in another band.`
}

/** How many would stand in another band, from which to which, and who most of all. */
export function Comparison({ comparison }: { readonly comparison: VersionComparison }) {
  const { points, moves, examples, not_compared: left, subject_kind: kind } = comparison
  const order = useBands()
  const counts = comparison.counts.toSorted((a, b) => placeIn(order, a.value) - placeIn(order, b.value))
  return (
    <Stack gap="md">
      <div>
        <MantineText fw={600} role="status">
          {comparisonSummary(comparison)}
        </MantineText>
        <MantineText size="sm" c="dimmed">
          {points &&
            `Points differ by ${pointsText(points.mean_absolute_difference).replace('+', '')} on average, up or down; after less before is ${pointsText(points.mean_difference)}. `}
          {left > 0 && `Of ${wholeText(left)} more one of the two, or both, say nothing. `}
          As of now, with the bands and rules in force.
        </MantineText>
      </div>
      {counts.length > 0 && (
        <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
          <Stack gap="xs">
            <Title order={2} size="h5">
              Bands
            </Title>
            <DataTable
              label={`${HEADS[kind]}s by band`}
              rows={counts}
              rowKey={({ value }) => value ?? NOTHING}
              columns={[
                { id: 'band', head: 'Band', cell: ({ value }) => <BandName band={value} /> },
                { id: 'before', head: 'Before', isFigure: true, cell: ({ before }) => wholeText(before) },
                { id: 'after', head: 'After', isFigure: true, cell: ({ after }) => wholeText(after) },
                {
                  id: 'change',
                  head: 'Change',
                  isFigure: true,
                  cell: ({ before, after }) => changeText(after - before),
                },
              ]}
            />
          </Stack>
          <Stack gap="xs">
            <Title order={2} size="h5">
              Moves
            </Title>
            {moves.length === 0 ? (
              <MantineText size="sm">Nobody moves.</MantineText>
            ) : (
              <DataTable
                label="Moves between bands"
                rows={moves}
                rowKey={({ from, to }) => `${from} ${to}`}
                columns={[
                  { id: 'from', head: 'From', cell: ({ from }) => <BandName band={from} /> },
                  { id: 'to', head: 'To', cell: ({ to }) => <BandName band={to} /> },
                  {
                    id: 'leads',
                    head: `${HEADS[kind]}s`,
                    isFigure: true,
                    cell: ({ leads }) => wholeText(leads),
                  },
                ]}
              />
            )}
          </Stack>
        </SimpleGrid>
      )}
      {examples.length > 0 && (
        <Stack gap="xs">
          <Title order={2} size="h5">
            Whose points differ most, of these
          </Title>
          <DataTable
            label="Those whose points differ most"
            rows={examples}
            rowKey={({ id }) => id}
            columns={[
              {
                id: 'id',
                head: HEADS[kind],
                cell: ({ id }) => (
                  <Link href={kind === 'lead' ? leadPath(id) : accountPath(id)}>
                    <Text>{id}</Text>
                  </Link>
                ),
              },
              {
                id: 'before',
                head: 'Before',
                cell: ({ before }) => (
                  <>
                    {before.score} <BandName band={before.band} />
                  </>
                ),
              },
              {
                id: 'after',
                head: 'After',
                cell: ({ after }) => (
                  <>
                    {after.score} <BandName band={after.band} />
                  </>
                ),
              },
            ]}
          />
        </Stack>
      )}
    </Stack>
  )
}

/** The best band first; verdicts and nothing after all bands. */
function placeIn(order: readonly string[], band: string | null): number {
  const place = band === null ? -1 : order.indexOf(band)
  return place === -1 ? order.length : place
}

const LONGEST_BAND = 30

function BandName({ band }: { readonly band: string | null }) {
  return <Tag tone={band === null ? 'quiet' : 'plain'}>{shownText(band ?? 'none', LONGEST_BAND)}</Tag>
}
