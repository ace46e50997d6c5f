import { Panel } from '../../components/panel.tsx'
import { Tag, type Tone } from '../../components/tag.tsx'
import { Text } from '../../components/text.tsx'
import { moneyText, wholeText } from '../../format/numbers.ts'
import { dayAndYearText } from '../../format/times.ts'
import { plainWords } from '../../format/words.ts'
import classes from './lists.module.css'
import type { AccountFacts, LeadFacts } from './subject-answers.ts'

type Deal = AccountFacts['deals'][number] & Partial<Pick<LeadFacts['deals'][number], 'is_contact'>>

const TONES: Readonly<Record<Deal['outcome'], Tone>> = { won: 'good', lost: 'bad', open: 'plain' }

export function DealsPanel({ deals }: { readonly deals: readonly Deal[] }) {
  if (deals.length === 0) return null
  return (
    <Panel title="Deals">
      <ul className={classes['list']}>
        {deals.map((deal) => (
          <li key={deal.deal_id}>
            <span className={classes['main']}>
              <Text>{plainWords(deal.pipeline)}</Text> <Tag tone={TONES[deal.outcome]}>{deal.outcome}</Tag>
              <small>
                opened {dayAndYearText(Date.parse(deal.opened_at))}
                {deal.closed_at !== null && `, closed ${dayAndYearText(Date.parse(deal.closed_at))}`}
                {deal.lost_reason !== null && (
                  <>
                    {': '}
                    <Text>{plainWords(deal.lost_reason)}</Text>
                  </>
                )}
                {deal.is_contact === false && ', without this lead'}
              </small>
            </span>
            {deal.amount !== null && (
              <span className={classes['figure']}>
                {deal.currency === null ? wholeText(deal.amount) : moneyText(deal.amount, deal.currency)}
              </span>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  )
}
