import { Button, Group, Stack } from '@mantine/core'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { KeyFigure, KeyFigures } from '../../components/key-figure.tsx'
import { LoadingState } from '../../components/loading-state.tsx'
import { Moment } from '../../components/moment.tsx'
import { ScopeNotice, useScope } from '../../components/scope-notice.tsx'
import { Tag, type Tone } from '../../components/tag.tsx'
import { Text } from '../../components/text.tsx'
import { percentText, wholeText } from '../../format/numbers.ts'
import { shownText } from '../../format/shown-text.ts'
import { Condition } from './condition.tsx'
import { costWords, lostText, rateText, spanText } from './cost.ts'
import { Findings } from './findings.tsx'
import classes from './guardrails.module.css'
import { type RuleCost, rulesOf, type ShownRule } from './rules-of.ts'
import type { useBacktest } from './use-guardrails.ts'
import { useCheckInForce, useGuardrails, useRuleHits } from './use-guardrails.ts'

/** Rules in force, and on demand what they would have cost. */
export function RulesTab({ backtest }: { readonly backtest: ReturnType<typeof useBacktest> }) {
  const isAllowed = useScope('admin')
  const guardrails = useGuardrails()
  const hits = useRuleHits()
  const check = useCheckInForce(guardrails.data?.version, isAllowed)
  const failed = [guardrails, hits].find(({ isError, data }) => isError && !data)
  if (failed) return <ErrorState error={failed.error} retry={() => void failed.refetch()} />
  if (!guardrails.data || !hits.data) return <LoadingState what="rules" />
  const { leads, rules, former, share, counted_at } = hits.data
  const shown = rulesOf(hits.data, guardrails.data.content)
  const report = backtest.data?.in_force
  const costs = new Map(report?.rules.map((cost) => [cost.id, cost]))
  if (rules.length === 0)
    return (
      <EmptyState title="There are no rules">
        guardrails.yaml holds them: under “Try a change” one can be written and tried on history.
      </EmptyState>
    )
  return (
    <>
      <KeyFigures>
        <KeyFigure
          label="Rules in force"
          value={wholeText(rules.filter(({ in_force }) => in_force).length)}
          note={`of ${wholeText(rules.length)}, version ${guardrails.data.version}`}
        />
        <KeyFigure label="Leads judged" value={wholeText(leads)} note={<Moment at={counted_at} />} />
        {check.data && (
          <KeyFigure
            label="Tests passed"
            value={`${wholeText(check.data.tests.passed)} of ${wholeText(check.data.tests.passed + check.data.tests.failed.length)}`}
            tone={check.data.tests.failed.length === 0 ? 'good' : 'bad'}
            note={
              check.data.tests.failed.length === 0
                ? 'inside the file'
                : `${wholeText(check.data.tests.failed.length)} failed`
            }
          />
        )}
        {report && (
          <KeyFigure
            label="Won deals they would have cost"
            value={wholeText(report.disqualified.won_deals.lost)}
            note={lostText(report.disqualified, report.currency)}
          />
        )}
      </KeyFigures>
      <Stack gap="md">
        {check.data && (check.data.findings.length > 0 || check.data.tests.failed.length > 0) && (
          <Findings checked={check.data} />
        )}
        {check.isError && <ErrorState error={check.error} retry={() => void check.refetch()} />}
        {isAllowed ? (
          <Group gap="sm">
            <Button
              size="xs"
              variant="default"
              loading={backtest.isPending}
              onClick={() => backtest.mutate(undefined)}
            >
              {report ? 'Count again what they would have cost' : 'What would they have cost?'}
            </Button>
            <span className={classes['hint']} role="status">
              {backtest.isPending
                ? 'History is replayed; with many leads that takes up to half a minute.'
                : report
                  ? spanText(report)
                  : 'History is replayed with these rules. Nothing is kept.'}
            </span>
          </Group>
        ) : (
          <ScopeNotice scope="admin">run the tests of rules and count what they would have cost</ScopeNotice>
        )}
        {backtest.isError && <ErrorState error={backtest.error} retry={() => backtest.mutate(undefined)} />}
        <ul className={classes['rules']} aria-label="Rules">
          {shown.map((rule) => (
            <Rule
              key={rule.id}
              rule={rule}
              leads={leads}
              cost={costs.get(rule.id)}
              currency={report?.currency ?? null}
            />
          ))}
        </ul>
        <p className={classes['hint']}>
          {share < 1 && 'Counts are estimates: of so many leads a part was counted. '}
          {former.length > 0 &&
            `Stored verdicts still name rules of other versions: ${former
              .map(({ id, leads: count }) => `${shownText(id, 60)} (${wholeText(count)})`)
              .join(', ')}.`}
        </p>
      </Stack>
    </>
  )
}

const leadsText = (count: number): string => (count === 1 ? '1 lead' : `${wholeText(count)} leads`)

const TONES: Readonly<Record<string, Tone>> = { disqualify: 'bad', review: 'plain' }

interface RuleProps {
  readonly rule: ShownRule
  readonly leads: number
  readonly cost: RuleCost | undefined
  readonly currency: string | null
}

function Rule({ rule, leads, cost, currency }: RuleProps) {
  return (
    <li className={classes['rule']}>
      <div>
        <div className={classes['head']}>
          <strong>
            <Text>{rule.id}</Text>
          </strong>
          <Tag tone={TONES[rule.action] ?? 'plain'}>{shownText(rule.actionText, 60)}</Tag>
          {!rule.in_force && <Tag tone="quiet">not in force</Tag>}
        </div>
        <p>
          <Text>{rule.reason}</Text>
        </p>
        <p className={classes['hint']}>
          <Text>{rule.owner}</Text>, line {rule.line}
          {rule.validFrom && `, from ${rule.validFrom}`}
          {rule.validUntil && `, until ${rule.validUntil}`}
        </p>
      </div>
      <div className={classes['when']}>{rule.condition && <Condition condition={rule.condition} />}</div>
      <dl className={classes['figures']}>
        <div>
          <dt>holds now for</dt>
          <dd>
            {leadsText(rule.leads)}
            {leads > 0 && rule.leads > 0 && <small> {percentText(rule.leads / leads)}</small>}
          </dd>
        </div>
        {cost && <Cost cost={cost} currency={currency} />}
      </dl>
    </li>
  )
}

function Cost({ cost, currency }: { readonly cost: RuleCost; readonly currency: string | null }) {
  const { action, stopped, rest, won_deals: deals } = cost
  const words = costWords(action)
  const isLoss = action === 'disqualify'
  return (
    <>
      <div>
        <dt>{words.leads}</dt>
        <dd>{leadsText(stopped.leads)}</dd>
      </div>
      <div>
        <dt>of them won</dt>
        <dd>{rateText(stopped)}</dd>
      </div>
      <div>
        <dt>of the others won</dt>
        <dd>{rateText(rest)}</dd>
      </div>
      <div>
        <dt>{words.deals}</dt>
        <dd data-cost={isLoss && deals.lost > 0}>{lostText(cost, currency)}</dd>
      </div>
      {isLoss && deals.lost_by_this_alone < deals.lost && (
        <div>
          <dt>by this rule alone</dt>
          <dd>{wholeText(deals.lost_by_this_alone)}</dd>
        </div>
      )}
      {deals.touched > 0 && (
        <div>
          <dt>some contacts of won deals</dt>
          <dd>{wholeText(deals.touched)} more</dd>
        </div>
      )}
    </>
  )
}
