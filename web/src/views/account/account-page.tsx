/** A company: what to do, why, and who of it did what. */
import { Text as MantineText } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'wouter'
import { answerOf, api } from '../../api/client.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { LoadingState } from '../../components/loading-state.tsx'
import { Text } from '../../components/text.tsx'
import { usePathId } from '../../components/use-path-id.ts'
import { plainWords } from '../../format/words.ts'
import { CopySummary } from '../subject/copy-summary.tsx'
import { DealsPanel } from '../subject/deals-panel.tsx'
import { PeoplePanel } from '../subject/people-panel.tsx'
import classes from '../subject/subject.module.css'
import { type AccountFacts, appliedOf } from '../subject/subject-answers.ts'
import { SubjectHeader } from '../subject/subject-header.tsx'
import { companyName } from '../subject/subject-name.ts'
import { SubjectScores, useShownModel } from '../subject/subject-scores.tsx'
import { summaryText } from '../subject/summary.ts'
import { TraitsPanel } from '../subject/traits-panel.tsx'
import { subjectKey, useSubject, useSubjectChanges } from '../subject/use-subject.ts'
import { VerdictNotice } from '../subject/verdict-notice.tsx'

export default function AccountPage() {
  const id = usePathId()
  const facts = useQuery({
    queryKey: [...subjectKey('account', id), 'facts'],
    queryFn: ({ signal }) => answerOf(api.GET('/v1/accounts/{id}', { params: { path: { id } }, signal })),
  })
  return (
    <div className={classes['page']}>
      <nav className={classes['way']} aria-label="Accounts">
        <Link href="/accounts">← Accounts</Link>
      </nav>
      {facts.isPending && <LoadingState what="the account" />}
      {facts.isError && !facts.data && <ErrorState error={facts.error} retry={() => void facts.refetch()} />}
      {facts.data && <Account key={id} id={id} facts={facts.data} />}
    </div>
  )
}

interface Props {
  readonly id: string
  readonly facts: AccountFacts
}

function Account({ id, facts: { account, people, deals } }: Props) {
  const [done, setDone] = useState('')
  const parts = useSubject('account', id, useShownModel(), true)
  useSubjectChanges('account', id, account.account_id)
  const explained = parts.explanation.data ?? null
  // The first by name decides about accounts.
  const deciding = Object.keys(explained?.scores ?? {}).sort()[0] ?? ''
  const score = explained && appliedOf(explained, deciding)
  const name = companyName(account.traits, account.account_id)
  const names = new Map(people.map((one) => [one.lead_id, one.name ?? one.title ?? one.lead_id]))
  const about = ['industry', 'domain', 'country']
    .map((trait) => account.traits[trait]?.value)
    .filter((value) => typeof value === 'string' && value !== name)
  const summary = explained && {
    ...{ who: [name], explained, model: deciding, address: location.href.replace(/[?#].*$/, '') },
  }
  return (
    <>
      <SubjectHeader
        name={name}
        about={<Text>{plainWords(about.join(', '))}</Text>}
        explained={explained}
        score={score?.score ?? null}
      >
        <CopySummary summary={summary && summaryText(summary)} onDone={setDone} />
        <MantineText size="sm" c="dimmed" role="status">
          {done}
        </MantineText>
      </SubjectHeader>
      {explained && <VerdictNotice verdict={explained.verdict} score={score} />}
      {parts.explanation.isPending && <LoadingState what="the score" />}
      {parts.explanation.isError && !explained && (
        <ErrorState error={parts.explanation.error} retry={() => void parts.explanation.refetch()} />
      )}
      {explained && deciding === '' && (
        <EmptyState title="No model scores accounts">
          A definition in models/ whose entity is account makes one.
        </EmptyState>
      )}
      {explained && deciding !== '' && (
        <SubjectScores
          kind="account"
          explained={explained}
          parts={parts}
          deciding={deciding}
          nameOf={(leadId) => names.get(leadId) ?? leadId}
          detailOf={() => null}
        >
          <PeoplePanel
            title="Its people"
            people={(explained.people?.listed ?? []).map(({ score: own, points, ...person }) => ({
              ...person,
              own: own.applies ? own.score : null,
              adds: points,
            }))}
            notListed={explained.people?.not_listed ?? 0}
          />
          <DealsPanel deals={deals} />
          <TraitsPanel title="The company" traits={account.traits} />
        </SubjectScores>
      )}
    </>
  )
}
