import { Button, Stack, Title } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { Link } from 'wouter'
import { answerOf, api } from '../../api/client.ts'
import type { components } from '../../api/openapi.ts'
import { DataTable } from '../../components/data-table.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { KeyFigure, KeyFigures } from '../../components/key-figure.tsx'
import { ScopeNotice, useScope } from '../../components/scope-notice.tsx'
import { Text } from '../../components/text.tsx'
import { leadPath } from '../../format/lead-name.ts'
import { wholeText } from '../../format/numbers.ts'
import classes from './thresholds.module.css'

type Simulation = components['schemas']['PolicySimulation']

const EXAMPLES = 20

/** The proposed policy, decided anew for every stored score, with its routes and rules. */
export function ExactTrial({ policy }: { readonly policy: string }) {
  const isAllowed = useScope('admin')
  const trial = useMutation({
    mutationFn: (text: string) =>
      answerOf(api.POST('/v1/policy/simulate', { body: { policy: text, examples: EXAMPLES } })),
  })
  if (!isAllowed) return <ScopeNotice scope="admin">decide all leads anew by the proposed policy</ScopeNotice>
  const isOfThis = trial.variables === policy
  return (
    <Stack gap="sm">
      <div>
        <Button
          size="xs"
          variant="default"
          loading={trial.isPending}
          onClick={() => trial.mutate(policy)}
          disabled={trial.isSuccess && isOfThis}
        >
          Try it exactly
        </Button>
        <span className={classes['hint']}> All stored scores are decided again; nothing is kept.</span>
      </div>
      {trial.isError && isOfThis && <ErrorState error={trial.error} retry={() => trial.mutate(policy)} />}
      {trial.isSuccess && isOfThis && <Outcome found={trial.data} />}
    </Stack>
  )
}

function Outcome({ found }: { readonly found: Simulation }) {
  const { changed, leads, moves, examples } = found
  return (
    <>
      <KeyFigures>
        <KeyFigure label="Leads compared" value={wholeText(leads)} />
        <KeyFigure label="Change in anything" value={wholeText(changed.leads)} />
        <KeyFigure label="Another band" value={wholeText(changed.band)} />
        <KeyFigure label="Another action" value={wholeText(changed.action)} />
        <KeyFigure label="Another queue" value={wholeText(changed.route)} />
      </KeyFigures>
      {found.not_comparable > 0 && (
        <p className={classes['hint']}>
          {wholeText(found.not_comparable)} leads cannot be compared until they are scored anew.
        </p>
      )}
      {moves.band.length > 0 && (
        <>
          <Title order={3} size="h6">
            From band to band
          </Title>
          <DataTable
            label="Leads by how their band changes"
            rows={moves.band}
            rowKey={({ from, to }) => `${from} ${to}`}
            columns={[
              { id: 'from', head: 'From band', cell: ({ from }) => <Text>{from ?? 'none'}</Text> },
              { id: 'to', head: 'to', cell: ({ to }) => <Text>{to ?? 'none'}</Text> },
              { id: 'leads', head: 'Leads', isFigure: true, cell: (row) => wholeText(row.leads) },
            ]}
          />
        </>
      )}
      {examples.length > 0 && (
        <>
          <Title order={3} size="h6">
            Some of the leads that change
          </Title>
          <DataTable
            label="Some of the leads that change"
            rows={examples}
            rowKey={({ lead_id }) => lead_id}
            columns={[
              {
                id: 'lead',
                head: 'Lead',
                cell: ({ lead_id }) => (
                  <Link href={leadPath(lead_id)}>
                    <Text>{lead_id}</Text>
                  </Link>
                ),
              },
              {
                id: 'now',
                head: 'Now',
                cell: ({ in_force }) => <Side {...in_force} />,
              },
              { id: 'then', head: 'Then', cell: ({ changed: after }) => <Side {...after} /> },
            ]}
          />
        </>
      )}
    </>
  )
}

function Side({ band, action, route }: Simulation['examples'][number]['changed']) {
  return <Text>{[band, action, route].filter(Boolean).join(', ')}</Text>
}
