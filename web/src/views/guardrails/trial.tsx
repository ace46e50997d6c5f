import { Stack, Title } from '@mantine/core'
import { Link } from 'wouter'
import { DataTable } from '../../components/data-table.tsx'
import { KeyFigure, KeyFigures } from '../../components/key-figure.tsx'
import { Text } from '../../components/text.tsx'
import { leadPath } from '../../format/lead-name.ts'
import { percentText, wholeText } from '../../format/numbers.ts'
import { lostText, rateText, spanText } from './cost.ts'
import classes from './guardrails.module.css'
import type { Backtest, RuleCost } from './rules-of.ts'

type Report = Backtest['in_force']
type Verdict = NonNullable<Backtest['changed_leads']>['examples'][number]['before']

const MOST_SHOWN = 10

/** Changed rules on history, beside those in force. */
export function Trial({ found }: { readonly found: Backtest }) {
  const { in_force: before, changed: after, changed_leads: changed } = found
  if (!after) return null
  const was = before.disqualified
  const is = after.disqualified
  const rows = ruleRows(before, after)
  return (
    <Stack gap="sm">
      <KeyFigures>
        <KeyFigure
          label="Would be told something else"
          value={changed ? wholeText(changed.count) : '0'}
          note="leads that are known now"
        />
        <KeyFigure
          label="Leads stopped"
          value={wholeText(is.stopped.leads)}
          note={`by the rules in force ${wholeText(was.stopped.leads)}`}
        />
        <KeyFigure
          label="Of them won"
          value={is.stopped.rate === null ? 'nobody' : percentText(is.stopped.rate)}
          note={`${rateText(is.rest)} of the others`}
        />
        <KeyFigure
          label="Won deals lost"
          value={wholeText(is.won_deals.lost)}
          note={`${lostText(is, after.currency)}; by the rules in force ${lostText(was, before.currency)}`}
        />
      </KeyFigures>
      <p className={classes['hint']}>{spanText(after)}</p>
      <Title order={3} size="h6">
        Rule by rule
      </Title>
      <DataTable
        label="Rules on history"
        rows={rows}
        rowKey={({ id }) => id}
        columns={[
          { id: 'rule', head: 'Rule', cell: ({ id }) => <Text>{id}</Text> },
          { id: 'change', head: 'Change', cell: ({ change }) => change },
          { id: 'action', head: 'Action', cell: ({ now }) => <Text>{now.action}</Text> },
          {
            id: 'leads',
            head: 'Leads stopped',
            isFigure: true,
            cell: ({ now }) => wholeText(now.stopped.leads),
          },
          { id: 'won', head: 'Of them won', isFigure: true, cell: ({ now }) => rateText(now.stopped) },
          { id: 'rest', head: 'Of the others', isFigure: true, cell: ({ now }) => rateText(now.rest) },
          {
            id: 'lost',
            head: 'Won deals lost',
            isFigure: true,
            cell: ({ now }) => lostText(now, after.currency),
          },
        ]}
      />
      {changed && changed.examples.length > 0 && (
        <>
          <Title order={3} size="h6">
            Some of those who would be told something else
          </Title>
          <DataTable
            label="Some of the leads that would be told something else"
            rows={changed.examples.slice(0, MOST_SHOWN)}
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
              { id: 'before', head: 'Now', cell: (lead) => <Text>{verdictText(lead.before)}</Text> },
              { id: 'after', head: 'Then', cell: (lead) => <Text>{verdictText(lead.after)}</Text> },
            ]}
          />
        </>
      )}
      {after.notes.map((note) => (
        <p key={note} className={classes['hint']}>
          {note}
        </p>
      ))}
    </Stack>
  )
}

interface RuleRow {
  readonly id: string
  readonly change: string
  readonly now: RuleCost
}

/** What is new or stops others first, then what is gone, then the rest. */
function ruleRows(before: Report, after: Report): readonly RuleRow[] {
  const was = new Map(before.rules.map((rule) => [rule.id, rule]))
  const is = new Set(after.rules.map(({ id }) => id))
  const kept = after.rules.map((now): RuleRow => {
    const then = was.get(now.id)
    const isSame = then !== undefined && doneBy(then) === doneBy(now)
    return { id: now.id, change: then === undefined ? 'new' : isSame ? '' : 'other leads', now }
  })
  const gone = before.rules
    .filter(({ id }) => !is.has(id))
    .map((now) => ({ id: now.id, change: 'gone', now }))
  const touched = kept.filter(({ change }) => change !== '')
  return [...touched, ...gone, ...kept.filter(({ change }) => change === '')]
}

/** What a rule did by itself; what it alone would have cost hangs on the others. */
const doneBy = ({ action, fired, stopped }: RuleCost): string => JSON.stringify([action, fired, stopped])

function verdictText({ status, cap, raise, excluded_channels, rules }: Verdict): string {
  return [
    rules.length > 0 ? `${status} (${rules.join(', ')})` : status,
    ...(cap === null ? [] : [`at most ${cap}`]),
    ...(raise === null ? [] : [`at least ${raise}`]),
    ...(excluded_channels.length > 0 ? [`not by ${excluded_channels.join(', ')}`] : []),
  ].join(', ')
}
